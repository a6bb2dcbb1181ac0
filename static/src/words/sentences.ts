/** Events as sentences in the reader's language, from codes and names. */

import type { TFunction } from "i18next";

import type { Language, TownEvent, Words } from "../wire";

export function sentenceOf(
  event: TownEvent,
  words: Words,
  language: Language,
  t: TFunction,
): string {
  const name = (thing?: { name: Record<Language, string> }) => thing?.name[language] ?? "";
  const reason = event.reason ?? "";
  const common = {
    actor: name(event.actor),
    other: name(event.other),
    place: event.place ? name(event.place) : t("sentence.street"),
    activity: words.activities[event.activity ?? ""]?.[language] ?? event.activity ?? "",
  };
  switch (event.kind) {
    case "agent_move":
    case "activity_start":
    case "agent_edited":
      return t(`sentence.${event.kind}`, common);
    case "agent_refused":
      return t("sentence.agent_refused", { ...common, reason: t(`refusal.${reason}`) });
    case "need_alert":
      return t("sentence.need_alert", { ...common, need: t(`need.${reason}`) });
    case "payment":
      return t("sentence.payment", {
        ...common,
        amount: money(event.amount ?? 0, language),
        reason: t(`payment.${reason}`),
      });
    case "day_settled": {
      const total = Object.values(event.totals ?? {}).reduce((sum, part) => sum + part, 0);
      return t("sentence.day_settled", { total: money(total, language) });
    }
    case "weather_change":
      return t("sentence.weather_change", {
        weather: words.weather[reason]?.[language] ?? reason,
        degrees: event.degrees,
      });
    case "calendar_moment":
      return t("sentence.calendar_moment", {
        moment: words.moments[reason]?.[language] ?? reason,
      });
    default:
      return t("sentence.unknown", { kind: event.kind });
  }
}

function money(yuan: number, language: Language): string {
  return yuan.toLocaleString(language === "en" ? "en" : "zh-CN", { maximumFractionDigits: 2 });
}
