/** The bar on top: which town, what time, what weather; pause and speed for operators. */

import { Languages, Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { control, type Action } from "../operator";
import { messageOf } from "../rest";
import { useShown } from "../store";
import { dayOf, shownTime, timeOfDay } from "../town/clock";
import { chooseLanguage } from "../words/i18n";
import type { Page } from "./App";
import { useLanguage } from "./language";
import { Spending } from "./Spending";

const SPEEDS = [1, 2, 5, 10, 60];
const TICK = 250;

export function TopBar({ page }: { page: Page }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const town = useShown(({ town }) => town);
  const other = language === "en" ? "zh" : "en";
  return (
    <header className="bar">
      <h1>{town?.snapshot.world.name[language] ?? t("page.title")}</h1>
      <Clock />
      <Controls page={page} />
      <Spending />
      {page.operator && (
        <a className="admin" href="/admin/">
          {t("page.admin")}
        </a>
      )}
      <button
        className="quiet"
        lang={other}
        data-testid="language"
        onClick={() => void chooseLanguage(other)}
      >
        <Languages aria-hidden /> {t("page.language")}
      </button>
    </header>
  );
}

function Clock() {
  const { t } = useTranslation();
  const language = useLanguage();
  const heard = useShown(({ heard }) => heard);
  const town = useShown(({ town }) => town);
  useShown(({ version }) => version);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const ticking = setInterval(() => {
      setNow(performance.now());
    }, TICK);
    return () => {
      clearInterval(ticking);
    };
  }, []);
  if (!heard || !town) return null;
  const { day, weekday, second } = dayOf(shownTime(heard, Math.max(now, heard.heardAt)));
  const weekdays = t("clock.weekdays", { returnObjects: true }) as unknown as string[];
  const { kind, degrees } = town.weather;
  return (
    <p className="clock">
      <span>{t("clock.day", { day, weekday: weekdays[weekday] })}</span>
      <time data-testid="clock">{timeOfDay(second)}</time>
      <span>
        {town.snapshot.words.weather[kind]?.[language] ?? kind} {t("clock.degrees", { degrees })}
      </span>
    </p>
  );
}

function Controls({ page }: { page: Page }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clock = useShown(({ heard }) => heard?.clock);
  const base = useShown(({ town }) => town?.snapshot.world.base_scale) ?? 1;
  const [failure, setFailure] = useState("");
  if (!clock) return null;
  const ask = (action: Action) => {
    setFailure("");
    control(action, page.world, language).catch((error: unknown) => {
      setFailure(t("controls.failed", { message: messageOf(error) }));
    });
  };
  const toggle = clock.paused ? t("controls.resume") : t("controls.pause");
  return (
    <div className="controls" role="group" aria-label={t("controls.label")}>
      <button
        data-testid="pause"
        disabled={!page.operator}
        aria-label={toggle}
        title={toggle}
        onClick={() => {
          ask({ action: clock.paused ? "resume" : "pause" });
        }}
      >
        {clock.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
      </button>
      {SPEEDS.map((speed) => (
        <button
          key={speed}
          disabled={!page.operator}
          aria-label={t("controls.speed", { speed })}
          aria-pressed={clock.scale === speed * base}
          onClick={() => {
            ask({ action: "set_speed", speed });
          }}
        >
          ×{speed}
        </button>
      ))}
      {!page.operator && <a href={page.login}>{t("controls.login")}</a>}
      <span role="alert" className="failure">
        {failure}
      </span>
    </div>
  );
}
