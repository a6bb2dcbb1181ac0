/** A town that really lived, as the server told it: tests/laws/test_snapshot_and_events.py. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

import type { InstantFrame, Snapshot } from "../wire";
import { Town } from "./state";

const told = process.env["TOLD_TOWN"];

it.skipIf(!told)("knows after every frame what a newly fetched snapshot says", () => {
  const { snapshot, steps } = JSON.parse(readFileSync(told ?? "", "utf-8")) as {
    snapshot: Snapshot;
    steps: { frame: InstantFrame | null; after: Snapshot | null }[];
  };
  const town = new Town(snapshot);
  for (const { frame, after } of steps) {
    if (frame) expect(town.apply(frame)).toBe("applied");
    if (!after) continue;
    const { epoch, seq, agents, routes, conversations, going_on, world } = after;
    const { weather } = world;
    expect(town.toSnapshot()).toEqual({
      epoch,
      seq,
      agents,
      routes,
      conversations,
      going_on,
      weather,
    });
  }
});
