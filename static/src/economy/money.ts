/** Sums as people read them. */

import type { Language } from "../wire";

/** An amount of yuan, without the word. */
export function yuan(amount: number, language: Language): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return amount.toLocaleString(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** The same for what moved: with a plus for what came in. */
export function signedYuan(amount: number, language: Language): string {
  return amount.toLocaleString(localeOf(language), {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "exceptZero",
  });
}

export function localeOf(language: Language): string {
  return language === "en" ? "en" : "zh-CN";
}

/** A level as percents, such as 105% of the list prices. */
export function percentOf(level: number, language: Language): string {
  return level.toLocaleString(localeOf(language), { style: "percent", maximumFractionDigits: 1 });
}
