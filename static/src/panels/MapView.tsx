/** The map in the page; the town itself never passes through React. */

import { Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { TownMap } from "../map/town-map";
import { useShown } from "../store";
import { currentLanguage } from "../words/i18n";

export function MapView() {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const map = useRef<TownMap | null>(null);
  useEffect(() => {
    if (!host.current) return;
    const drawn = new TownMap(
      () => {
        const { heard, selected, following } = useShown.getState();
        return { heard, selected, following, language: currentLanguage() };
      },
      (selected) => {
        useShown.getState().select(selected);
      },
    );
    let stopped = false;
    let unsubscribe: () => void = () => undefined;
    const low = new URLSearchParams(location.search).get("quality") === "low";
    const started = drawn.start(host.current, low).then(() => {
      if (stopped) return;
      map.current = drawn;
      const { town } = useShown.getState();
      if (town) drawn.show(town);
      unsubscribe = useShown.subscribe((now, before) => {
        if (now.town && now.town !== before.town) drawn.show(now.town);
        if (now.selected && now.selected !== before.selected) drawn.centre(now.selected);
      });
    });
    return () => {
      stopped = true;
      unsubscribe();
      map.current = null;
      void started.then(() => {
        drawn.stop();
      });
    };
  }, []);
  return (
    <>
      <div ref={host} className="map" tabIndex={0} role="application" aria-label={t("page.map")} />
      <div className="zoom">
        <button title={t("page.zoomIn")} aria-label={t("page.zoomIn")} onClick={() => map.current?.zoom(2)}>
          <Plus aria-hidden />
        </button>
        <button title={t("page.zoomOut")} aria-label={t("page.zoomOut")} onClick={() => map.current?.zoom(-2)}>
          <Minus aria-hidden />
        </button>
        <button
          title={t("page.wholeTown")}
          aria-label={t("page.wholeTown")}
          onClick={() => map.current?.showAll()}
        >
          <Maximize aria-hidden />
        </button>
      </div>
    </>
  );
}
