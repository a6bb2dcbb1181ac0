/** News as readers are told of it: what kind of thing, where, for how long, and who knows. */

import type { TFunction } from "i18next";

import type { Knower, NewsLine } from "../news/wire";
import { whenOf } from "./thoughts";

export interface Facts {
  what: string;
  until: string;
  known: string;
}

/** now: the town's time, ISO. residents: how many there are. */
export function factsOf(news: NewsLine, residents: number, now: string, t: TFunction): Facts {
  const { kind, urgency, starts_at, spoken_of_until, knowers } = news;
  const what = [
    t(`news.kind.${kind}`),
    urgency && t("news.urgent", { urgency: t(`news.urgency.${urgency}`) }),
    whereOf(news, t),
    starts_at && t("news.starts", { when: whenOf(starts_at) }),
  ];
  return {
    what: what.filter(Boolean).join(" · "),
    until: t(spoken_of_until > now ? "news.until" : "news.faded", { when: whenOf(spoken_of_until) }),
    known: t("news.known", { count: knowers, total: residents }),
  };
}

function whereOf({ kind, location, people }: NewsLine, t: TFunction): string {
  if (location) return location.name;
  if (kind !== "announcement") return "";
  const [alone] = people;
  return alone ? t("news.alone", { name: alone.name }) : t("news.everywhere");
}

/** From where somebody knows. */
export function howOf({ agent, how, source }: Knower, { people }: NewsLine, t: TFunction): string {
  if (source) return t("news.how.told", { name: source.name });
  const own = how === "witnessed" && people.some(({ id }) => id === agent.id);
  return t(`news.how.${own ? "own" : how}`);
}
