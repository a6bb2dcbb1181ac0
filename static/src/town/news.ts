/** Which events are kept for reading, and which of them are shown. */

import type { TownEvent } from "../wire";

const KEPT = 200;

/** Somebody begins to think, or is done: true of everybody all the time, and seldom news. */
export function isThinking({ kind, reason }: TownEvent): boolean {
  if (kind === "thought_asked" || kind === "speech_asked") return true;
  return kind === "thought_answered" && (reason ?? "none") === "none";
}

/** The newest of these events, newest first: so many of thinking, and so many of all else. */
export function keptOf(events: TownEvent[]): TownEvent[] {
  const room = { thinking: KEPT, other: KEPT };
  return events.filter((event) => (room[isThinking(event) ? "thinking" : "other"]-- > 0));
}

const OF_WORK = ["hired", "work_lost", "warned", "art_made"];
const OF_THE_TOWN = [
  ...["announcement", "world_event", "weather_change", "rule_change"],
  ...["agent_created", "agent_departed"],
];

export const FILTERS: Record<string, (event: TownEvent) => boolean> = {
  all: () => true,
  moves: ({ type }) => type === "agent_move",
  deeds: ({ type }) => type === "agent_state_change",
  minds: ({ type, kind }) =>
    type === "thought" || type === "reflection" || kind === "mind_change" || kind === "minds_state",
  talk: ({ type }) =>
    type.startsWith("conversation_") || type === "relationship_change" || type === "news",
  money: ({ type, kind }) => type === "economic_event" || OF_WORK.includes(kind),
  world: ({ type }) => OF_THE_TOWN.includes(type),
};

/** What is shown under a filter; `thinking`: also who thinks. */
export function shownOf(events: TownEvent[], filter: string, thinking: boolean): TownEvent[] {
  const passes = FILTERS[filter] ?? (() => true);
  return events.filter((event) => passes(event) && (thinking || !isThinking(event)));
}
