import { describe, expect, it } from "vitest";

import type { TownEvent } from "../wire";
import { FILTERS, keptOf, shownOf } from "./news";

function event(kind: string, type: string, more: Partial<TownEvent> = {}): TownEvent {
  return { seq: 0, world_time: "", kind, type, ...more };
}

const events = [
  event("agent_move", "agent_move"),
  event("activity_start", "agent_state_change"),
  event("mind_change", "agent_state_change"),
  event("thought_asked", "thought", { reason: "none" }),
  event("thought_asked", "thought", { reason: "need" }),
  event("thought_answered", "thought", { reason: "none" }),
  event("thought_answered", "thought", { reason: "timeout" }),
  event("minds_state", "world_event"),
  event("payment", "economic_event"),
  event("hired", "agent_state_change"),
  event("agent_created", "agent_created"),
  event("rule_change", "rule_change"),
  event("announcement", "announcement", { reason: "announcement" }),
  event("news_heard", "news", { reason: "told" }),
];

function kinds(filter: string, thinking: boolean): string[] {
  return shownOf(events, filter, thinking).map(({ kind, reason }) => `${kind} ${reason ?? ""}`.trim());
}

describe("the events that are shown", () => {
  it("leave out that somebody thinks, but not that instinct had to stand in", () => {
    expect(kinds("all", false)).toEqual([
      "agent_move",
      "activity_start",
      "mind_change",
      "thought_answered timeout",
      "minds_state",
      "payment",
      "hired",
      "agent_created",
      "rule_change",
      "announcement announcement",
      "news_heard told",
    ]);
    expect(kinds("all", true)).toHaveLength(events.length);
  });

  it("are those of a filter", () => {
    expect(kinds("minds", false)).toEqual(["mind_change", "thought_answered timeout", "minds_state"]);
    expect(kinds("minds", true)).toHaveLength(6);
    expect(kinds("deeds", true)).toEqual(["activity_start", "mind_change", "hired"]);
    expect(kinds("money", true)).toEqual(["payment", "hired"]);
    expect(kinds("talk", false)).toEqual(["news_heard told"]);
    expect(kinds("world", false)).toEqual([
      "minds_state",
      "agent_created",
      "rule_change",
      "announcement announcement",
    ]);
  });

  it("are of some filter, each of them", () => {
    const { all, ...others } = FILTERS;
    for (const each of events) {
      expect(all?.(each)).toBe(true);
      expect(Object.values(others).some((passes) => passes(each))).toBe(true);
    }
  });
});

it("keeps what people do, however many think in the meantime", () => {
  const asked = Array.from({ length: 900 }, (_, seq) => ({ ...event("thought_asked", "thought"), seq }));
  const moves = Array.from({ length: 300 }, (_, seq) => ({ ...event("agent_move", "agent_move"), seq }));
  const kept = keptOf([...asked, ...moves]);
  expect(kept).toHaveLength(400);
  expect(kept.filter(({ kind }) => kind === "agent_move").map(({ seq }) => seq)).toEqual(
    Array.from({ length: 200 }, (_, seq) => seq),
  );
});
