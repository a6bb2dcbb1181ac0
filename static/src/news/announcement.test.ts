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
    ["days are too few", { text: "x", days: "0" }, { days: "badDays" }],
    ["days are too many", { text: "x", days: "61" }, { days: "badDays" }],
    ["days are no number", { text: "x", days: "1e1" }, { days: "badDays" }],
    ["days may stand in blanks", { text: "x", days: " 60 " }, {}],
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
    ["days are halves", { days: "1.5" }, { days: "badDays" }],
  ])("with a gathering: %s", (_, more, faults) => {
    expect(faultsOf({ ...PARTY, ...more }, NOON_OF_DAY_3)).toEqual(faults);
  });

  it("is told by the town for the field that it is about", () => {
    const refused = (code: string, parameter?: string) =>
      faultsIn(new Refusal("no", code, parameter ? { [parameter]: "…" } : {}));
    expect(refused("LOCATION_NOT_FOUND")).toEqual({ place: "unknownPlace" });
    expect(refused("AGENT_NOT_FOUND", "agent_id")).toEqual({ one: "unknownResident" });
    expect(refused("AGENT_NOT_FOUND", "gathering.host_id")).toEqual({ host: "unknownResident" });
    expect(refused("INVALID_PARAMETER", "gathering.starts_at")).toEqual({ time: "over" });
    expect(refused("RATE_LIMITED")).toEqual({});
    expect(faultsIn(new Error("no"))).toEqual({});
  });
});

describe("what the town is told", () => {
  it("is what was chosen last, and nothing of what was chosen before", () => {
    const draft: Draft = { ...BLANK, text: " 停水 ", place: "4", one: "7", urgency: "high" };
    const said = { text: "停水", text_en: "", urgency: "high", days: 0 };
    expect(bodyOf(draft, "2026-03-02")).toEqual(said);
    expect(bodyOf({ ...draft, audience: "place" }, "2026-03-02")).toMatchObject({ location_id: 4 });
    expect(bodyOf({ ...draft, audience: "one" }, "2026-03-02")).toEqual({ ...said, agent_id: 7 });
  });

  it("has the date of a gathering, how much it matters, for how long, and who else knows", () => {
    expect(startOf(PARTY)).toBe(2 * 86_400 + 18 * 3600);
    const party: Draft = { ...PARTY, day: "31", urgency: "urgent", days: " 2 " };
    const told = {
      text: "",
      text_en: "",
      urgency: "urgent",
      days: 2,
      location_id: 3,
      gathering: { host_id: 2, starts_at: "2026-04-01T18:00:00" },
    };
    expect(bodyOf(party, "2026-03-02")).toEqual(told);
    expect(bodyOf({ ...party, one: "5" }, "2026-03-02")).toEqual({ ...told, agent_id: 5 });
  });
});
