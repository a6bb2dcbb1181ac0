import { describe, expect, it } from "vitest";

import { Refusal } from "../rest";
import { BLANK, bodyOf, faultsIn, faultsOf, LONGEST, startOf, type Draft } from "./announcement";

const NOON_OF_DAY_3 = 2 * 86_400 + 12 * 3600;
const PARTY: Draft = { ...BLANK, what: "gathering", host: "2", place: "3", day: "3", time: "18:00" };

describe("what is wrong", () => {
  it.each<[string, Partial<Draft>, object]>([
    ["nothing is said", { text: "  " }, { text: "nothing" }],
    ["one language is enough", { textEn: "No water." }, {}],
    ["it is too long", { text: "x".repeat(LONGEST + 1) }, { text: "long" }],
    ["in the other language, too", { text: "x", textEn: "x".repeat(301) }, { textEn: "long" }],
    ["a place is to be chosen", { text: "x", audience: "place" }, { place: "noPlace" }],
    ["somebody is to be chosen", { text: "x", audience: "one" }, { one: "nobody" }],
    [
      "what was chosen for another audience does not count",
      { text: "x", audience: "everywhere", one: "", place: "" },
      {},
    ],
  ])("with an announcement: %s", (_, more, faults) => {
    expect(faultsOf({ ...BLANK, ...more }, NOON_OF_DAY_3)).toEqual(faults);
  });

  it.each<[string, Partial<Draft>, object]>([
    ["nothing", {}, {}],
    ["it has no host", { host: "" }, { host: "noHost" }],
    ["it has no place", { place: "" }, { place: "noPlace" }],
    ["it has no day", { day: "" }, { day: "noDay" }],
    ["it has no time", { time: "" }, { time: "noTime" }],
    ["it is over", { time: "12:00" }, { time: "over" }],
  ])("with a gathering: %s", (_, more, faults) => {
    expect(faultsOf({ ...PARTY, ...more }, NOON_OF_DAY_3)).toEqual(faults);
  });

  it("is told by the town for the field that it is about", () => {
    expect(faultsIn(new Refusal("no", "LOCATION_NOT_FOUND"), BLANK)).toEqual({
      place: "unknownPlace",
    });
    const unknown = new Refusal("no", "AGENT_NOT_FOUND");
    expect(faultsIn(unknown, BLANK)).toEqual({ one: "unknownResident" });
    expect(faultsIn(unknown, PARTY)).toEqual({ host: "unknownResident" });
    const over = new Refusal("no", "INVALID_PARAMETER", { "gathering.starts_at": "…" });
    expect(faultsIn(over, PARTY)).toEqual({ time: "over" });
    expect(faultsIn(new Refusal("no", "RATE_LIMITED"), PARTY)).toEqual({});
    expect(faultsIn(new Error("no"), PARTY)).toEqual({});
  });
});

describe("what the town is told", () => {
  it("is what was chosen last, and nothing of what was chosen before", () => {
    const draft: Draft = { ...BLANK, text: " 停水 ", place: "4", one: "7", urgency: "high" };
    expect(bodyOf(draft, "2026-03-02")).toEqual({ text: "停水", text_en: "", urgency: "high" });
    expect(bodyOf({ ...draft, audience: "place" }, "2026-03-02")).toMatchObject({ location_id: 4 });
    expect(bodyOf({ ...draft, audience: "one" }, "2026-03-02")).toEqual({
      text: "停水",
      text_en: "",
      urgency: "high",
      agent_id: 7,
    });
  });

  it("has the date of a gathering", () => {
    expect(startOf(PARTY)).toBe(2 * 86_400 + 18 * 3600);
    expect(bodyOf({ ...PARTY, day: "31" }, "2026-03-02")).toEqual({
      text: "",
      text_en: "",
      urgency: "normal",
      location_id: 3,
      gathering: { host_id: 2, starts_at: "2026-04-01T18:00:00" },
    });
  });
});
