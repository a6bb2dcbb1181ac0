/** The connection to the live stream: kept up, in order, without gaps. */

import { Town } from "./town/state";
import type { ClockState, Frame, TownEvent } from "./wire";

const ACKNOWLEDGE_EVERY = 32;
const PING_AFTER = 20_000;
const SILENT_AFTER = 45_000;
const LONGEST_WAIT = 20_000;

export type Connection = "connecting" | "live" | "reconnecting" | "refused";

export interface Listener {
  /** A snapshot: everything begins anew. */
  onTown(town: Town): void;
  /** Frames were applied to the town. */
  onEvents(events: TownEvent[]): void;
  onClock(clock: ClockState): void;
  onConnection(connection: Connection, why?: string): void;
}

export class Stream {
  private socket: WebSocket | null = null;
  private town: Town | null = null;
  private sinceAcknowledged = 0;
  private attempts = 0;
  private heardAt = 0;
  private pinging: ReturnType<typeof setInterval> | undefined;
  private refused = false;
  private resuming = false;
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
  ) {}

  /** Connect, and stay connected until `close`. */
  open(): void {
    this.listener.onConnection(this.attempts ? "reconnecting" : "connecting");
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onmessage = ({ data }) => {
      this.heardAt = Date.now();
      this.take(JSON.parse(String(data)) as Frame);
    };
    socket.onclose = () => {
      this.lost(socket);
    };
    this.pinging = setInterval(() => {
      if (Date.now() - this.heardAt > SILENT_AFTER) this.lost(socket);
      else this.say({ type: "ping" });
    }, PING_AFTER);
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case "snapshot":
        this.attempts = 0;
        this.resuming = false;
        this.town = new Town(frame);
        this.say({ type: "ack", seq: frame.seq });
        this.listener.onTown(this.town);
        this.listener.onClock(frame.clock);
        this.listener.onConnection("live");
        break;
      case "instant": {
        const outcome = this.town?.apply(frame);
        // Until the missing frames come, all others show the same gap.
        if (outcome === "gap" && !this.resuming) this.resume();
        if (outcome !== "applied") break;
        this.resuming = false;
        this.sinceAcknowledged += 1;
        if (this.sinceAcknowledged >= ACKNOWLEDGE_EVERY) {
          this.say({ type: "ack", seq: frame.seq });
          this.sinceAcknowledged = 0;
        }
        this.listener.onEvents(frame.events);
        break;
      }
      case "clock":
        if (frame.epoch === this.town?.epoch) this.listener.onClock(frame);
        break;
      case "resync":
        this.resume();
        break;
      case "error":
        if (frame.code === "NOT_AUTHENTICATED" || frame.code === "NOT_FOUND") {
          this.refused = true;
          this.listener.onConnection("refused", frame.message);
        }
        break;
      case "pong":
        break;
    }
  }

  private resume(): void {
    this.resuming = true;
    this.say({ type: "resume", after_seq: this.town?.seq ?? -1 });
  }

  private say(content: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(content));
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.drop();
    if (this.closed || this.refused) return;
    this.listener.onConnection("reconnecting");
    this.attempts += 1;
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** this.attempts);
    setTimeout(() => {
      if (!this.closed) this.open();
    }, wait * (0.5 + Math.random() / 2));
  }

  private drop(): void {
    clearInterval(this.pinging);
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    }
  }
}
