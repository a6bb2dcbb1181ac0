/** Files of the town to keep, as links: a link cannot say its language but in its address. */

import { addressOf } from "../rest";
import type { Language } from "../wire";

export interface FileLink {
  what: "conversations" | "network" | "transactions" | "timeseries";
  format: string;
  href: string;
}

const FORMATS = {
  conversations: ["csv", "json"],
  network: ["graphml", "gexf", "json"],
  transactions: ["csv", "json"],
  timeseries: ["csv", "json"],
} as const;

const DOORS = {
  conversations: "/api/export/conversations",
  network: "/api/export/social-network",
  transactions: "/api/export/transactions",
  timeseries: "/api/export/timeseries",
};

/** Every file that there is of something, in every format. */
export function filesOf(what: FileLink["what"], world: string, lang: Language): FileLink[] {
  return FORMATS[what].map((format) => {
    const query = new URLSearchParams({ format, lang });
    return { what, format, href: addressOf(`${DOORS[what]}?${query.toString()}`, world) };
  });
}
