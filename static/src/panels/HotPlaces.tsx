/** Where it is liveliest, the liveliest place first. */

import { useTranslation } from "react-i18next";

import { lively } from "../society/figures";
import type { HotPlace, HotPlaces as Answer } from "../society/wire";
import { useShown } from "../store";
import { useDoor } from "./answers";

const LIMIT = 5;

export function HotPlaces({ world, asked }: { world: string; asked: number }) {
  const { t } = useTranslation();
  const path = `/api/stats/hot-locations?limit=${String(LIMIT)}&again=${String(asked)}`;
  const { answer, failure } = useDoor<Answer>(path, world);
  const places = lively(answer?.locations ?? []);
  return (
    <>
      <h2>{t("society.hot")}</h2>
      <p className="failure" role="alert">
        {failure}
      </p>
      {answer && places.length === 0 && <p className="empty">{t("society.quiet")}</p>}
      <ol className="list">
        {places.map((place) => (
          <li key={place.id}>
            <Hot place={place} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Hot({ place }: { place: HotPlace }) {
  const { t } = useTranslation();
  const chosen = useShown(({ selected }) => selected?.kind === "place" && selected.id === place.id);
  const select = useShown(({ select }) => select);
  const { id, name, heat, capacity, current_occupants, conversations } = place;
  return (
    <button
      className="row"
      data-testid="hot-place"
      aria-pressed={chosen}
      onClick={() => {
        select({ kind: "place", id });
      }}
    >
      <strong>{name}</strong>
      <span className="deed">
        <meter min={0} max={100} value={heat} aria-label={t("society.heat")} />{" "}
        {t("society.hotness", { heat: Math.round(heat) })}
      </span>
      <span className="deed">
        {t("place.inside", { count: current_occupants.length, capacity })}
        {conversations.length > 0 && ` · ${t("society.talks", { count: conversations.length })}`}
      </span>
    </button>
  );
}
