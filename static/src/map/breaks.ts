/** Where lines may break: PixiJS breaks Chinese before any sign, and would begin a line with a full stop. */

import { CanvasTextMetrics } from "pixi.js";

// W3C, "Requirements for Chinese Text Layout", 3.1.3: prohibited at a line's start, and at its end.
const NEVER_FIRST = new Set("，。、；：？！）》〉」』】”’…·～—");
const NEVER_LAST = new Set("（《〈「『【“‘");

/** Whether a line may end with this sign and the next one begin with that. */
export function mayBreak(sign: string, next: string): boolean {
  return !NEVER_FIRST.has(next) && !NEVER_LAST.has(sign);
}

CanvasTextMetrics.canBreakChars = mayBreak;
