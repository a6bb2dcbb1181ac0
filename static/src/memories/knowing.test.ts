import { expect, it } from "vitest";

import { knowersOf } from "./knowing";
import { found } from "./samples";

it("names everybody once, whoever remembers the best match first", () => {
  const knowers = knowersOf([found(7, "a"), found(2, "b"), found(7, "c")]);
  expect(knowers.map(({ agent }) => agent.id)).toEqual([7, 2]);
  expect(knowers[0]?.memories.map(({ id }) => id)).toEqual(["a", "c"]);
});

it("tells apart memories of the same moment", () => {
  expect(knowersOf([found(1, "a"), found(2, "a")])).toHaveLength(2);
});

it("finds nobody where nothing was found", () => {
  expect(knowersOf([])).toEqual([]);
});
