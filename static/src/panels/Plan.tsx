/** What somebody's model answered last: a plan with its steps and reasons, or why there is none. */

import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { LastThought, PlannedStep } from "../minds/wire";
import type { Town } from "../town/state";
import type { Language } from "../wire";
import { useLanguage } from "./language";

export function Plan({ last, town }: { last: LastThought; town: Town }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const when = last.asked_at.slice(11, 16);
  if (last.failure) {
    return <p className="small">{t("mind.failed", { when, reason: t(`standIn.${last.failure}`) })}</p>;
  }
  if (last.plan.length === 0) return null;
  return (
    <section className="plan" data-testid="plan">
      <h3>{t("mind.plan", { when })}</h3>
      {last.feeling && <p className="small">{t("mind.feeling", { feeling: last.feeling })}</p>}
      <ol>
        {last.plan.map((step, index) => (
          <li key={`${last.id} ${index}`} className={step.done ? "done" : ""}>
            {step.done && (
              <>
                <Check aria-hidden />
                <span className="unseen">{t("mind.begun")} </span>
              </>
            )}
            {stepOf(step, town, language)} · {t("mind.minutes", { minutes: step.minutes })}
            {step.why && <span className="thought">{step.why}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepOf({ activity, place }: PlannedStep, town: Town, language: Language): string {
  const deed = town.snapshot.words.activities[activity]?.[language] ?? activity;
  if (!place) return deed;
  return `${deed} · ${town.places.get(place.id)?.name[language] ?? place.name}`;
}
