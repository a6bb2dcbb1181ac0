/** What is not as it should be with minds, in sentences. */

import type { TFunction } from "i18next";

import type { Language } from "../wire";
import { momentOf, percentOf, renewedAt, tighterOf } from "./budget";
import type { MindsStatus } from "./wire";

/** now: the real moment, ms. Nothing where nobody thinks with a model. */
export function noticesOf(
  minds: MindsStatus,
  now: number,
  language: Language,
  t: TFunction,
): string[] {
  if (minds.residents === 0) return [];
  const closed = Object.entries(minds.closed);
  const starved = closed.filter(([, why]) => why === "budget").map(([model]) => model);
  const others = closed.filter(([, why]) => why !== "budget");
  return [
    ...aboutMoney(minds, starved, now, language, t),
    ...others.map(([model, why]) => t(`closed.${why}`, { model })),
  ];
}

function aboutMoney(
  { budget, cadence_minutes }: MindsStatus,
  starved: string[],
  now: number,
  language: Language,
  t: TFunction,
): string[] {
  const until = momentOf(renewedAt(budget, now), now, language);
  const models = Object.keys(cadence_minutes);
  const everybody = starved.length > 0 && models.every((model) => starved.includes(model));
  if (budget.state === "exhausted" || everybody) {
    const { span, cap } = tighterOf(budget);
    return [cap > 0 ? t(`budget.exhausted.${span}`, { until }) : t("budget.exhausted.nothing")];
  }
  if (starved.length > 0) return starved.map((model) => t("budget.starved", { model, until }));
  if (budget.state !== "warning") return [];
  return [t("budget.warning", { percent: percentOf(Math.min(1, budget.used)) })];
}
