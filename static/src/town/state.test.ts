import { describe, expect, it } from "vitest";

import type { AgentChange, InstantFrame, Snapshot } from "../wire";
import { Town } from "./state";

const name = { zh: "李明", en: "Li Ming" };

function snapshot(): Snapshot {
  return {
    type: "snapshot",
    epoch: "one",
    seq: 10,
    world_time: "2026-03-02T06:00:00",
    clock: {
      anchor_real: 0,
      anchor_game: 0,
      scale: 10,
      paused: false,
      why: "operator",
      real_time: 0,
      lived_until: 0,
      engine: "alive",
    },
    world: {
      slug: "town",
      name,
      first_day: "2026-03-02",
      grid: 30,
      base_scale: 10,
      status: "active",
      status_reason: "",
      weather: { kind: "sunny", degrees: 8 },
    },
    map: {
      width: 100,
      height: 100,
      cell: 20,
      districts: 1,
      columns: 1,
      roads: [],
      ponds: [],
      zones: [],
    },
    places: [],
    words: { activities: {}, occupations: {}, weather: {}, moments: {} },
    agents: {
      id: [1, 2],
      name: [name, { zh: "赵磊", en: "Zhao Lei" }],
      age: [30, 40],
      gender: ["male", "male"],
      occupation: ["teacher", "waiter"],
      home: [1, 1],
      place: [1, 0],
      x: [10, 20],
      y: [10, 20],
      activity: ["sleep", "walk"],
      since: [0, 0],
      motive: ["energy", "duty"],
      source: ["instinct", "instinct"],
      thought: [name, name],
    },
    routes: [{ agent: 2, to: 1, path: [[20, 20], [10, 10]], departs: 0, arrives: 60 }],
    conversations: [],
  };
}

function frame(seq: number, changes: AgentChange[], more: Partial<InstantFrame> = {}): InstantFrame {
  return {
    type: "instant",
    epoch: "one",
    prev_seq: seq - 1,
    seq,
    world_time: "2026-03-02T06:00:30",
    events: [
      {
        seq,
        type: "agent_state_change",
        kind: "activity_start",
        world_time: "2026-03-02T06:00:30",
        changes: { agents: changes },
      },
    ],
    ...more,
  };
}

describe("a town", () => {
  it("gives back the snapshot that it was made of", () => {
    const { epoch, seq, agents, routes, world } = snapshot();
    const told = new Town(snapshot()).toSnapshot();
    expect(told).toEqual({ epoch, seq, agents, routes, weather: world.weather });
  });

  it("takes in what a frame changes, and nothing else", () => {
    const town = new Town(snapshot());
    expect(town.apply(frame(11, [{ id: 2, place: 1, activity: "rest", route: null }]))).toBe(
      "applied",
    );
    expect(town.residents.get(2)).toMatchObject({ place: 1, activity: "rest", route: null, age: 40 });
    expect(town.residents.get(1)).toMatchObject({ place: 1, activity: "sleep" });
    expect([town.seq, town.worldTime]).toEqual([11, "2026-03-02T06:00:30"]);
    expect(town.toSnapshot().routes).toEqual([]);
  });

  it("takes in every event of a frame, in their order, and the weather", () => {
    const town = new Town(snapshot());
    const both = frame(12, [{ id: 1, activity: "eat" }], { prev_seq: 10 });
    both.events.push({
      seq: 12,
      type: "weather_change",
      kind: "weather_change",
      world_time: "",
      changes: { weather: { kind: "rain", degrees: 5 }, agents: [{ id: 1, activity: "wash" }] },
    });
    town.apply(both);
    expect(town.residents.get(1)?.activity).toBe("wash");
    expect(town.weather).toEqual({ kind: "rain", degrees: 5 });
  });

  it("leaves alone what it knows, and says when something is missing", () => {
    const town = new Town(snapshot());
    expect(town.apply(frame(10, [{ id: 1, activity: "eat" }]))).toBe("known");
    expect(town.apply(frame(12, [{ id: 1, activity: "eat" }]))).toBe("gap");
    expect(town.apply(frame(11, [{ id: 1, activity: "eat" }], { epoch: "two" }))).toBe("gap");
    expect(town.residents.get(1)?.activity).toBe("sleep");
    expect(town.seq).toBe(10);
  });

  it("does not mind changes of people whom it does not know", () => {
    const town = new Town(snapshot());
    expect(town.apply(frame(11, [{ id: 99, activity: "eat" }]))).toBe("applied");
  });
});
