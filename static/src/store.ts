/** What the panels show. The map reads the town itself; this is told of it a few times a second. */

import { create } from "zustand";

import type { MindsStatus } from "./minds/wire";
import type { Connection } from "./stream";
import type { HeardClock } from "./town/clock";
import { keptOf } from "./town/news";
import type { Town } from "./town/state";
import type { TownEvent } from "./wire";

const TELL_EVERY = 250;

export type Selected = { kind: "resident" | "place"; id: number } | null;

interface Shown {
  town: Town | null;
  /** Raised whenever the town has changed since the last look. */
  version: number;
  heard: HeardClock | null;
  connection: Connection;
  why: string;
  events: TownEvent[];
  minds: MindsStatus | null;
  selected: Selected;
  following: boolean;
  select: (selected: Selected) => void;
  follow: (following: boolean) => void;
}

export const useShown = create<Shown>()((set) => ({
  town: null,
  version: 0,
  heard: null,
  connection: "connecting",
  why: "",
  events: [],
  minds: null,
  selected: null,
  following: false,
  select: (selected) => {
    set({ selected, following: false });
  },
  follow: (following) => {
    set({ following });
  },
}));

let news: TownEvent[] = [];
let telling: ReturnType<typeof setTimeout> | null = null;

/** Let the panels know of events, soon: frames may come much faster than anybody reads. */
export function tellPanels(events: TownEvent[]): void {
  news.push(...events);
  telling ??= setTimeout(() => {
    telling = null;
    const newest = news.reverse();
    news = [];
    useShown.setState(({ version, events: known }) => ({
      version: version + 1,
      events: keptOf([...newest, ...known]),
    }));
  }, TELL_EVERY);
}
