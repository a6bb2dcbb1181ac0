import { expect, test, vi } from "vitest";

vi.mock("pixi.js", () => ({ CanvasTextMetrics: {} }));

import { CanvasTextMetrics } from "pixi.js";

import { mayBreak } from "./breaks";

test("no line begins with a mark that ends something, or ends with one that begins something", () => {
  expect(mayBreak("了", "。")).toBe(false);
  expect(mayBreak("“", "好")).toBe(false);
  expect(mayBreak("好", "”")).toBe(false);
  expect(mayBreak("好", "“")).toBe(true);
  expect(mayBreak("人", "已")).toBe(true);
});

test("what is drawn breaks like that", () => {
  expect(CanvasTextMetrics).toHaveProperty("canBreakChars", mayBreak);
});
