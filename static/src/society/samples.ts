/** Answers of the doors of a town as a whole, for tests. */

import type { HotPlace, Social } from "./wire";

export function social(told: Partial<Social> = {}): Social {
  return {
    residents: 50,
    ties: 120,
    density: 0.0979,
    average_clustering: 0.41,
    components: 2,
    largest_component: 49,
    mean_strength: 27.5,
    ties_by_kind: { acquaintance: 80, friend: 30, close: 8, best: 2 },
    most_connected: [{ agent: { id: 4, name: "Li Ming" }, ties: 14, strength: 420.5 }],
    isolated: [],
    conversations_total: 640,
    conversations_today: 120,
    mean_talks_today: 4.9,
    ...told,
  };
}

export function place(told: Partial<HotPlace> = {}): HotPlace {
  return {
    id: 3,
    name: "Central Plaza",
    capacity: 50,
    heat: 22,
    current_occupants: [{ id: 4, name: "Li Ming" }],
    conversations: [{ id: "1" }],
    ...told,
  };
}
