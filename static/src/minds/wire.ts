/** What the REST doors tell of minds; specs/06-api-design.md says what it means. */

export interface Budget {
  spent_today_usd: number;
  daily_cap_usd: number;
  spent_month_usd: number;
  monthly_cap_usd: number;
  used: number;
  state: "unused" | "fine" | "warning" | "exhausted";
}

/** `minds` in the status of a world. closed: why a model is not asked, by its name. */
export interface MindsStatus {
  residents: number;
  asking: number;
  oldest_seconds: number;
  closed: Record<string, string>;
  cadence_minutes: Record<string, number>;
  clock_waits: boolean;
  budget: Budget;
}

/** A step of a plan; without a place it is wherever one is then. done: it was begun. */
export interface PlannedStep {
  activity: string;
  place: { id: number; name: string } | null;
  minutes: number;
  why: string;
  done: boolean;
}

export interface LastThought {
  id: string;
  asked_at: string;
  failure: string;
  feeling: string;
  plan: PlannedStep[];
}

/** `state.mind` of a resident. */
export interface ResidentMind {
  model: string;
  asked_today: number;
  spent_today_usd: number;
  last: LastThought | null;
}

/** A thought in the list of a resident's; for operators. */
export interface ThoughtLine {
  id: string;
  purpose: string;
  asked_at: string;
  status: string;
  model: string;
  source: string;
  failure: string;
  detail: string;
  via: string;
  thought: string;
  feeling: string;
  tokens_in: number;
  tokens_cached: number;
  tokens_out: number;
  tokens_reasoning: number;
  cost_usd: number;
  latency_ms: number;
}

export interface ThoughtPage {
  total: number;
  page: number;
  limit: number;
  thoughts: ThoughtLine[];
}

/** All of a thought: what was asked, what was said, and what was understood. */
/** A memory that had come to mind, and why. Parts of the score: 0 to 1. */
export interface Recollection {
  time: string;
  kind: string;
  text: string;
  source: { id: number; name: string } | null;
  scores: { recency: number; importance: number; relevance: number; total: number };
}

export interface WholeThought extends ThoughtLine {
  recalled: Recollection[];
  messages: { role: string; content: string }[];
  reply: string;
  reasoning: string;
  parsed: unknown;
}

/** A model that residents may be given; why: what is missing if it is not usable. */
export interface Model {
  name: string;
  provider: string;
  remote_name: string;
  enabled: boolean;
  usable: boolean;
  why: string;
}
