/** What happened lately, newest first. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import { FILTERS, shownOf } from "../town/news";
import { sentenceOf } from "../words/sentences";
import { useLanguage } from "./language";

export function Events() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [filter, setFilter] = useState("all");
  const [thinking, setThinking] = useState(false);
  const events = useShown(({ events }) => events);
  const words = useShown(({ town }) => town?.snapshot.words);
  const select = useShown(({ select }) => select);
  if (!words) return null;
  const shown = shownOf(events, filter, thinking);
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
      <label className="filter">
        <input
          type="checkbox"
          checked={thinking}
          data-testid="show-thinking"
          onChange={({ target }) => {
            setThinking(target.checked);
          }}
        />
        {t("events.thinking")}
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
