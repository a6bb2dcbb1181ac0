/** How the economy of the town went, day by day, and its businesses. */

import { useTranslation } from "react-i18next";

import { chartsOf } from "../economy/charts";
import type { TimeSeries } from "../economy/wire";
import { useDoor } from "./answers";
import { AnswerStatus } from "./AnswerStatus";
import { Businesses } from "./Businesses";
import { Chart } from "./Chart";
import { Dialog } from "./Dialog";

export function Days({ world, onClose }: { world: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { answer, failure } = useDoor<TimeSeries>("/api/stats/timeseries", world);
  return (
    <Dialog title={t("economy.dialog")} onClose={onClose}>
      <AnswerStatus answer={answer} failure={failure}>
        {answer && <Span days={answer.days} />}
      </AnswerStatus>
      {answer && answer.days.length > 0 && (
        <div className="charts" data-testid="charts">
          {chartsOf(answer).map((chart) => (
            <Chart key={chart.name} chart={chart} days={answer.days} />
          ))}
        </div>
      )}
      <Businesses world={world} onChoose={onClose} />
    </Dialog>
  );
}

/** From when to when, or what is missing. */
function Span({ days }: { days: string[] }) {
  const { t } = useTranslation();
  if (days.length === 0) return t("economy.none");
  if (days.length === 1) return t("economy.once");
  return t("economy.days", { from: days[0], to: days.at(-1), count: days.length });
}
