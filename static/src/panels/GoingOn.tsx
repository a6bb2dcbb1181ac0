/** Which rules are in force in the town, and what goes on in it. */

import { useTranslation } from "react-i18next";

import { useShown } from "../store";
import { whenOf } from "../words/thoughts";
import type { GoingOn as Happening } from "../wire";
import { useLanguage } from "./language";

export function GoingOn() {
  const { t } = useTranslation();
  const language = useLanguage();
  const town = useShown(({ town }) => town);
  useShown(({ version }) => version);
  if (!town?.goingOn.size) return null;
  const said = ({ kind, place, until }: Happening) => {
    const where = town.places.get(place)?.name[language];
    const what = t(`happening.${kind}`);
    const told = where ? t("going_on.at", { what, where }) : what;
    return until ? t("going_on.until", { told, until: whenOf(until) }) : told;
  };
  return (
    <ul className="going-on" aria-label={t("going_on.label")} data-testid="going-on">
      {[...town.goingOn.values()].map((each) => (
        <li key={each.key} data-kind={each.kind}>
          {said(each)}
        </li>
      ))}
    </ul>
  );
}
