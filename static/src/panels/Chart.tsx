/** A chart of values over days: lines or stacked shares, with a legend, in words, and as a table. */

import { useId } from "react";
import { useTranslation } from "react-i18next";

import { heightOf, HEIGHT, placeOf, pointsOf, scaleOf, stackOf, WIDTH } from "../economy/chart";
import { drawnLines, metricName, valueOf, wordsOf, type Drawn } from "../economy/charts";
import { useShown } from "../store";
import { useLanguage } from "./language";

/** Room beside the drawing for the values, and below it for the days. */
const LEFT = 58;
const BELOW = 16;
const DASHES = ["", "6 3"];

export function Chart({ chart, days }: { chart: Drawn; days: string[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = useId();
  const classes = useShown(({ town }) => town?.snapshot.words.classes) ?? {};
  const nameOf = (metric: string) => metricName(metric, classes, language, t);
  const unit = t(`economy.unit.${chart.unit}`);
  return (
    <figure className={chart.stacked ? "chart stacked" : "chart"} aria-labelledby={title} data-testid="chart">
      <figcaption id={title}>
        {t(`economy.chart.${chart.name}`)} {unit && <span className="small">{unit}</span>}{" "}
        {chart.weekly && <span className="small">{t("economy.weekly")}</span>}
      </figcaption>
      <svg
        role="img"
        aria-label={wordsOf(chart, nameOf, language, t)}
        viewBox={`${String(-LEFT)} -8 ${String(WIDTH + LEFT + 8)} ${String(HEIGHT + BELOW + 8)}`}
      >
        <Axes chart={chart} days={days} />
        {chart.stacked ? <Stack chart={chart} /> : <Lines chart={chart} />}
      </svg>
      {chart.lines.length > 1 && (
        <ul className="legend" aria-hidden>
          {chart.lines.map(({ name }, index) => (
            <li key={name} className={`line-${String(index)}`}>
              {nameOf(name)}
            </li>
          ))}
        </ul>
      )}
      <Table chart={chart} days={days} nameOf={nameOf} />
    </figure>
  );
}

function scaleOfChart(chart: Drawn) {
  return chart.stacked
    ? { least: 0, most: 1 }
    : scaleOf(drawnLines(chart).flatMap(({ values }) => values));
}

/** Days as they are written below a chart: with the year where there is more than one. */
function endsOf(days: string[]) {
  const ends = [days[0] ?? "", days.at(-1) ?? ""];
  return ends[0]?.slice(0, 4) === ends[1]?.slice(0, 4) ? ends.map((day) => day.slice(5)) : ends;
}

function Axes({ chart, days }: { chart: Drawn; days: string[] }) {
  const language = useLanguage();
  const scale = scaleOfChart(chart);
  const { least, most } = scale;
  const [first, last] = endsOf(days);
  return (
    <>
      {[least, (least + most) / 2, most].map((value) => (
        <g key={value}>
          <line className="grid" x1={0} x2={WIDTH} y1={heightOf(value, scale)} y2={heightOf(value, scale)} />
          <text x={-6} y={heightOf(value, scale) + 4} textAnchor="end">
            {valueOf(value, chart.unit, language)}
          </text>
        </g>
      ))}
      <text x={days.length > 1 ? 0 : WIDTH / 2} y={HEIGHT + BELOW - 2} textAnchor={days.length > 1 ? "start" : "middle"}>
        {first}
      </text>
      {days.length > 1 && (
        <text x={WIDTH} y={HEIGHT + BELOW - 2} textAnchor="end">
          {last}
        </text>
      )}
    </>
  );
}

function Lines({ chart }: { chart: Drawn }) {
  const scale = scaleOfChart(chart);
  return drawnLines(chart).map(({ name, values }, index) => (
    <g key={name} className={`line-${String(index)}`}>
      <polyline points={pointsOf(values, scale)} strokeDasharray={DASHES[index % DASHES.length]} />
      {/* A line of one point is not seen. */}
      {values.length === 1 && <circle cx={placeOf(0, 1)} cy={heightOf(values[0] ?? 0, scale)} r={3} />}
    </g>
  ));
}

function Stack({ chart }: { chart: Drawn }) {
  if (chart.lines.every(({ values }) => values.length === 1)) {
    // One day is a bar across the whole width.
    const twice = chart.lines.map(({ name, values }) => ({ name, values: [...values, ...values] }));
    return <Stack chart={{ ...chart, lines: twice }} />;
  }
  return stackOf(chart.lines).map(({ name, points }, index) => (
    <polygon key={name} className={`area-${String(index)}`} points={points} />
  ));
}

interface Tabled {
  chart: Drawn;
  days: string[];
  nameOf: (metric: string) => string;
}

function Table({ chart, days, nameOf }: Tabled) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { lines, name, unit } = chart;
  return (
    <details>
      <summary>
        {t("economy.table")}
        <span className="unseen">: {t(`economy.chart.${name}`)}</span>
      </summary>
      <div className="scrolls" tabIndex={0} role="region" aria-label={t(`economy.chart.${name}`)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("economy.day")}</th>
              {lines.map((line) => (
                <th key={line.name} scope="col">
                  {nameOf(line.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day, index) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                {lines.map((line) => (
                  <td key={line.name}>{valueOf(line.values[index] ?? 0, unit, language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
