/** How the town does at present: wealth, work and prices; and the way to its days. */

import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { meansOf } from "../economy/figures";
import type { Economy } from "../economy/wire";
import { countsOf } from "../society/figures";
import { useShown } from "../store";
import { Days } from "./Days";
import { useLanguage } from "./language";

export function Means({ economy, world }: { economy: Economy; world: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const label = useId();
  const [open, setOpen] = useState(false);
  const classes = useShown(({ town }) => town?.snapshot.words.classes);
  return (
    <section aria-labelledby={label} data-testid="means">
      <h2 id={label}>{t("economy.now")}</h2>
      <dl className="figures">
        {meansOf(economy, language).map(({ name, value, isMoney }) => (
          <div key={name}>
            <dt>{t(`economy.figure.${name}`)}</dt>
            <dd>{isMoney ? t("yuan", { amount: value }) : value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("economy.classes")}</h3>
      <dl className="counts">
        {countsOf(economy.by_class).map(([key, count]) => (
          <div key={key}>
            <dt>{classes?.[key]?.[language] ?? key}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {!economy.last_day && <p className="small">{t("economy.none")}</p>}
      <div className="actions">
        <button
          aria-haspopup="dialog"
          data-testid="days"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t("economy.open")}
        </button>
      </div>
      {open && (
        <Days
          world={world}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </section>
  );
}
