import { expect, it } from "vitest";

import { daysToCome, named } from "./choices";

it("offers two months from today on, and keeps what was chosen", () => {
  expect(daysToCome(3, 0).slice(0, 3)).toEqual([3, 4, 5]);
  expect(daysToCome(3, 0).at(-1)).toBe(62);
  expect(daysToCome(3, 2).slice(0, 2)).toEqual([2, 3]);
  expect(daysToCome(3, 4)).toHaveLength(60);
});

it("sorts by the names that are read", () => {
  const things = [
    { id: 1, name: { zh: "赵磊", en: "Zhao Lei" } },
    { id: 2, name: { zh: "柳荫路10号", en: "10 Willow Road" } },
    { id: 3, name: { zh: "柳荫路9号", en: "9 Willow Road" } },
  ];
  expect(named(things, "en").map(({ id }) => id)).toEqual([3, 2, 1]);
  expect(named(things, "zh").map(({ name }) => name)).toEqual(["柳荫路9号", "柳荫路10号", "赵磊"]);
});
