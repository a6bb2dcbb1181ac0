/** Why a memory came up, as figures to read. */

import type { Scores } from "./wire";

const PARTS = ["recency", "importance", "relevance"] as const;

export interface Figure {
  part: (typeof PARTS)[number];
  percent: number;
}

/** The three parts of a score, 0 to 100 each. */
export function figuresOf(scores: Scores): Figure[] {
  return PARTS.map((part) => ({ part, percent: Math.round(clamped(scores[part]) * 100) }));
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}
