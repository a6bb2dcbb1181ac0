/** The colours of the town. */

import type { Place } from "../wire";

export const GROUND = [0xa9cf86, 0x9dc77b, 0xb6d894] as const;
export const ROAD = 0x8b8f98;
export const KERB = 0xd9d3c4;
export const WATER = 0x6fb7d6;
export const ROOFS = [0xc8553d, 0x3d6f8e, 0x6b8f52, 0xa8743f, 0x7a5c8e, 0xd08c3c] as const;
export const WALLS = [0xf4e3c8, 0xe9cfc0, 0xdfe6e9] as const;
export const INK = 0x1d2433;
export const ACCENT = 0xe4572e;
export const SHIRTS = [
  0xe4572e, 0x12838a, 0x7a5c8e, 0xd08c3c, 0x3d6f8e, 0x5a7d3a, 0xb0476b, 0x4a5a9a,
] as const;

/** One of several, the same each time for the same number. */
export function pick<Kind>(several: readonly [Kind, ...Kind[]], number: number): Kind {
  return several[Math.abs(number) % several.length] ?? several[0];
}

export function roofOf(place: Place): number {
  return pick(ROOFS, hash(place.kind.length * 7 + place.id * 13));
}

/** A whole number that looks drawn, the same each time for the same one. */
export function hash(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
