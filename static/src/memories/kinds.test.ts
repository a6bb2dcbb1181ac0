import { expect, it } from "vitest";

import { en } from "../words/en";
import { zh } from "../words/zh";
import { isKind, KINDS } from "./kinds";

it("has a word for every kind in both languages", () => {
  expect(Object.keys(zh.memory.kind)).toEqual([...KINDS]);
  expect(Object.keys(en.memory.kind)).toEqual([...KINDS]);
});

it("knows kinds from other words", () => {
  expect([isKind("plan"), isKind(""), isKind("dream")]).toEqual([true, false, false]);
});
