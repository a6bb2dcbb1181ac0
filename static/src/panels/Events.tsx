/** What happened lately, newest first. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { TownEvent } from "../wire";
import { sentenceOf } from "../words/sentences";
import { useLanguage } from "./language";

const FILTERS: Record<string, (event: TownEvent) => boolean> = {
  all: () => true,
  moves: ({ type }) => type === "agent_move",
  deeds: ({ type }) => type === "agent_state_change",
  money: ({ type }) => type === "economic_event",
  world: ({ type }) => type === "world_event" || type === "weather_change",
};

export function Events() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [filter, setFilter] = useState("all");
  const events = useShown(({ events }) => events);
  const words = useShown(({ town }) => town?.snapshot.words);
  const select = useShown(({ select }) => select);
  if (!words) return null;
  const shown = events.filter(FILTERS[filter] ?? (() => true));
  return (
    <>
      <label className="filter">
        {t("events.filter")}
        <select
          value={filter}
          onChange={({ target }) => {
            setFilter(target.value);
          }}
        >
          {Object.keys(FILTERS).map((name) => (
            <option key={name} value={name}>
              {t(`events.${name}`)}
            </option>
          ))}
        </select>
      </label>
      {shown.length === 0 && <p className="empty">{t("events.empty")}</p>}
      <ol className="list">
        {shown.map((event) => {
          const { actor } = event;
          return (
            <li key={event.seq} data-testid="event">
              <button
                className="row"
                disabled={!actor}
                onClick={() => {
                  if (actor) select({ kind: "resident", id: actor.id });
                }}
              >
                <time className="when">{event.world_time.slice(11, 16)}</time>
                <span>{sentenceOf(event, words, language, t)}</span>
                {event.thought && <span className="thought">{event.thought[language]}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
