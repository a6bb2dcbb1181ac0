/** Whoever or whatever was chosen on the map. */

import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import { dayOf, timeOfDay } from "../town/clock";
import type { Town } from "../town/state";
import type { Place } from "../wire";
import type { Page } from "./App";
import { Departed } from "./Departed";
import { useLanguage } from "./language";
import { ResidentCard } from "./ResidentCard";

export function Card({ page }: { page: Page }) {
  const { t } = useTranslation();
  const { town, selected, select } = useShown();
  if (!town || !selected) return null;
  const resident = selected.kind === "resident" ? town.residents.get(selected.id) : undefined;
  const place = selected.kind === "place" ? town.places.get(selected.id) : undefined;
  const departed = selected.kind === "resident" && !resident;
  if (!resident && !place && !departed) return null;
  return (
    <section className="card" data-testid="card">
      <button
        className="quiet close"
        aria-label={t("residents.close")}
        onClick={() => {
          select(null);
        }}
      >
        <X aria-hidden />
      </button>
      <div className="body">
        {resident && <ResidentCard resident={resident} town={town} page={page} />}
        {departed && <Departed key={selected.id} who={selected.id} world={page.world} />}
        {place && <PlaceCard place={place} town={town} />}
      </div>
    </section>
  );
}

function PlaceCard({ place, town }: { place: Place; town: Town }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const heard = useShown(({ heard }) => heard);
  const select = useShown(({ select }) => select);
  const inside = [...town.residents.values()].filter((each) => each.place === place.id);
  const { weekday } = dayOf(heard?.clock.lived_until ?? 0);
  const [from, until] = place.open[weekday] ?? [0, 0];
  return (
    <>
      <h2>{place.name[language]}</h2>
      <p>{t("place.inside", { count: inside.length, capacity: place.capacity })}</p>
      <p>
        {from < until
          ? t("place.open", { from: timeOfDay(from), until: timeOfDay(until) })
          : t("place.closed")}
      </p>
      <ul className="inside">
        {inside.map((each) => (
          <li key={each.id}>
            <button
              className="quiet"
              onClick={() => {
                select({ kind: "resident", id: each.id });
              }}
            >
              {each.name[language]}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
