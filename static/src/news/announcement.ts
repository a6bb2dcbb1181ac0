/** What an operator is about to announce: what is wrong with it, and how the town is told. Pure. */

import { Refusal } from "../rest";
import { dateOf, DAY } from "../town/clock";
import type { NewAnnouncement, Urgency } from "./wire";

/** Characters of a text at most. */
export const LONGEST = 300;

/** As it stands in the form: numbers of places and residents, days and times as they are typed. */
export interface Draft {
  what: "announcement" | "gathering";
  text: string;
  textEn: string;
  audience: "everywhere" | "place" | "one";
  urgency: Urgency;
  place: string;
  one: string;
  host: string;
  day: string;
  time: string;
}

export const BLANK: Draft = {
  what: "announcement",
  text: "",
  textEn: "",
  audience: "everywhere",
  urgency: "normal",
  place: "",
  one: "",
  host: "",
  day: "",
  time: "",
};

export type Field = "text" | "textEn" | "place" | "one" | "host" | "day" | "time";
export type Fault =
  | "nothing"
  | "long"
  | "noPlace"
  | "nobody"
  | "noHost"
  | "noDay"
  | "noTime"
  | "over"
  | "unknownPlace"
  | "unknownResident";
export type Faults = Partial<Record<Field, Fault>>;

/** The game time at which a gathering begins; null while it has no day and time. */
export function startOf({ day, time }: Draft): number | null {
  const clock = /^(\d\d):(\d\d)/.exec(time);
  if (!day || !clock) return null;
  return (Number(day) - 1) * DAY + Number(clock[1]) * 3600 + Number(clock[2]) * 60;
}

/** What is wrong, by field, in the order of the form. now: game time. */
export function faultsOf(draft: Draft, now: number): Faults {
  const faults: Faults = {};
  const gathering = draft.what === "gathering";
  const start = startOf(draft);
  if (gathering && !draft.host) faults.host = "noHost";
  if ((gathering || draft.audience === "place") && !draft.place) faults.place = "noPlace";
  if (!gathering && draft.audience === "one" && !draft.one) faults.one = "nobody";
  if (gathering && !draft.day) faults.day = "noDay";
  if (gathering && !draft.time) faults.time = "noTime";
  if (gathering && start !== null && start <= now) faults.time = "over";
  if (!gathering && !draft.text.trim() && !draft.textEn.trim()) faults.text = "nothing";
  if (draft.text.length > LONGEST) faults.text = "long";
  if (draft.textEn.length > LONGEST) faults.textEn = "long";
  return faults;
}

/** What the door takes. firstDay: the date of day 1. Only of a draft without faults. */
export function bodyOf(draft: Draft, firstDay: string): NewAnnouncement {
  const text = { text: draft.text.trim(), text_en: draft.textEn.trim() };
  if (draft.what === "gathering") {
    const starts_at = `${dateOf(firstDay, Number(draft.day))}T${draft.time.slice(0, 5)}:00`;
    return {
      ...text,
      urgency: "normal",
      location_id: Number(draft.place),
      gathering: { host_id: Number(draft.host), starts_at },
    };
  }
  return {
    ...text,
    urgency: draft.urgency,
    ...(draft.audience === "place" && { location_id: Number(draft.place) }),
    ...(draft.audience === "one" && { agent_id: Number(draft.one) }),
  };
}

/** What a refusal says of a field; nothing if it is about none. */
export function faultsIn(error: unknown, { what }: Draft): Faults {
  if (!(error instanceof Refusal)) return {};
  if (error.code === "LOCATION_NOT_FOUND") return { place: "unknownPlace" };
  if (error.code === "AGENT_NOT_FOUND") {
    return { [what === "gathering" ? "host" : "one"]: "unknownResident" };
  }
  return "gathering.starts_at" in error.details ? { time: "over" } : {};
}
