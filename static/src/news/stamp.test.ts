import { expect, it } from "vitest";

import type { TownEvent } from "../wire";
import { latestNews, latestOf } from "./stamp";

function event(seq: number, kind: string, news?: number): TownEvent {
  return { seq, kind, type: "", world_time: "", ...(news && { news }) };
}

const events = [
  event(9, "payment"),
  event(8, "news_heard", 2),
  event(7, "news", 1),
  event(6, "announcement", 3),
];

it("is the latest event that brings news or lets somebody know it", () => {
  expect(latestNews(events)).toBe(8);
  expect(latestNews(events.slice(3))).toBe(6);
  expect(latestNews([event(1, "agent_move")])).toBe(0);
});

it("is told apart by what the news is", () => {
  expect(latestOf(events, 1)).toBe(7);
  expect(latestOf(events, 4)).toBe(0);
});
