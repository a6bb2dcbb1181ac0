/** Events as sentences in the reader's language, from codes and names. */

import type { TFunction } from "i18next";

import { yuan } from "../economy/money";
import { isModel } from "../minds/choices";
import type { Language, TownEvent, Words } from "../wire";
import { appointmentKeyOf, outcomeKeyOf } from "./appointments";
import { isOfLiving, livingOf } from "./livings";

/** Game seconds between two questions to a mind while there is money enough. */
const USUAL_CADENCE = 600;

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
  if (isOfLiving(event)) return livingOf(event, common, words, language, t);
  switch (event.kind) {
    case "agent_move":
    case "activity_start":
    case "agent_edited": {
      const said = t(`sentence.${event.kind}`, common);
      if (!event.stand_in) return said;
      return t("sentence.by_instinct", { said, reason: t(`standIn.${event.stand_in}`) });
    }
    case "mind_change":
    case "thought_asked":
    case "thought_answered":
    case "minds_state":
      return thinkingOf(event, common.actor, t);
    case "conversation_start":
    case "speech_asked":
    case "conversation_message":
    case "conversation_join":
    case "conversation_leave":
    case "conversation_end":
      return t(`sentence.${event.kind}`, {
        ...common,
        text: event.text?.[language] ?? "",
        people: (event.people ?? []).map(name).join(t("talk.and")),
        topic: t(`topic.${event.topic ?? "none"}`),
      });
    case "interview":
      return t("sentence.interview", {
        ...common,
        question: event.question?.[language] ?? "",
        answer: event.answer?.[language] ?? "",
      });
    case "reflection":
      return reason === "none"
        ? t("sentence.reflection", { ...common, text: event.text?.[language] ?? "" })
        : t("sentence.reflection_failed", { ...common, reason: t(`standIn.${reason}`) });
    case "announcement":
    case "news":
    case "news_heard":
    case "words_heard":
      return t(`sentence.${newsKeyOf(event)}`, { ...common, text: event.text?.[language] ?? "" });
    case "appointment":
    case "appointment_over": {
      const key = event.kind === "appointment" ? appointmentKeyOf(event) : outcomeKeyOf(event);
      return t(`sentence.${key}`, { ...common, when: event.when?.[language] ?? "" });
    }
    case "relationship_change":
      return t("sentence.relationship_change", {
        ...common,
        before: Math.round(event.before ?? 0),
        after: Math.round(event.after ?? 0),
        reason: t(`change.${reason}`),
      });
    case "agent_refused":
      return t("sentence.agent_refused", { ...common, reason: t(`refusal.${reason}`) });
    case "need_alert":
      return t("sentence.need_alert", { ...common, need: t(`need.${reason}`) });
    case "payment":
      return t("sentence.payment", {
        ...common,
        amount: yuan(event.amount ?? 0, language),
        reason: t(`payment.${reason}`),
      });
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

/** How something is told that is to be known. */
function newsKeyOf({ kind, reason, other }: TownEvent): string {
  if (kind === "news_heard") return `news_heard.${reason ?? ""}`;
  if (kind !== "announcement") return kind;
  if (reason === "gathering") return reason;
  return other ? "announced_alone" : kind;
}

/** What happens to minds, and in them. */
function thinkingOf(event: TownEvent, actor: string, t: TFunction): string {
  const { kind, reason = "none", model = "", closed = "", cadence = 0 } = event;
  switch (kind) {
    case "mind_change":
      return isModel(model)
        ? t("sentence.mind_change", { actor, model })
        : t("sentence.mind_taken", { actor });
    case "thought_asked":
      return reason === "none"
        ? t("sentence.thought_asked", { actor })
        : t("sentence.thought_asked_again", { actor, reason: t(`surprise.${reason}`) });
    case "thought_answered":
      return reason === "none"
        ? t("sentence.thought_answered", { actor })
        : t("sentence.thought_failed", { actor, reason: t(`standIn.${reason}`) });
    default:
      if (closed) return t(`closed.${closed}`, { model });
      return cadence > USUAL_CADENCE
        ? t("sentence.minds_slowed", { model, minutes: Math.round(cadence / 60) })
        : t("sentence.minds_state", { model });
  }
}
