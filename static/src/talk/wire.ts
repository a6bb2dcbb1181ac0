/** What the REST doors of conversations and ties tell; specs/06-api-design.md says what it means. */

export interface Person {
  id: number;
  name: string;
}

export interface Message {
  turn: number;
  time: string;
  speaker: Person;
  listener: Person;
  text: string;
  emotion: string;
  source: string;
  /** Why instinct spoke for a model; empty if it did not have to. */
  stand_in: string;
  /** The id of the thought from which a model's words come; empty for instinct's. */
  thought: string;
}

export interface ConversationLine {
  id: string;
  participants: Person[];
  location: Person;
  started_at: string;
  ended_at: string | null;
  reason: string;
  ending: string;
  topic: string;
  message_count: number;
  latest_message: Message | null;
}

export interface ConversationPage {
  total: number;
  page: number;
  limit: number;
  conversations: ConversationLine[];
}

export interface TieChange {
  time: string;
  agent: Person;
  other: Person;
  before: number;
  after: number;
  reason: string;
  conversation: string | null;
  because: string;
}

export interface WholeConversation extends ConversationLine {
  messages: Message[];
  relationship_change: TieChange[];
}

export interface Relationship {
  agent: Person;
  strength: number;
  regard: number;
  kind: string;
  kind_name: string;
  lovers: boolean;
  quarrelled: boolean;
  known_since: string | null;
  last_talk: string | null;
  talks: number;
  last_topic: string;
}

export interface RelationshipPage {
  total: number;
  page: number;
  limit: number;
  relationships: Relationship[];
}

export interface WholeRelationship {
  mine: Relationship;
  theirs: Relationship | null;
  total: number;
  page: number;
  limit: number;
  history: TieChange[];
}

/** What a resident answers in an interview. */
export interface Answered {
  agent: Person;
  world_time: string;
  question: string;
  answer: string;
  source: string;
  /** Why instinct answered for a model; empty if it did not have to. */
  stand_in: string;
  model: string;
  remembered_at: string | null;
}

/** What somebody has agreed to or means to do; the last with that other. */
export interface AppointmentLine {
  /** Whom to meet, or who gives the gathering; null for what is done alone. */
  other: Person | null;
  at: string;
  location: Person;
  activity: string;
  state: string;
  /** The number of the gathering that it is, if it is one. */
  news: number | null;
  conversation: string | null;
}

export interface AppointmentPage {
  total: number;
  page: number;
  limit: number;
  appointments: AppointmentLine[];
}
