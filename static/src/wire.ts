/** The frames of the live stream; specs/06-api-design.md says what they mean. */

export type Language = "zh" | "en";
export type Names = Record<Language, string>;
export type Point = [number, number];

export interface Named {
  id: number;
  name: Names;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Place extends Named, Box {
  key: string;
  kind: string;
  door: Point;
  outdoor: boolean;
  capacity: number;
  open: Point[];
}

export interface Route {
  to: number;
  path: Point[];
  departs: number;
  arrives: number;
}

export interface ClockState {
  anchor_real: number;
  anchor_game: number;
  scale: number;
  paused: boolean;
  why: string;
  real_time: number;
  lived_until: number;
  engine: "alive" | "silent";
}

export interface Weather {
  kind: string;
  degrees: number;
}

/** The columns of a resident that a snapshot has, as one row. */
export interface AgentRow {
  id: number;
  name: Names;
  age: number;
  gender: string;
  occupation: string;
  home: number;
  place: number;
  x: number;
  y: number;
  activity: string;
  since: number;
  motive: string;
  source: string;
  /** Why instinct decided in place of a model; empty if it did not have to. */
  stand_in: string;
  /** The name of a model, or "instinct". */
  mind: string;
  /** The game second since which a model is being asked; 0 if none is. */
  thinking: number;
  thought: Names;
}

/** Something that was said in a conversation. */
export interface Sentence {
  speaker: number;
  listener: number;
  text: Names;
  emotion: string;
  /** The game second. */
  at: number;
  /** Whose words: model or instinct; and why instinct spoke for a model, empty if it did not. */
  source: string;
  stand_in: string;
}

/** A conversation that goes on. */
export interface Conversation {
  id: string;
  place: number;
  since: number;
  reason: string;
  people: number[];
  message_count: number;
  latest: Sentence | null;
  /** Whose model is being asked what they say now; 0 for nobody's. */
  thinking: number;
}

export type ConversationChange = Partial<Conversation> & {
  id: string;
  joined?: number;
  left?: number;
  over?: boolean;
};

export type AgentColumns = { [Column in keyof AgentRow]: AgentRow[Column][] };

export interface TownMap {
  width: number;
  height: number;
  cell: number;
  districts: number;
  columns: number;
  roads: { points: Point[]; width: number }[];
  ponds: Box[];
  zones: (Box & { key: string; name: Names; kind: string })[];
}

/** A rule in force, or what befalls the town or a place (0: everywhere). */
export interface GoingOn {
  key: string;
  kind: string;
  place: number;
  until: string | null;
  strength: number;
}

export interface Words {
  activities: Record<string, Names>;
  /** Classes of wealth, the richest first. */
  classes: Record<string, Names>;
  occupations: Record<string, Names>;
  weather: Record<string, Names>;
  moments: Record<string, Names>;
  topics: Record<string, Names>;
  ties: Record<string, Names>;
}

export interface Snapshot {
  type: "snapshot";
  epoch: string;
  seq: number;
  world_time: string;
  clock: ClockState;
  world: {
    slug: string;
    name: Names;
    first_day: string;
    grid: number;
    base_scale: number;
    status: "active" | "stopped" | "archived";
    status_reason: string;
    weather: Weather;
  };
  map: TownMap;
  places: Place[];
  words: Words;
  agents: AgentColumns;
  routes: (Route & { agent: number })[];
  conversations: Conversation[];
  going_on: GoingOn[];
}

/** What changes of a resident; of somebody who is new, every column. */
export type AgentChange = Partial<AgentRow> & {
  id: number;
  route?: Route | null;
  /** They do not live here any more. */
  gone?: boolean;
};

export interface TownEvent {
  seq: number;
  type: string;
  kind: string;
  world_time: string;
  actor?: Named;
  other?: Named;
  place?: Named;
  activity?: string;
  source?: string;
  reason?: string;
  amount?: number;
  until?: number;
  degrees?: number;
  thought?: Names;
  model?: string;
  stand_in?: string;
  /** The thought from which this comes, or which is asked or answered. */
  asked?: string;
  closed?: string;
  cadence?: number;
  /** What a day came to: yuan, hours, points and parts of one. */
  figures?: { income: number; spending: number };
  /** What somebody works as, or did. */
  occupation?: string;
  warnings?: number;
  waiting?: number;
  /** Yuan that a business owed at its end, or began with. */
  debt?: number;
  capital?: number;
  due?: string;
  rule?: string;
  value?: number | null;
  /** The id of the conversation that this belongs to. */
  conversation?: string;
  text?: Names;
  /** For when an appointment is, as it is said at the time of the event. */
  when?: Names;
  /** The number of a piece of news, and how loudly it was announced. */
  news?: number;
  urgency?: string;
  question?: Names;
  answer?: Names;
  emotion?: string;
  turn?: number;
  topic?: string;
  people?: Named[];
  message_count?: number;
  /** Points of strength of a tie. */
  before?: number;
  after?: number;
  tie?: string;
  because?: Names;
  changes?: {
    agents?: AgentChange[];
    conversations?: ConversationChange[];
    weather?: Weather;
    going_on?: GoingOn | { key: string; over: true };
  };
}

export interface InstantFrame {
  type: "instant";
  epoch: string;
  prev_seq: number;
  seq: number;
  world_time: string;
  events: TownEvent[];
}

export type ClockFrame = ClockState & { type: "clock"; epoch: string; seq: number };

export type Frame =
  | Snapshot
  | InstantFrame
  | ClockFrame
  | { type: "resync" }
  | { type: "pong"; real_time: number }
  | { type: "error"; code: string; message: string };
