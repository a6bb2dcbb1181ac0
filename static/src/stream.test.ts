/** The connection, against a real server that says what a test wants it to say. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";

import { Stream, type Connection } from "./stream";
import { frame, snapshot } from "./town/samples";
import type { ClockState, InstantFrame } from "./wire";

vi.stubGlobal("WebSocket", WebSocket);

/** What the server heard, and what the page was told, in order. */
let server: WebSocketServer;
let sockets: WebSocket[];
let said: { type: string; seq?: number; after_seq?: number }[];
let towns: number[];
let events: number[];
let clocks: ClockState[];
let connections: Connection[];
let stream: Stream;

beforeEach(async () => {
  [sockets, said, towns, events, clocks, connections] = [[], [], [], [], [], []];
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (text: Buffer) =>
      said.push(JSON.parse(text.toString()) as (typeof said)[number]),
    );
  });
  const { port } = server.address() as AddressInfo;
  stream = new Stream(`ws://127.0.0.1:${String(port)}/`, {
    onTown: (town) => towns.push(town.seq),
    onEvents: (told) => events.push(...told.map((event) => event.seq)),
    onClock: (clock) => clocks.push(clock),
    onConnection: (connection) => connections.push(connection),
  });
  stream.open();
  await vi.waitFor(() => {
    expect(sockets).toHaveLength(1);
  });
});

afterEach(async () => {
  vi.useRealTimers();
  stream.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
  await once(server, "close");
});

function tell(...frames: object[]): void {
  for (const each of frames) sockets.at(-1)?.send(JSON.stringify(each));
}

function instant(seq: number): InstantFrame {
  return frame(seq, []);
}

it("begins with a snapshot, and says that it has it", async () => {
  expect(connections).toEqual(["connecting"]);
  tell(snapshot());
  await vi.waitFor(() => {
    expect(said).toEqual([{ type: "ack", seq: 10 }]);
  });
  expect(towns).toEqual([10]);
  expect(clocks).toHaveLength(1);
  expect(connections).toEqual(["connecting", "live"]);
});

it("tells events once and in order, and acknowledges now and then", async () => {
  tell(snapshot(), instant(11), instant(11), instant(12));
  tell(...Array.from({ length: 40 }, (_, index) => instant(13 + index)));
  await vi.waitFor(() => {
    expect(events).toEqual(Array.from({ length: 42 }, (_, index) => 11 + index));
  });
  const acknowledged = said.filter(({ type }) => type === "ack").map(({ seq }) => seq);
  expect(acknowledged).toEqual([10, 42]);
});

it("asks once for what is missing, and goes on from there", async () => {
  tell(snapshot(), instant(11), instant(14), instant(15), instant(16));
  await vi.waitFor(() => {
    expect(said.filter(({ type }) => type === "resume")).toEqual([{ type: "resume", after_seq: 11 }]);
  });
  tell(...[12, 13, 14, 15, 16, 17].map(instant));
  await vi.waitFor(() => {
    expect(events).toEqual([11, 12, 13, 14, 15, 16, 17]);
  });
  tell(instant(19));
  await vi.waitFor(() => {
    expect(said.filter(({ type }) => type === "resume")).toHaveLength(2);
  });
});

it("resumes when the server dropped frames for it", async () => {
  tell(snapshot(), instant(11), { type: "resync" });
  await vi.waitFor(() => {
    expect(said.at(-1)).toEqual({ type: "resume", after_seq: 11 });
  });
});

it("passes clocks of its own world on, and no other", async () => {
  const { clock } = snapshot();
  tell(snapshot(), { ...clock, type: "clock", epoch: "another", seq: 10, scale: 1 });
  tell({ ...clock, type: "clock", epoch: "one", seq: 10, scale: 600 });
  await vi.waitFor(() => {
    expect(clocks.map(({ scale }) => scale)).toEqual([10, 600]);
  });
});

it("comes back when the connection is lost, and begins with what is true then", async () => {
  tell(snapshot(), instant(11));
  await vi.waitFor(() => {
    expect(events).toEqual([11]);
  });
  sockets[0]?.terminate();
  await vi.waitFor(
    () => {
      expect(sockets).toHaveLength(2);
    },
    { timeout: 3000 },
  );
  tell({ ...snapshot(), seq: 50 }, instant(51));
  await vi.waitFor(() => {
    expect(events).toEqual([11, 51]);
  });
  expect(connections).toEqual(["connecting", "live", "reconnecting", "reconnecting", "live"]);
});

it("takes a server that says nothing for lost", async () => {
  tell(snapshot());
  await vi.waitFor(() => {
    expect(connections.at(-1)).toBe("live");
  });
  stream.close();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  const { port } = server.address() as AddressInfo;
  const quiet: Connection[] = [];
  const again = new Stream(`ws://127.0.0.1:${String(port)}/`, {
    onTown: () => undefined,
    onEvents: () => undefined,
    onClock: () => undefined,
    onConnection: (connection) => quiet.push(connection),
  });
  again.open();
  await vi.waitFor(() => {
    expect(sockets).toHaveLength(2);
  });
  tell(snapshot());
  await vi.waitFor(() => {
    expect(quiet.at(-1)).toBe("live");
  });
  vi.advanceTimersByTime(61_000);
  expect(quiet).toEqual(["connecting", "live", "reconnecting"]);
  again.close();
});

it("stays away where it is not let in", async () => {
  tell({ type: "error", code: "NOT_AUTHENTICATED", message: "this town is not public" });
  await vi.waitFor(() => {
    expect(connections.at(-1)).toBe("refused");
  });
  sockets[0]?.terminate();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(sockets).toHaveLength(1);
});

it("is over once it is closed", async () => {
  tell(snapshot());
  await vi.waitFor(() => {
    expect(connections.at(-1)).toBe("live");
  });
  stream.close();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(sockets).toHaveLength(1);
  expect(connections.at(-1)).toBe("live");
});
