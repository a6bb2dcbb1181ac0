/** Which events change what the news of a town are, or who knows them. */

import type { TownEvent } from "../wire";

/** Milliseconds between two questions at least: in a busy town somebody learns something all the time. */
export const APART = 4000;

const KINDS = new Set(["announcement", "news", "news_heard"]);

/** The number of the latest event that does; 0 if there is none. events: newest first. */
export function latestNews(events: TownEvent[]): number {
  return events.find(({ kind }) => KINDS.has(kind))?.seq ?? 0;
}

/** The same of one piece of news. */
export function latestOf(events: TownEvent[], news: number): number {
  return events.find((event) => KINDS.has(event.kind) && event.news === news)?.seq ?? 0;
}
