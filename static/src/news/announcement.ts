/** What an operator is about to announce: what is wrong with it, and how the town is told. Pure. */

import { Refusal } from "../rest";
import { dateOf, DAY } from "../town/clock";
import type { NewAnnouncement, Urgency } from "./wire";

/** Characters of a text at most. */
export const LONGEST = 300;
/** Days for which people speak of something at most. */
export const MOST_DAYS = 60;

/** As it stands in the form: numbers of places and residents, days and times as they are typed. */
export interface Draft {
  what: "announcement" | "gathering";
  text: string;
  textEn: string;
  audience: "everywhere" | "place" | "one";
  urgency: Urgency;
  /** For how many days people speak of it; empty: as long as usual. */
  days: string;
  place: string;
  /** Who alone is told; of a gathering, who is told besides the host. */
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
  days: "",
  place: "",
  one: "",
  host: "",
  day: "",
  time: "",
};

export type Field = "text" | "textEn" | "place" | "one" | "host" | "day" | "time" | "days";
export type Fault =
  | "nothing"
  | "long"
  | "noPlace"
  | "nobody"
  | "noHost"
  | "noDay"
  | "noTime"
  | "over"
  | "badDays"
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
  if (!areDays(draft.days.trim())) faults.days = "badDays";
  return faults;
}

function areDays(typed: string): boolean {
  return typed === "" || (/^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= MOST_DAYS);
}

/** What the door takes. firstDay: the date of day 1. Only of a draft without faults. */
export function bodyOf(draft: Draft, firstDay: string): NewAnnouncement {
  const said = {
    text: draft.text.trim(),
    text_en: draft.textEn.trim(),
    urgency: draft.urgency,
    days: Number(draft.days),
  };
  if (draft.what === "gathering") {
    const starts_at = `${dateOf(firstDay, Number(draft.day))}T${draft.time.slice(0, 5)}:00`;
    return {
      ...said,
      location_id: Number(draft.place),
      ...(draft.one && { agent_id: Number(draft.one) }),
      gathering: { host_id: Number(draft.host), starts_at },
    };
  }
  return {
    ...said,
    ...(draft.audience === "place" && { location_id: Number(draft.place) }),
    ...(draft.audience === "one" && { agent_id: Number(draft.one) }),
  };
}

/** What a refusal says of a field; nothing if it is about none. */
export function faultsIn(error: unknown): Faults {
  if (!(error instanceof Refusal)) return {};
  const { code, details } = error;
  if (code === "LOCATION_NOT_FOUND") return { place: "unknownPlace" };
  if (code === "AGENT_NOT_FOUND") {
    return { ["gathering.host_id" in details ? "host" : "one"]: "unknownResident" };
  }
  return "gathering.starts_at" in details ? { time: "over" } : {};
}
