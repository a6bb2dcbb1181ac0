/** The budget for models as people read it: how much of which cap, and when there is more again. */

import type { Language } from "../wire";
import type { Budget } from "./wire";

const CENT = 0.01;
const LEAST = 0.0001;
/** Dollars below which two sums are the same: they are told to a millionth. */
const SAME = 0.00001;

/** An amount in US dollars; what is less than a cent with four decimals. */
export function dollars(amount: number, language: Language): string {
  const digits = amount > 0 && amount < CENT ? 4 : 2;
  const written = Math.max(amount, amount > 0 ? LEAST : 0).toLocaleString(
    language === "en" ? "en-US" : "zh-CN",
    {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    },
  );
  return amount > 0 && amount < LEAST ? `<${written}` : written;
}

export interface Tighter {
  span: "today" | "month";
  spent: number;
  cap: number;
}

/** The cap that leaves less: the day's, or the month's; the month's if it leaves nothing. */
export function tighterOf(budget: Budget): Tighter {
  const today = budget.daily_cap_usd - budget.spent_today_usd;
  const month = budget.monthly_cap_usd - budget.spent_month_usd;
  return month < SAME || month < today - SAME
    ? { span: "month", spent: budget.spent_month_usd, cap: budget.monthly_cap_usd }
    : { span: "today", spent: budget.spent_today_usd, cap: budget.daily_cap_usd };
}

/** From 0 to 1, how much of a cap is used up; all of it where nothing may be spent. */
export function shareOf({ spent, cap }: Pick<Tighter, "spent" | "cap">): number {
  return cap > 0 ? Math.min(1, Math.max(0, spent / cap)) : 1;
}

/** Whole percents; never 100 before everything is used up. */
export function percentOf(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

/** The real moment (ms) at which the tighter cap begins anew: days and months are those of UTC. */
export function renewedAt(budget: Budget, now: number): number {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return tighterOf(budget).span === "month"
    ? Date.UTC(year, month + 1, 1)
    : Date.UTC(year, month, date.getUTCDate() + 1);
}

/** A real moment as the reader's own clock shows it; with the date unless it is within a day. */
export function momentOf(moment: number, now: number, language: Language): string {
  const within = moment - now <= 86_400_000;
  return new Date(moment).toLocaleString(language === "en" ? "en" : "zh-CN", {
    ...(within ? {} : { month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
