/** Which charts there are of the days of a town, and what they say in words. */

import type { TFunction } from "i18next";

import type { Language, Names } from "../wire";
import { weekly, type Line } from "./chart";
import { localeOf } from "./money";
import type { TimeSeries } from "./wire";

export const SHARE = "share_";

/** Days beyond which what goes up and down with the days of the week is drawn as means of a week. */
const LONG = 90;

/**
 * A chart: its name among the words, and the metrics that it shows; stacked if they are shares; weekly
 * if the days of the week are all that one would see of many months.
 */
export const CHARTS: { name: string; metrics: string[]; stacked?: boolean; weekly?: boolean }[] = [
  { name: "wealth", metrics: ["wealth"] },
  { name: "flow", metrics: ["income", "spending"], weekly: true },
  { name: "gini", metrics: ["gini"] },
  { name: "unemployment", metrics: ["unemployment"] },
  { name: "classes", metrics: [SHARE], stacked: true },
  { name: "prices", metrics: ["price", "rent"] },
  { name: "velocity", metrics: ["velocity"], weekly: true },
  { name: "worked", metrics: ["worked"], weekly: true },
  { name: "population", metrics: ["population"] },
  { name: "moves", metrics: ["arrivals", "departures"] },
  { name: "happiness", metrics: ["happiness"] },
];

export interface Drawn {
  name: string;
  unit: string;
  stacked: boolean;
  /** Whether it shows means of the week until each day. */
  weekly: boolean;
  /** What was told of each day. */
  lines: Line[];
}

/** The lines as they are drawn. */
export function drawnLines({ weekly: averaged, lines }: Drawn): Line[] {
  return averaged ? lines.map(({ name, values }) => ({ name, values: weekly(values) })) : lines;
}

/** The charts of what a door told; those of which it told nothing are left out. */
export function chartsOf({ days, series }: TimeSeries): Drawn[] {
  return CHARTS.map(({ name, metrics, stacked = false, weekly = false }) => {
    const names = stacked
      ? Object.keys(series).filter((metric) => metrics.some((start) => metric.startsWith(start)))
      : metrics;
    const lines = names.flatMap((metric) => {
      const told = series[metric];
      return told ? [{ name: metric, values: told.values }] : [];
    });
    const unit = series[names[0] ?? ""]?.unit ?? "";
    return { name, stacked, lines, unit, weekly: weekly && days.length > LONG };
  }).filter(({ lines }) => lines.length > 0);
}

/** What a metric is called; classes of wealth by the names that the town gives them. */
export function metricName(
  metric: string,
  classes: Record<string, Names>,
  language: Language,
  t: TFunction,
): string {
  if (!metric.startsWith(SHARE)) return t(`economy.metric.${metric}`);
  const key = metric.slice(SHARE.length);
  return classes[key]?.[language] ?? key;
}

/** A value in its unit, without the word for it. */
export function valueOf(value: number, unit: string, language: Language): string {
  const locale = localeOf(language);
  if (unit === "part") {
    return value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 });
  }
  const digits = unit === "level" || unit === "a_day" ? 2 : unit === "points" ? 1 : 0;
  return value.toLocaleString(locale, { maximumFractionDigits: digits });
}

/** A chart in words: how each line went. */
export function wordsOf(
  { name, unit, lines }: Drawn,
  nameOf: (metric: string) => string,
  language: Language,
  t: TFunction,
): string {
  const written = (value: number) => valueOf(value, unit, language);
  const told = lines.map(({ name: metric, values }) =>
    t("economy.line", {
      name: nameOf(metric),
      first: written(values[0] ?? 0),
      last: written(values.at(-1) ?? 0),
      least: written(Math.min(...values)),
      most: written(Math.max(...values)),
    }),
  );
  return t("economy.told", { title: t(`economy.chart.${name}`), lines: told.join("; ") });
}
