/** The language of the page: what the address says, or was chosen before, or the browser prefers. */

import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import type { Language } from "../wire";
import { en } from "./en";
import { zh } from "./zh";

const KEPT = "language";

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: "zh",
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  showLanguage();
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh";
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
  showLanguage();
}

function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT);
  if (asked === "zh" || asked === "en") return asked;
  return navigator.language.startsWith("en") ? "en" : "zh";
}

function showLanguage(): void {
  document.documentElement.lang = currentLanguage() === "en" ? "en" : "zh-Hans";
  document.title = i18next.t("page.title");
}
