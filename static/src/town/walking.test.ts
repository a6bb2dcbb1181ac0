import { describe, expect, it } from "vitest";

import type { Point } from "../wire";
import { pointOf } from "./walking";

const path: Point[] = [[0, 0], [30, 0], [30, 10]];

describe("a walker", () => {
  it("goes along the path at a constant speed", () => {
    const walk = { path, departs: 100, arrives: 140 };
    expect(pointOf(walk, 110)).toEqual([10, 0]);
    expect(pointOf(walk, 130)).toEqual([30, 0]);
    expect(pointOf(walk, 135)).toEqual([30, 5]);
  });

  it("stands at the ends before departure and after arrival", () => {
    const walk = { path, departs: 100, arrives: 140 };
    expect(pointOf(walk, 0)).toEqual([0, 0]);
    expect(pointOf(walk, 100)).toEqual([0, 0]);
    expect(pointOf(walk, 140)).toEqual([30, 10]);
    expect(pointOf(walk, 900)).toEqual([30, 10]);
  });

  it("stands at a door that is no way off", () => {
    expect(pointOf({ path: [[5, 5]], departs: 0, arrives: 30 }, 15)).toEqual([5, 5]);
    expect(pointOf({ path: [[5, 5], [5, 5]], departs: 0, arrives: 30 }, 15)).toEqual([5, 5]);
    expect(pointOf({ path: [[1, 1], [5, 5]], departs: 30, arrives: 30 }, 30)).toEqual([5, 5]);
  });
});
