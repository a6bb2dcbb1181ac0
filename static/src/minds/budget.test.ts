import { describe, expect, it } from "vitest";

import { dollars, momentOf, percentOf, renewedAt, shareOf, tighterOf } from "./budget";
import { budget } from "./samples";

const NOW = Date.UTC(2026, 2, 9, 14, 30);

describe("an amount", () => {
  it("has cents, and four decimals below one", () => {
    expect(dollars(0, "en")).toBe("$0.00");
    expect(dollars(0.0031, "en")).toBe("$0.0031");
    expect(dollars(0.01, "en")).toBe("$0.01");
    expect(dollars(1234.567, "en")).toBe("$1,234.57");
    expect(dollars(0.0031, "zh")).toBe("US$0.0031");
  });

  it("is never shown as nothing if it is something", () => {
    expect(dollars(0.000002, "en")).toBe("<$0.0001");
    expect(dollars(0.0001, "en")).toBe("$0.0001");
  });
});

describe("the tighter cap", () => {
  it("is the one that leaves less", () => {
    expect(tighterOf(budget())).toEqual({ span: "today", spent: 0.84, cap: 6 });
    const month = budget({ spent_month_usd: 197 });
    expect(tighterOf(month)).toEqual({ span: "month", spent: 197, cap: 200 });
  });

  it("is the day's where both leave the same, as on the last day of a month", () => {
    const last = budget({ spent_today_usd: 1, daily_cap_usd: 6, spent_month_usd: 195 });
    expect(tighterOf(last).span).toBe("today");
  });

  it("is the month's when nothing is left of it, whatever the day would have had", () => {
    const over = budget({ spent_today_usd: 0, daily_cap_usd: 0, spent_month_usd: 200 });
    expect(tighterOf(over).span).toBe("month");
  });
});

describe("a share", () => {
  it("goes from nothing to all", () => {
    expect(shareOf({ spent: 1, cap: 4 })).toBe(0.25);
    expect(shareOf({ spent: 5, cap: 4 })).toBe(1);
    expect(shareOf({ spent: 0, cap: 0 })).toBe(1);
  });

  it("is 100 % only when nothing is left", () => {
    expect(percentOf(0.29)).toBe(29);
    expect(percentOf(0.9999)).toBe(99);
    expect(percentOf(1)).toBe(100);
  });
});

describe("a cap", () => {
  it("begins anew at midnight, or with the month, both of UTC", () => {
    expect(renewedAt(budget(), NOW)).toBe(Date.UTC(2026, 2, 10));
    expect(renewedAt(budget({ spent_month_usd: 200 }), NOW)).toBe(Date.UTC(2026, 3, 1));
    const december = Date.UTC(2026, 11, 31, 23, 59);
    expect(renewedAt(budget({ spent_month_usd: 200 }), december)).toBe(Date.UTC(2027, 0, 1));
  });

  it("is told by the reader's clock, with the date when that is days away", () => {
    const soon = momentOf(Date.UTC(2026, 2, 10), NOW, "en");
    expect(soon).toMatch(/^\d\d:\d\d$/);
    for (const language of ["zh", "en"] as const) {
      expect(momentOf(Date.UTC(2026, 3, 1, 12), NOW, language)).toMatch(/(4月1日|Apr 1).*\d\d:\d\d/);
    }
  });
});
