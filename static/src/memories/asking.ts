/** What somebody wants to see of memories, and the doors that tell it. */

import type { Kind } from "./kinds";

/** kind, matter: empty for all there is. times: how often it was asked; once more asks the door again. */
export interface Wanted {
  kind: Kind | "";
  matter: string;
  page: number;
  times: number;
}

export const EVERYTHING: Wanted = { kind: "", matter: "", page: 1, times: 0 };

/** As many characters the doors take. */
export const LONGEST = 400;

/** The first page of something else. */
export function wanting(before: Wanted, more: Partial<Pick<Wanted, "kind" | "matter">>): Wanted {
  const next = { ...before, ...more, page: 1, times: before.times + 1 };
  return { ...next, matter: next.matter.trim() };
}

/** Where what somebody remembers is told. */
export function memoriesDoor(resident: number, wanted: Wanted, limit: number): string {
  const { kind, matter, page, times } = wanted;
  const query = new URLSearchParams({ limit: String(limit), page: String(page) });
  if (kind) query.set("kind", kind);
  if (matter) query.set("q", matter);
  query.set("again", String(times));
  return `/api/agents/${String(resident)}/memories?${query.toString()}`;
}

/** Where it is told who remembers something of a matter. */
export function searchDoor(matter: string, limit: number, times: number): string {
  const query = new URLSearchParams({ q: matter, limit: String(limit), again: String(times) });
  return `/api/memories/search?${query.toString()}`;
}
