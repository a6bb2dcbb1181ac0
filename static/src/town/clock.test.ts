import { describe, expect, it } from "vitest";

import type { ClockState } from "../wire";
import { dayOf, gameTime, shownTime, timeOfDay } from "./clock";

const clock: ClockState = {
  anchor_real: 1_000_000_000,
  anchor_game: 3600,
  scale: 10,
  paused: false,
  why: "operator",
  real_time: 1_002_000_000,
  lived_until: 3610,
  engine: "alive",
};

describe("the clock", () => {
  it("runs by the server's clock, whatever the one here says", () => {
    expect(gameTime({ clock, heardAt: 50 }, 50)).toBe(3620);
    expect(gameTime({ clock, heardAt: 50 }, 1050)).toBe(3630);
    expect(gameTime({ clock: { ...clock, scale: 600 }, heardAt: 0 }, 500)).toBe(5100);
  });

  it("stands while it is paused", () => {
    expect(gameTime({ clock: { ...clock, paused: true }, heardAt: 0 }, 9000)).toBe(3600);
  });

  it("never runs before its anchor", () => {
    expect(gameTime({ clock: { ...clock, real_time: 0 }, heardAt: 0 }, 0)).toBe(3600);
  });

  it("shows no more than was lived where the engine is silent", () => {
    expect(shownTime({ clock: { ...clock, engine: "silent" }, heardAt: 0 }, 9000)).toBe(3610);
    expect(shownTime({ clock, heardAt: 0 }, 0)).toBe(3620);
  });

  it("is a day of the week and a time of the day", () => {
    expect(dayOf(0)).toEqual({ day: 1, weekday: 0, second: 0 });
    expect(dayOf(8 * 86_400 + 52_200)).toEqual({ day: 9, weekday: 1, second: 52_200 });
    expect(timeOfDay(52_259)).toBe("14:30");
  });
});
