/** The figures of a town in an order in which they can be read. */

import type { Language } from "../wire";
import type { HotPlace, Social } from "./wire";

export interface Figure {
  /** The key of its name among the words. */
  name: string;
  value: string;
}

/** A share from 0 to 1 as whole percents; what is little is not called nothing. */
export function percent(share: number, language: Language): string {
  const digits = share > 0 && share < 0.01 ? 1 : 0;
  return share.toLocaleString(localeOf(language), { style: "percent", maximumFractionDigits: digits });
}

/** How much people talk, and how they hang together. */
export function figuresOf(social: Social, language: Language): Figure[] {
  const number = (value: number) => value.toLocaleString(localeOf(language));
  return [
    { name: "conversationsToday", value: number(social.conversations_today) },
    { name: "talksToday", value: number(social.mean_talks_today) },
    { name: "conversations", value: number(social.conversations_total) },
    { name: "ties", value: number(social.ties) },
    { name: "strength", value: number(social.mean_strength) },
    { name: "density", value: percent(social.density, language) },
    { name: "clustering", value: percent(social.average_clustering, language) },
    { name: "components", value: number(social.components) },
    { name: "largest", value: number(social.largest_component) },
  ];
}

/** The keys of counts with the counts, those that are nothing left out, in the order told. */
export function countsOf(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

/** Places where anything is going on. */
export function lively(places: HotPlace[]): HotPlace[] {
  return places.filter(({ heat }) => heat > 0);
}

function localeOf(language: Language): string {
  return language === "en" ? "en" : "zh-CN";
}
