import { describe, expect, it } from "vitest";

import type { ConversationChange, GoingOn } from "../wire";
import { frame, name, snapshot } from "./samples";
import { Town } from "./state";

describe("a town", () => {
  it("gives back the snapshot that it was made of", () => {
    const { epoch, seq, agents, routes, conversations, going_on, world } = snapshot();
    const told = new Town(snapshot()).toSnapshot();
    const { weather } = world;
    expect(told).toEqual({ epoch, seq, agents, routes, conversations, going_on, weather });
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

  it("follows a conversation from its beginning to its end", () => {
    const town = new Town(snapshot());
    const tell = (seq: number, change: ConversationChange) => {
      const told = frame(seq, []);
      for (const event of told.events) event.changes = { conversations: [change] };
      expect(town.apply(told)).toBe("applied");
      return town.talkOf(1);
    };
    const begun = { place: 1, since: 60, reason: "chance", message_count: 0, latest: null, thinking: 0 };
    expect(tell(11, { id: "7", people: [1, 2], ...begun })?.people).toEqual([1, 2]);
    const latest = { speaker: 1, listener: 2, text: name, emotion: "happy", at: 90, source: "instinct", stand_in: "" };
    expect(tell(12, { id: "7", message_count: 1, latest })).toMatchObject({ latest, place: 1 });
    expect(tell(13, { id: "7", joined: 3 })?.people).toEqual([1, 2, 3]);
    expect(tell(14, { id: "7", thinking: 2 })?.thinking).toBe(2);
    expect(tell(15, { id: "7", left: 2 })).toMatchObject({ people: [1, 3], thinking: 0 });
    expect(tell(16, { id: "7", over: true })).toBeUndefined();
    expect(town.toSnapshot().conversations).toEqual([]);
  });

  it("knows which rules are in force and what goes on", () => {
    const town = new Town(snapshot());
    const tell = (seq: number, change: GoingOn | { key: string; over: true }) => {
      const told = frame(seq, []);
      for (const event of told.events) event.changes = { going_on: change };
      expect(town.apply(told)).toBe("applied");
      return town.toSnapshot().going_on;
    };
    const curfew = { key: "curfew", kind: "curfew", place: 0, until: null, strength: 1 };
    const fair = { key: "4", kind: "fair", place: 1, until: "2026-03-02T18:00:00", strength: 0 };
    expect(tell(11, curfew)).toEqual([curfew]);
    expect(tell(12, fair)).toEqual([fair, curfew]);
    expect(tell(13, { ...curfew, until: fair.until })).toEqual([fair, { ...curfew, until: fair.until }]);
    expect(tell(14, { key: "curfew", over: true })).toEqual([fair]);
  });

  it("knows who is thinking, with what mind, and when instinct stood in", () => {
    const town = new Town(snapshot());
    town.apply(frame(11, [{ id: 2, thinking: 30 }, { id: 1, mind: "deepseek-chat", stand_in: "" }]));
    expect(town.residents.get(2)).toMatchObject({ thinking: 30, mind: "deepseek-reasoner" });
    expect(town.residents.get(1)).toMatchObject({ thinking: 0, mind: "deepseek-chat" });
    town.apply(frame(12, [{ id: 2, thinking: 0 }]));
    town.apply(frame(13, [{ id: 2, source: "instinct", stand_in: "timeout" }]));
    expect(town.residents.get(2)).toMatchObject({ thinking: 0, stand_in: "timeout" });
    expect(town.toSnapshot().agents).toMatchObject({
      mind: ["deepseek-chat", "deepseek-reasoner"],
      stand_in: ["", "timeout"],
      thinking: [0, 0],
    });
  });

  it("leaves alone what it knows, and says when something is missing", () => {
    const town = new Town(snapshot());
    expect(town.apply(frame(10, [{ id: 1, activity: "eat" }]))).toBe("known");
    expect(town.apply(frame(12, [{ id: 1, activity: "eat" }]))).toBe("gap");
    expect(town.apply(frame(11, [{ id: 1, activity: "eat" }], { epoch: "two" }))).toBe("gap");
    expect(town.residents.get(1)?.activity).toBe("sleep");
    expect(town.seq).toBe(10);
  });

  it("sees who comes to live here, and knows nothing more of who has gone", () => {
    const town = new Town(snapshot());
    town.apply(frame(11, [{ ...town.residents.get(1), id: 3, place: 0 }]));
    expect(town.residents.get(3)).toMatchObject({ id: 3, occupation: "teacher", route: null });
    expect(town.toSnapshot().agents.id).toEqual([1, 2, 3]);
    town.apply(frame(12, [{ id: 2, gone: true }, { id: 2, place: 1 }]));
    expect(town.residents.has(2)).toBe(false);
    expect(town.toSnapshot()).toMatchObject({ routes: [], agents: { id: [1, 3] } });
  });

  it("does not mind changes of people whom it does not know", () => {
    const town = new Town(snapshot());
    expect(town.apply(frame(11, [{ id: 99, activity: "eat" }]))).toBe("applied");
  });
});
