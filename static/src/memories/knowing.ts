/** Who knows about a matter. */

import type { Person } from "../talk/wire";
import type { FoundMemory } from "./wire";

export interface Knower {
  agent: Person;
  memories: FoundMemory[];
}

/** Everybody once, with what they remember; whoever remembers the best match comes first. */
export function knowersOf(found: FoundMemory[]): Knower[] {
  const knowers = new Map<number, Knower>();
  for (const memory of found) {
    const known = knowers.get(memory.agent.id);
    if (known) known.memories.push(memory);
    else knowers.set(memory.agent.id, { agent: memory.agent, memories: [memory] });
  }
  return [...knowers.values()];
}
