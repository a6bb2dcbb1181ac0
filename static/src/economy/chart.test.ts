import { describe, expect, it } from "vitest";

import { heightOf, HEIGHT, placeOf, pointsOf, scaleOf, stackOf, WIDTH } from "./chart";

describe("a scale", () => {
  it.each([
    [[3, 10], { least: 0, most: 10 }],
    [[1.02, 1.05], { least: 1.02, most: 1.05 }],
    [[-500, 1000], { least: -500, most: 1000 }],
    [[-3, -1], { least: -3, most: 0 }],
    [[5, 5], { least: 0, most: 6 }],
    [[0, 0], { least: 0, most: 1 }],
    [[], { least: 0, most: 1 }],
  ])("of %j is round and holds all of it", (values, expected) => {
    const { least, most } = scaleOf(values);
    expect(least).toBeCloseTo(expected.least);
    expect(most).toBeCloseTo(expected.most);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(least - 1e-9);
      expect(value).toBeLessThanOrEqual(most + 1e-9);
    }
  });
});

describe("a line", () => {
  it("goes from the first day at the left to the last one at the right, and up with its values", () => {
    expect(pointsOf([0, 5, 10], { least: 0, most: 10 })).toBe(
      `0,${String(HEIGHT)} ${String(WIDTH / 2)},${String(HEIGHT / 2)} ${String(WIDTH)},0`,
    );
  });

  it("of one day is a point in the middle", () => {
    expect(placeOf(0, 1)).toBe(WIDTH / 2);
    expect(heightOf(0, { least: -1, most: 1 })).toBe(HEIGHT / 2);
  });
});

it("puts shares on top of each other, the first one uppermost, and they fill the whole", () => {
  const [upper, lower] = stackOf([
    { name: "rich", values: [0.25, 0.5] },
    { name: "poor", values: [0.75, 0.5] },
  ]);
  const [quarter, half] = [String(HEIGHT / 4), String(HEIGHT / 2)];
  const [right, floor] = [String(WIDTH), String(HEIGHT)];
  expect(upper).toEqual({
    name: "rich",
    points: `0,0 ${right},0 ${right},${half} 0,${quarter}`,
  });
  expect(lower).toEqual({
    name: "poor",
    points: `0,${quarter} ${right},${half} ${right},${floor} 0,${floor}`,
  });
});
