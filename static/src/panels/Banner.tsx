/** What is not as it should be, said to whoever looks. */

import { useTranslation } from "react-i18next";

import { noticesOf } from "../minds/notices";
import { useShown } from "../store";
import { useLanguage } from "./language";

/** Why a clock was set back, and for how long (microseconds) that is news. */
const HELD = new Set(["behind", "asleep", "minds"]);
const NEWS_FOR = 15_000_000;

export function Banner() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection, why, heard, town, minds } = useShown();
  const world = town?.snapshot.world;
  const clock = heard?.clock;
  const said: string[] = [];
  if (connection !== "live") said.push(t(`state.${connection}`, { why }));
  if (world?.status === "stopped") said.push(t("state.stopped", { why: world.status_reason }));
  if (world?.status === "archived") said.push(t("state.archived"));
  if (clock && world?.status === "active") {
    if (clock.engine === "silent") said.push(t("state.silent"));
    if (clock.paused) said.push(t("state.paused"));
    else if (HELD.has(clock.why) && clock.real_time - clock.anchor_real < NEWS_FOR) {
      said.push(t(`state.${clock.why}`));
    }
    if (minds) said.push(...noticesOf(minds, clock.real_time / 1000, language, t));
  }
  return (
    <div className="banner" role="status" aria-live="polite" data-testid="banner">
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
