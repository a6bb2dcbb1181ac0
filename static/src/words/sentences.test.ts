import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { Language, TownEvent, Words } from "../wire";
import { en } from "./en";
import { sentenceOf } from "./sentences";
import { zh } from "./zh";

const who = (id: number) => ({ id, name: { zh: "李明", en: "Li Ming" } });
const words: Words = {
  activities: { eat: { zh: "吃饭", en: "eating" } },
  occupations: {},
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
  { kind: "day_settled", totals: { rent: 100, food: 20.5 } },
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

  it.each(["zh", "en"] as const)("make a sentence of every event in %s", (language: Language) => {
    for (const event of events) {
      const said = sentenceOf(
        { seq: 1, type: "", world_time: "", ...event } as TownEvent,
        words,
        language,
        i18next.getFixedT(language),
      );
      expect(said.length).toBeGreaterThan(1);
      expect(said).not.toMatch(/[{}]|sentence\.|refusal\.|need\.|payment\./);
      expect(/[\u4e00-\u9fff]/.test(said)).toBe(language === "zh");
    }
  });
});
