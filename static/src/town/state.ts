/** The town as a watcher knows it: a snapshot, and every frame since. Pure, without a page. */

import type {
  AgentChange,
  AgentColumns,
  AgentRow,
  Conversation,
  ConversationChange,
  GoingOn,
  InstantFrame,
  Place,
  Route,
  Snapshot,
  Weather,
} from "../wire";

export type Resident = AgentRow & { route: Route | null };

/** What became of a frame: it was applied, was known already, or others before it are missing. */
export type Outcome = "applied" | "known" | "gap";

export class Town {
  readonly epoch: string;
  readonly residents: Map<number, Resident>;
  readonly places: Map<number, Place>;
  /** Conversations that go on, by id. */
  readonly conversations: Map<string, Conversation>;
  /** Rules in force and happenings, by key. */
  readonly goingOn: Map<string, GoingOn>;
  seq: number;
  worldTime: string;
  weather: Weather;

  constructor(readonly snapshot: Snapshot) {
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.worldTime = snapshot.world_time;
    this.weather = snapshot.world.weather;
    this.places = new Map(snapshot.places.map((place) => [place.id, place]));
    this.residents = new Map(rowsOf(snapshot.agents).map((row) => [row.id, { ...row, route: null }]));
    this.conversations = new Map(
      snapshot.conversations.map((each) => [each.id, { ...each, people: [...each.people] }]),
    );
    this.goingOn = new Map(snapshot.going_on.map((each) => [each.key, each]));
    for (const { agent, ...route } of snapshot.routes) {
      const walker = this.residents.get(agent);
      if (walker) walker.route = route;
    }
  }

  /** Take in a frame, if it follows what is known. */
  apply(frame: InstantFrame): Outcome {
    if (frame.seq <= this.seq) return "known";
    if (frame.epoch !== this.epoch || frame.prev_seq !== this.seq) return "gap";
    for (const { changes } of frame.events) {
      if (changes?.weather) this.weather = changes.weather;
      if (changes?.going_on) this.goOn(changes.going_on);
      for (const change of changes?.agents ?? []) this.change(change);
      for (const change of changes?.conversations ?? []) this.converse(change);
    }
    this.seq = frame.seq;
    this.worldTime = frame.world_time;
    return "applied";
  }

  /** The conversation that somebody is in. */
  talkOf(resident: number): Conversation | undefined {
    return [...this.conversations.values()].find(({ people }) => people.includes(resident));
  }

  private change({ gone, ...change }: AgentChange): void {
    const known = this.residents.get(change.id);
    if (gone) this.residents.delete(change.id);
    else if (known) Object.assign(known, change);
    // Whoever is new comes with all columns; of whoever has gone nothing is known any more.
    else if (change.name) this.residents.set(change.id, change as Resident);
  }

  private goOn(change: GoingOn | { key: string; over: true }): void {
    if ("over" in change) this.goingOn.delete(change.key);
    else this.goingOn.set(change.key, change);
  }

  private converse({ joined, left, over, ...change }: ConversationChange): void {
    const known = this.conversations.get(change.id);
    if (over) this.conversations.delete(change.id);
    else if (!known) this.conversations.set(change.id, change as Conversation);
    else {
      Object.assign(known, change);
      if (joined !== undefined) known.people.push(joined);
      if (left !== undefined) {
        known.people = known.people.filter((each) => each !== left);
        if (known.thinking === left) known.thinking = 0;
      }
    }
  }

  /** What a snapshot that is fetched now would hold of all that changes. */
  toSnapshot(): Pick<
    Snapshot,
    "epoch" | "seq" | "agents" | "routes" | "conversations" | "going_on"
  > & { weather: Weather } {
    const residents = [...this.residents.values()].sort((a, b) => a.id - b.id);
    const columns = Object.fromEntries(
      columnsOf(this.snapshot.agents).map((column) => [
        column,
        residents.map((resident) => resident[column]),
      ]),
    ) as unknown as AgentColumns;
    const routes = residents.flatMap(({ id, route }) => (route ? [{ agent: id, ...route }] : []));
    const conversations = [...this.conversations.values()]
      .map((each) => ({ ...each, people: [...each.people].sort((a, b) => a - b) }))
      .sort((a, b) => Number(a.id) - Number(b.id));
    const going_on = [...this.goingOn.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    const { epoch, seq, weather } = this;
    return { epoch, seq, weather, agents: columns, routes, conversations, going_on };
  }
}

function rowsOf(columns: AgentColumns): AgentRow[] {
  const names = columnsOf(columns);
  return columns.id.map(
    (_, index) =>
      Object.fromEntries(names.map((name) => [name, columns[name][index]])) as unknown as AgentRow,
  );
}

function columnsOf(columns: AgentColumns): (keyof AgentRow)[] {
  return Object.keys(columns) as (keyof AgentRow)[];
}
