/** Memories as the REST doors tell them, for tests. */

import type { FoundMemory, Memory } from "./wire";

export function memory(more: Partial<Memory> = {}): Memory {
  return {
    id: "3600-0",
    time: "2026-03-02T07:00:00",
    kind: "observation",
    importance: 40,
    text: "Zhao Lei lost an umbrella.",
    subject: "",
    people: [],
    location: null,
    source: null,
    conversation: null,
    replaced: null,
    evidence: [],
    stand_in: "",
    recalls: 0,
    last_recalled: null,
    scores: null,
    ...more,
  };
}

export function found(agent: number, id: string): FoundMemory {
  return { ...memory({ id }), agent: { id: agent, name: `somebody ${String(agent)}` } };
}
