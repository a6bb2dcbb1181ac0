import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";

import { knower } from "../news/samples";
import type { NewsLine } from "../news/wire";
import { en } from "./en";
import { factsOf, howOf } from "./news";
import { zh } from "./zh";

const NEWS: NewsLine = {
  id: 1,
  kind: "announcement",
  text: "No water tomorrow.",
  time: "2026-03-02T09:00:00",
  location: null,
  people: [],
  starts_at: null,
  spoken_of_until: "2026-03-05T09:00:00",
  urgency: "high",
  knowers: 12,
};
const NOW = "2026-03-03T09:00:00";
const plaza = { id: 3, name: "Central Plaza" };
const ming = { id: 4, name: "Li Ming" };

beforeAll(async () => {
  await i18next.init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

const facts = (more: Partial<NewsLine>, now = NOW) =>
  factsOf({ ...NEWS, ...more }, 50, now, i18next.getFixedT("en"));

it("says of an announcement how loud it is, and where it is made or to whom", () => {
  expect(facts({})).toEqual({
    what: "Announcement · urgency: high · all public places",
    until: "spoken of until 03-05 09:00",
    known: "12 of 50 residents know",
  });
  expect(facts({ location: plaza }).what).toBe("Announcement · urgency: high · Central Plaza");
  expect(facts({ people: [ming] }).what).toBe("Announcement · urgency: high · told to Li Ming alone");
});

it("says of a gathering how much it matters, where and when it begins, and of people only what they did", () => {
  const party = { kind: "gathering", location: plaza, people: [ming], starts_at: "2026-03-04T18:00:00" };
  expect(facts(party).what).toBe("Gathering · urgency: high · Central Plaza · begins 03-04 18:00");
  expect(facts({ kind: "quarrel", urgency: "", people: [ming] }).what).toBe("Quarrel");
});

it("says when people have ceased to speak of it", () => {
  expect(facts({}, "2026-03-05T09:00:00").until).toBe("not spoken of since 03-05 09:00");
});

it("says from where somebody knows, and who knows it of themselves", () => {
  const t = i18next.getFixedT("zh");
  const quarrel = { ...NEWS, kind: "quarrel", people: [ming] };
  expect(howOf(knower(1), NEWS, t)).toBe("从公告得知");
  expect(howOf(knower(1, 2), NEWS, t)).toBe("听number 2说的");
  expect(howOf(knower(4, 0, { how: "witnessed" }), quarrel, t)).toBe("当事人");
  expect(howOf(knower(5, 0, { how: "witnessed" }), quarrel, t)).toBe("亲眼所见");
  const party = { ...NEWS, kind: "gathering", people: [ming] };
  expect(howOf(knower(4, 0, { how: "hosting" }), party, t)).toBe("主办人");
  expect(howOf(knower(5), party, t)).toBe("从公告得知");
  expect(howOf(knower(4), { ...NEWS, people: [ming] }, t)).toBe("从公告得知");
});
