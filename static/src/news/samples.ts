/** Answers of the doors of news, for tests. */

import type { Knower } from "./wire";

/** Somebody who knows; told by `source`, or else from an announcement. */
export function knower(id: number, source = 0, more: Partial<Knower> = {}): Knower {
  return {
    agent: { id, name: `number ${String(id)}` },
    time: `2026-03-02T09:${String(id).padStart(2, "0")}:00`,
    how: source ? "told" : "announced",
    source: source ? { id: source, name: `number ${String(source)}` } : null,
    told: 0,
    conversation: source ? "12" : null,
    ...more,
  };
}
