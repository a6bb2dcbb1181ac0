/** Events in the life of money and work, and of those who come and go, as sentences. */

import type { TFunction } from "i18next";

import { yuan } from "../economy/money";
import type { Language, TownEvent, Words } from "../wire";
import { whenOf } from "./thoughts";

/** The names of what an event is about. */
export interface Names {
  actor: string;
  other: string;
  place: string;
  activity: string;
}

/** Kinds of which each reason has a sentence of its own. */
const BY_REASON = ["warned", "agent_created", "agent_departed", "chance", "loan_over"];

const KINDS = [
  ...BY_REASON,
  ...["hired", "work_lost", "art_made", "moved_house", "loan", "treat", "business_closed"],
  ...["business_opened", "day_settled", "rule_change", "happening", "happening_over"],
];

/** Whether an event is one of these. */
export function isOfLiving({ kind }: TownEvent): boolean {
  return KINDS.includes(kind);
}

/** The sentence for an event of these. */
export function livingOf(
  event: TownEvent,
  names: Names,
  words: Words,
  language: Language,
  t: TFunction,
): string {
  const { kind, reason = "" } = event;
  const told = {
    ...names,
    occupation: words.occupations[event.occupation ?? ""]?.[language] ?? "",
    amount: yuan(Math.abs(event.amount ?? event.debt ?? event.capital ?? 0), language),
    warnings: event.warnings,
    waiting: event.waiting,
    due: whenOf(event.due ?? ""),
  };
  if (BY_REASON.includes(kind)) return t(`living.${kind}.${reason}`, told);
  switch (kind) {
    case "work_lost": {
      const said = t(`living.work_lost.${reason}`, told);
      return event.amount ? t("living.severance", { said, amount: told.amount }) : said;
    }
    case "business_opened":
      return t(`living.business_opened.${event.other ? "owned" : "town"}`, told);
    case "day_settled":
      return t("living.day_settled", {
        income: yuan(event.figures?.income ?? 0, language),
        spending: yuan(event.figures?.spending ?? 0, language),
      });
    case "rule_change":
      return t(`living.rule_change.${ruleKeyOf(event)}`, {
        rule: t(`happening.${event.rule ?? ""}`),
        value: valueOf(event, language, t),
      });
    case "happening":
    case "happening_over":
      return t(`living.${kind}`, {
        place: event.place ? names.place : t("living.everywhere"),
        happening: t(`happening.${reason}`),
      });
    default:
      return t(`living.${kind}`, told);
  }
}

/** The figure of a rule: per cent of the usual tax, or fen that are paid a day. */
function valueOf({ rule, value }: TownEvent, language: Language, t: TFunction): string {
  if (rule === "tax") return `${String(value ?? 100)}%`;
  return t("yuan", { amount: yuan((value ?? 0) / 100, language) });
}

const SWITCHES = ["curfew", "festival", "crisis", "day_off"];

function ruleKeyOf({ rule = "", value }: TownEvent): string {
  if (SWITCHES.includes(rule)) return value ? "on" : "off";
  return value === null || value === undefined ? "usual" : "set";
}
