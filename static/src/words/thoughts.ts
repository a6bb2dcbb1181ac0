/** Thoughts as operators read them: when they were asked, and what came of them. */

import type { TFunction } from "i18next";

import type { ThoughtLine } from "../minds/wire";

/** A game time as 03-02 14:30. */
export function whenOf(time: string): string {
  return time.slice(5, 16).replace("T", " ");
}

/** How far a thought has come, and why instinct decided if it did. */
export function outcomeOf({ status, failure }: ThoughtLine, t: TFunction): string {
  if (failure) return t("thoughts.fallback", { reason: t(`standIn.${failure}`) });
  return t(`thoughts.status.${status}`);
}

/** What was understood of a reply, for reading; empty if nothing was. */
export function writtenOf(parsed: unknown): string {
  return parsed === null || parsed === undefined ? "" : JSON.stringify(parsed, null, 2);
}
