/** What the REST doors of memories tell; specs/06-api-design.md says what it means. */

import type { Person } from "../talk/wire";

/** Why a memory came up: each part from 0 to 1, and their weighted sum. */
export interface Scores {
  recency: number;
  importance: number;
  relevance: number;
  total: number;
}

/** What a summary stands for: so many memories, and the conversations among them. */
export interface Replaced {
  since: string;
  until: string;
  memories: number;
  conversations: string[];
}

/** A memory that a reflection was drawn from, or the summary to which it gave way. */
export interface Evidence {
  id: string;
  time: string;
  kind: string;
  text: string;
}

/** importance: 0 to 100. source: who told it; null for what one witnessed oneself.
 * stand_in: why instinct reflected in the place of a model; empty where it did not. */
export interface Memory {
  id: string;
  time: string;
  kind: string;
  importance: number;
  text: string;
  subject: string;
  people: Person[];
  location: Person | null;
  source: Person | null;
  conversation: string | null;
  replaced: Replaced | null;
  evidence: Evidence[];
  stand_in: string;
  recalls: number;
  last_recalled: string | null;
  scores: Scores | null;
}

export interface MemoryPage {
  total: number;
  page: number;
  limit: number;
  memories: Memory[];
}

/** Something that somebody in the town remembers. */
export interface FoundMemory extends Memory {
  agent: Person;
}

/** embedder: what judges likeness. exact: whether every memory was looked at. */
export interface MemorySearch {
  embedder: string;
  exact: boolean;
  memories: FoundMemory[];
}
