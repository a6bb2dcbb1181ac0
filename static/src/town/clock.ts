/** Game time on this computer, whose clock may differ from the server's. */

import type { ClockState } from "../wire";

const MICROSECOND = 1_000_000;
export const DAY = 86_400;

/** The server's clock as it was told, and the local moment (ms) at which it was heard. */
export interface HeardClock {
  clock: ClockState;
  heardAt: number;
}

/** Game seconds since midnight of day 1 at the local moment `now` (ms). */
export function gameTime({ clock, heardAt }: HeardClock, now: number): number {
  if (clock.paused) return clock.anchor_game;
  const real = clock.real_time + (now - heardAt) * 1000;
  return clock.anchor_game + Math.max(0, ((real - clock.anchor_real) * clock.scale) / MICROSECOND);
}

/** What the engine of a silent town has lived so far is all there is: its time stands. */
export function shownTime(heard: HeardClock, now: number): number {
  return heard.clock.engine === "silent" ? heard.clock.lived_until : gameTime(heard, now);
}

/** The day, counted from 1; the day of the week, Monday 0; and the second of the day. */
export function dayOf(time: number): { day: number; weekday: number; second: number } {
  const day = Math.floor(time / DAY);
  return { day: day + 1, weekday: day % 7, second: Math.floor(time - day * DAY) };
}

/** The date of a day (counted from 1) of a town whose first day has this date (2026-03-02). */
export function dateOf(firstDay: string, day: number): string {
  return new Date(Date.parse(firstDay) + (day - 1) * DAY * 1000).toISOString().slice(0, 10);
}

/** A second of the day as 14:30. */
export function timeOfDay(second: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(second / 3600)}:${two((second % 3600) / 60)}`;
}
