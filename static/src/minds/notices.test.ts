import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { en } from "../words/en";
import { zh } from "../words/zh";
import { noticesOf } from "./notices";
import { budget, status } from "./samples";
import type { MindsStatus } from "./wire";

const NOW = Date.UTC(2026, 2, 9, 14, 30);

beforeAll(async () => {
  await i18next.init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

function said(more: Partial<MindsStatus>, language: "zh" | "en" = "en"): string[] {
  return noticesOf(status(more), NOW, language, i18next.getFixedT(language));
}

describe("what is said of minds", () => {
  it("is nothing while all is well, or while nobody thinks with a model", () => {
    expect(said({})).toEqual([]);
    expect(said({ residents: 0, budget: budget({ state: "exhausted" }) })).toEqual([]);
  });

  it("warns of a budget that is nearly used up", () => {
    expect(said({ budget: budget({ used: 0.914, state: "warning" }) })).toEqual([
      "91 % of the budget for models is used up",
    ]);
  });

  it("tells until when there is no money, and which cap it was", () => {
    const day = budget({ spent_today_usd: 6, used: 1, state: "exhausted" });
    expect(said({ budget: day })[0]).toMatch(
      /^The budget of the day is used up: everybody lives by instinct until \d\d:\d\d$/,
    );
    const month = budget({ spent_month_usd: 200, used: 1, state: "exhausted" });
    expect(said({ budget: month })[0]).toMatch(/^The budget of the month .* until (Apr|Mar) \d+/);
    const none = budget({ spent_month_usd: 0, monthly_cap_usd: 0, state: "exhausted" });
    expect(said({ budget: none })).toEqual([
      "There is no budget for models: everybody lives by instinct",
    ]);
  });

  it("does not say of everybody what is true of one model", () => {
    const [one, ...more] = said({ closed: { "deepseek-reasoner": "budget" } });
    expect(one).toMatch(/does not pay for deepseek-reasoner/);
    expect(more).toEqual([]);
    const all = { "deepseek-reasoner": "budget", "deepseek-chat": "budget" };
    expect(said({ closed: all })).toHaveLength(1);
    expect(said({ closed: all })[0]).toMatch(/everybody lives by instinct/);
  });

  it("names every model that cannot be asked, whatever the budget", () => {
    const warned = budget({ used: 0.95, state: "warning" });
    expect(said({ budget: warned, closed: { "deepseek-chat": "unreachable" } })).toEqual([
      "95 % of the budget for models is used up",
      "deepseek-chat cannot be reached; its residents live by instinct",
    ]);
  });

  it.each(["zh", "en"] as const)("has a sentence for every reason in %s", (language) => {
    for (const why of Object.keys(zh.standIn)) {
      const [sentence] = said({ closed: { "deepseek-chat": why } }, language);
      expect(sentence).toMatch(/deepseek-chat/);
      expect(sentence).not.toMatch(/[{}]|closed\.|budget\./);
      expect(/[\u4e00-\u9fff]/.test(sentence ?? "")).toBe(language === "zh");
    }
  });
});
