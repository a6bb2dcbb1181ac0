import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { Language, TownEvent, Words } from "../wire";
import { en } from "./en";
import { sentenceOf } from "./sentences";
import { zh } from "./zh";

const who = (id: number) => ({ id, name: { zh: "李明", en: "Li Ming" } });
const words: Words = {
  activities: { eat: { zh: "吃饭", en: "eating" } },
  classes: {},
  occupations: { waiter: { zh: "服务员", en: "waiter" } },
  weather: { rain: { zh: "雨", en: "rain" } },
  moments: { lunch: { zh: "午饭时间", en: "lunch" } },
  topics: {},
  ties: {},
};
const place = { id: 3, name: { zh: "公园", en: "the park" } };
const text = { zh: "明天停水。", en: "No water tomorrow." };
const events: Partial<TownEvent>[] = [
  { kind: "agent_move", actor: who(1), place, activity: "eat", reason: "satiety" },
  { kind: "activity_start", actor: who(1), place, activity: "eat", reason: "duty" },
  { kind: "activity_start", actor: who(1), activity: "eat", reason: "none" },
  { kind: "agent_edited", actor: who(1) },
  ...Object.keys(zh.refusal).map((reason) => ({
    kind: "agent_refused",
    actor: who(1),
    place,
    reason,
  })),
  ...Object.keys(zh.need).map((reason) => ({ kind: "need_alert", actor: who(1), reason })),
  ...Object.keys(zh.payment).map((reason) => ({
    kind: "payment",
    actor: who(1),
    other: who(2),
    amount: 1234.5,
    reason,
  })),
  ...Object.keys(zh.living.work_lost).flatMap((reason) =>
    [0, 960.5].map((amount) => ({
      kind: "work_lost",
      actor: who(1),
      place,
      occupation: "waiter",
      reason,
      amount,
    })),
  ),
  ...(["warned", "agent_created", "agent_departed", "chance", "loan_over"] as const).flatMap(
    (kind) =>
      Object.keys(zh.living[kind]).map((reason) => ({
        kind,
        reason,
        actor: who(1),
        other: who(2),
        place,
        amount: -500,
        warnings: 2,
      })),
  ),
  { kind: "hired", actor: who(1), place, occupation: "waiter", amount: 40 },
  { kind: "art_made", actor: who(1), waiting: 2 },
  { kind: "moved_house", actor: who(1), other: who(2), place },
  { kind: "loan", actor: who(1), other: who(2), amount: 300, due: "2026-03-09T12:00:00" },
  { kind: "treat", actor: who(1), other: who(2), place, activity: "eat", amount: 50 },
  { kind: "business_closed", actor: who(1), place, debt: 120 },
  { kind: "business_opened", actor: who(1), place, capital: 3000 },
  { kind: "business_opened", actor: who(1), other: who(2), place, capital: 3000 },
  { kind: "day_settled", figures: { income: 1000, spending: 900.5 } },
  ...["curfew", "tax", "pension"].flatMap((rule) =>
    [0, 1, null].map((value) => ({ kind: "rule_change", rule, value })),
  ),
  ...Object.keys(zh.happening).flatMap((reason) =>
    ["happening", "happening_over"].flatMap((kind) => [
      { kind, reason },
      { kind, reason, place },
    ]),
  ),
  { kind: "weather_change", reason: "rain", degrees: 9 },
  { kind: "calendar_moment", reason: "lunch" },
  { kind: "announcement", reason: "announcement", text },
  { kind: "announcement", reason: "announcement", other: who(2), text },
  { kind: "announcement", reason: "gathering", actor: who(1), place, text },
  { kind: "news", reason: "quarrel", actor: who(1), other: who(2), text },
  ...[{}, { other: who(2) }, { news: 4 }, { other: who(2), news: 4 }].flatMap((about) => [
    { kind: "appointment", actor: who(1), ...about, place, activity: "eat", when: text },
    ...["kept", "lapsed"].map((reason) => ({
      kind: "appointment_over",
      reason,
      actor: who(1),
      ...about,
      place,
    })),
  ]),
  { kind: "appointment_over", reason: "missed", actor: who(1), other: who(2), place },
  ...Object.keys(zh.sentence.news_heard).map((reason) => ({
    kind: "news_heard",
    reason,
    actor: who(1),
    other: who(2),
    text,
  })),
];

beforeAll(async () => {
  await i18next.init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

function keys(tree: object, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "object" ? keys(value as object, `${path}${key}.`) : [`${path}${key}`],
  );
}

describe("the words", () => {
  it("are the same ones in both languages", () => {
    expect(keys(en)).toEqual(keys(zh));
  });

  it("say to whom alone something was told, and who knows of a gathering because they give it", () => {
    const said = (event: Partial<TownEvent>) =>
      sentenceOf({ text, ...event } as TownEvent, words, "en", i18next.getFixedT("en"));
    const told = { kind: "announcement", reason: "announcement" };
    expect(said(told)).toBe("Announced: No water tomorrow.");
    expect(said({ ...told, other: who(2) })).toBe("Told to Li Ming alone: No water tomorrow.");
    expect(said({ ...told, reason: "gathering", actor: who(1) })).toMatch(/^A gathering: /);
    const heard = { kind: "news_heard", actor: who(2) };
    expect(said({ ...heard, reason: "hosting" })).toBe("Li Ming knows, as the host: No water tomorrow.");
    expect(said({ ...heard, reason: "announced" })).toMatch(/^Li Ming learns from an announcement: /);
  });

  it("say what befell somebody, and what it cost or brought, without a sign", () => {
    const said = (event: Partial<TownEvent>) =>
      sentenceOf({ actor: who(1), ...event } as TownEvent, words, "en", i18next.getFixedT("en"));
    expect(said({ kind: "chance", reason: "medical", amount: -500 })).toBe(
      "Li Ming falls ill, which costs 500 yuan",
    );
    const lost = { kind: "work_lost", reason: "laid_off", place, occupation: "waiter" };
    expect(said({ ...lost, amount: 0 })).toBe("Li Ming is laid off at the park (waiter)");
    expect(said({ ...lost, amount: 960.5 })).toBe(
      "Li Ming is laid off at the park (waiter), with 960.50 yuan of severance",
    );
    expect(said({ kind: "rule_change", rule: "pension", value: 6000 })).toBe(
      "Rule of the town: pension is 60 yuan now",
    );
    expect(said({ kind: "rule_change", rule: "tax", value: 0 })).toMatch(/tax is 0% now/);
    expect(said({ kind: "rule_change", rule: "curfew", value: 0 })).toMatch(/no curfew/);
  });

  it.each(["zh", "en"] as const)("make a sentence of every event in %s", (language: Language) => {
    for (const event of events) {
      const said = sentenceOf(
        { seq: 1, type: "", world_time: "", ...event } as TownEvent,
        words,
        language,
        i18next.getFixedT(language),
      );
      expect(said.length).toBeGreaterThan(1);
      expect(said).not.toMatch(/[{}]|sentence\.|refusal\.|need\.|payment\.|living\.|happening\./);
      expect(/[\u4e00-\u9fff]/.test(said)).toBe(language === "zh");
    }
  });
});
