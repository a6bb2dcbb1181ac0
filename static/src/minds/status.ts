/** Keeps what the status of the world tells of minds in the store, while somebody looks. */

import { Refresher } from "../refresher";
import { get } from "../rest";
import { useShown } from "../store";
import type { TownEvent } from "../wire";
import { currentLanguage } from "../words/i18n";
import type { MindsStatus } from "./wire";

const EVERY = 10_000;
const APART = 1000;
/** After so long without an answer, what was told before is not true any more. */
const FORGOTTEN_AFTER = 60_000;

/** Kinds of events after which minds are not as they were. */
const NEWS = new Set(["minds_state", "mind_change"]);

export class MindsWatch {
  private readonly refresher: Refresher<{ minds?: MindsStatus }>;
  private begun = false;
  private heardAt = 0;

  constructor(world: string) {
    this.refresher = new Refresher(
      () => get("/api/world/status", world, currentLanguage()),
      ({ minds }) => {
        this.heardAt = Date.now();
        useShown.setState({ minds: minds ?? null });
      },
      APART,
      () => {
        if (Date.now() - this.heardAt > FORGOTTEN_AFTER) useShown.setState({ minds: null });
      },
    );
  }

  /** Look now; from the first time on, also every now and then. */
  look(): void {
    if (!this.begun) {
      this.begun = true;
      setInterval(this.lookIfSeen, EVERY);
      document.addEventListener("visibilitychange", this.lookIfSeen);
    }
    this.refresher.ask();
  }

  /** Look at once if any of these events is about minds. */
  hear(events: TownEvent[]): void {
    if (events.some(({ kind }) => NEWS.has(kind))) this.lookIfSeen();
  }

  private readonly lookIfSeen = () => {
    if (!document.hidden) this.refresher.ask();
  };
}
