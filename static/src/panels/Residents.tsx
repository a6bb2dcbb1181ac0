/** Everybody who lives here: what they do, and what they think. */

import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import type { Resident, Town } from "../town/state";
import type { Language } from "../wire";
import { useLanguage } from "./language";
import { MindMark } from "./MindMark";

const SHOWN_AT_MOST = 200;

export function Residents() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [sought, setSought] = useState("");
  const town = useShown(({ town }) => town);
  const selected = useShown(({ selected }) => selected);
  const select = useShown(({ select }) => select);
  useShown(({ version }) => version);
  // People come and go: who is there is looked up each time.
  const everyone = [...(town?.residents.values() ?? [])].sort((a, b) => a.id - b.id);
  if (!town) return null;
  const wanted = sought.trim().toLowerCase();
  const found = everyone.filter(({ name }) =>
    `${name.zh} ${name.en}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <input
        type="search"
        value={sought}
        placeholder={t("residents.search")}
        aria-label={t("residents.search")}
        onChange={({ target }) => {
          setSought(target.value);
        }}
      />
      {found.length === 0 && <p className="empty">{t("residents.none")}</p>}
      <ul className="list">
        {found.slice(0, SHOWN_AT_MOST).map((resident) => (
          <li key={resident.id}>
            <button
              className="row"
              data-testid="resident"
              aria-pressed={selected?.kind === "resident" && selected.id === resident.id}
              onClick={() => {
                select({ kind: "resident", id: resident.id });
              }}
            >
              <strong>
                {resident.name[language]} <MindMark resident={resident} />
              </strong>
              <span className="deed">{deedOf(resident, town, language)}</span>
              <span className="thought">{resident.thought[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What somebody does, in a word or two. */
export function deedOf(resident: Resident, town: Town, language: Language): string {
  const { activity, route, place } = resident;
  const deed = town.snapshot.words.activities[activity]?.[language] ?? activity;
  const where = town.places.get(route?.to ?? place)?.name[language];
  if (!where) return deed;
  return route ? `${deed} → ${where}` : `${deed} · ${where}`;
}
