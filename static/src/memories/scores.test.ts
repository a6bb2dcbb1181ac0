import { expect, it } from "vitest";

import { figuresOf } from "./scores";

it("tells the three parts in whole percents", () => {
  expect(figuresOf({ recency: 0.995, importance: 0.3, relevance: 0.126, total: 1.4 })).toEqual([
    { part: "recency", percent: 100 },
    { part: "importance", percent: 30 },
    { part: "relevance", percent: 13 },
  ]);
});

it("stays within the bars", () => {
  const percents = figuresOf({ recency: 1.2, importance: 0, relevance: -0.1, total: 1 });
  expect(percents.map(({ percent }) => percent)).toEqual([100, 0, 0]);
});
