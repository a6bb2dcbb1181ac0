/** Words of minds: events, decisions and thoughts, in both languages, for every reason. */

import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { Language, TownEvent, Words } from "../wire";
import { decidedBy, mindOf } from "./decisions";
import { en } from "./en";
import { sentenceOf } from "./sentences";
import { outcomeOf, whenOf, writtenOf } from "./thoughts";
import { zh } from "./zh";

const actor = { id: 1, name: { zh: "李明", en: "Li Ming" } };
const place = { id: 3, name: { zh: "公园", en: "the park" } };
const words: Words = {
  activities: { eat: { zh: "吃饭", en: "eating" } },
  classes: {}, occupations: {},
  weather: {},
  moments: {},
  topics: {},
  ties: {},
};
const model = "deepseek-chat";
const standIns = Object.keys(zh.standIn);
const events: Partial<TownEvent>[] = [
  { kind: "mind_change", actor, model },
  { kind: "mind_change", actor, model: "instinct" },
  ...["none", ...Object.keys(zh.surprise)].map((reason) => ({ kind: "thought_asked", actor, reason })),
  ...["none", ...standIns].map((reason) => ({ kind: "thought_answered", actor, reason })),
  ...["", ...standIns].map((closed) => ({ kind: "minds_state", model, closed, cadence: 600 })),
  { kind: "minds_state", model, closed: "", cadence: 1200 },
  ...standIns.map((stand_in) => ({ kind: "agent_move", actor, place, activity: "eat", stand_in })),
  ...standIns.map((stand_in) => ({ kind: "activity_start", actor, activity: "eat", stand_in })),
];

let t: Record<Language, TFunction>;

beforeAll(async () => {
  await i18next.init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  t = { zh: i18next.getFixedT("zh"), en: i18next.getFixedT("en") };
});

function say(event: Partial<TownEvent>, language: Language = "en"): string {
  const whole = { seq: 1, type: "", world_time: "", ...event } as TownEvent;
  return sentenceOf(whole, words, language, t[language]);
}

function isWell(said: string, language: Language): void {
  expect(said).not.toMatch(/[{}]|\w\.\w|unknown/);
  expect(/[\u4e00-\u9fff]/.test(said)).toBe(language === "zh");
}

describe.each(["zh", "en"] as const)("in %s", (language) => {
  it("every event of minds is a sentence of its own", () => {
    const said = events.map((event) => say(event, language));
    for (const sentence of said) isWell(sentence, language);
    expect(new Set(said).size).toBe(said.length);
  });

  it("every decision is somebody's", () => {
    const base = { source: "instinct", mind: model, motive: "duty", stand_in: "" };
    for (const stand_in of ["", ...standIns]) {
      isWell(decidedBy({ ...base, stand_in }, t[language]), language);
    }
    for (const source of Object.keys(zh.source)) {
      isWell(decidedBy({ ...base, source }, t[language]), language);
    }
  });

  it("every thought has come somewhere", () => {
    for (const failure of standIns) {
      isWell(outcomeOf({ status: "answered", failure } as never, t[language]), language);
    }
    for (const status of Object.keys(zh.thoughts.status)) {
      isWell(outcomeOf({ status, failure: "" } as never, t[language]), language);
    }
  });
});

describe("what people read", () => {
  it("says why somebody thinks, and why instinct stood in", () => {
    expect(say({ kind: "thought_asked", actor, reason: "turned_away" })).toBe(
      "Li Ming thinks about what to do (they were not let in)",
    );
    expect(say({ kind: "thought_answered", actor, reason: "none" })).toBe(
      "Li Ming has made up their mind",
    );
    expect(say({ kind: "thought_answered", actor, reason: "timeout" })).toBe(
      "Li Ming goes by instinct: the model did not answer in time",
    );
    expect(say({ kind: "minds_state", model, closed: "budget" })).toBe(
      "The budget for models is used up: residents who think with deepseek-chat live by instinct",
    );
    expect(say({ kind: "minds_state", model, closed: "", cadence: 600 })).toBe(
      "deepseek-chat can be asked again",
    );
  });

  it("says whose decision it was, and leaves out a motive that a model has none of", () => {
    const base = { source: "model", mind: model, motive: "none", stand_in: "" };
    expect(decidedBy(base, t.en)).toBe("Decided by deepseek-chat");
    expect(decidedBy({ ...base, mind: "instinct" }, t.en)).toBe("Decided by a model");
    const instinct = { ...base, source: "instinct", motive: "satiety" };
    expect(decidedBy(instinct, t.en)).toBe("Decided by instinct · hunger");
    expect(decidedBy({ ...instinct, stand_in: "timeout" }, t.en)).toBe(
      "Decided by instinct, because the model did not answer in time · hunger",
    );
    expect(decidedBy({ ...base, source: "operator", motive: "order" }, t.zh)).toBe(
      "决定：操作员 · 命令",
    );
  });

  it("says with what somebody thinks", () => {
    expect(mindOf(model, t.en)).toBe("Thinks with deepseek-chat");
    expect([mindOf("instinct", t.en), mindOf("", t.zh)]).toEqual(["Lives by instinct", "凭本能生活"]);
  });

  it("has short times and readable results", () => {
    expect(whenOf("2026-03-02T14:30:00")).toBe("03-02 14:30");
    expect([writtenOf(null), writtenOf({ steps: 1 })]).toEqual(["", '{\n  "steps": 1\n}']);
  });
});
