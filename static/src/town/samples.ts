/** A small town and its frames, for tests. */

import type { AgentChange, InstantFrame, Snapshot } from "../wire";

export const name = { zh: "李明", en: "Li Ming" };

export function snapshot(): Snapshot {
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
    words: { activities: {}, classes: {}, occupations: {}, weather: {}, moments: {}, topics: {}, ties: {} },
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
      stand_in: ["", ""],
      mind: ["instinct", "deepseek-reasoner"],
      thinking: [0, 0],
      thought: [name, name],
    },
    routes: [{ agent: 2, to: 1, path: [[20, 20], [10, 10]], departs: 0, arrives: 60 }],
    conversations: [],
    going_on: [],
  };
}

export function frame(seq: number, changes: AgentChange[], more: Partial<InstantFrame> = {}): InstantFrame {
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
