/** What the REST doors of the town as a whole tell; specs/06-api-design.md says what it means. */

import type { Economy } from "../economy/wire";
import type { Person } from "../talk/wire";

export interface Population {
  total: number;
  by_occupation: Record<string, number>;
  by_age: Record<string, number>;
  by_gender: Record<string, number>;
}

export interface Social {
  residents: number;
  ties: number;
  density: number;
  average_clustering: number;
  components: number;
  largest_component: number;
  mean_strength: number;
  ties_by_kind: Record<string, number>;
  most_connected: { agent: Person; ties: number; strength: number }[];
  isolated: Person[];
  conversations_total: number;
  conversations_today: number;
  mean_talks_today: number;
}

export interface Society {
  world_time: string;
  population: Population;
  social: Social;
  economy: Economy;
}

export interface HotPlace {
  id: number;
  name: string;
  capacity: number;
  heat: number;
  current_occupants: Person[];
  conversations: { id: string }[];
}

export interface HotPlaces {
  world_time: string;
  locations: HotPlace[];
}
