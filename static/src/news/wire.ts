/** What the REST doors of news tell and take; specs/06-api-design.md says what it means. */

import type { Person } from "../talk/wire";

export const URGENCIES = ["low", "normal", "high", "urgent"] as const;
export type Urgency = (typeof URGENCIES)[number];

export interface NewsLine {
  id: number;
  kind: string;
  text: string;
  time: string;
  location: Person | null;
  /** Whom it is about. */
  people: Person[];
  starts_at: string | null;
  spoken_of_until: string;
  /** Empty for what nobody announced. */
  urgency: Urgency | "";
  knowers: number;
}

export interface NewsPage {
  total: number;
  page: number;
  limit: number;
  news: NewsLine[];
}

export interface Knower {
  agent: Person;
  time: string;
  how: "witnessed" | "announced" | "told" | "hosting";
  source: Person | null;
  /** How often they have told it on. */
  told: number;
  conversation: string | null;
}

export interface NewsDetail extends NewsLine {
  spread: Knower[];
}

export interface NewAnnouncement {
  text: string;
  text_en: string;
  urgency: Urgency;
  /** For how many days people speak of it; 0: as long as usual. */
  days: number;
  location_id?: number;
  agent_id?: number;
  gathering?: { host_id: number; starts_at: string };
}
