/** The language of the page, for panels: they are drawn anew when it changes. */

import { useTranslation } from "react-i18next";

import type { Language } from "../wire";

export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh";
}
