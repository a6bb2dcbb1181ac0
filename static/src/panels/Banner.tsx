/** What is not as it should be, said to whoever looks. */

import { useTranslation } from "react-i18next";

import { useShown } from "../store";

/** Why a clock was set back, and for how long (microseconds) that is news. */
const HELD = new Set(["behind", "asleep"]);
const NEWS_FOR = 15_000_000;

export function Banner() {
  const { t } = useTranslation();
  const { connection, why, heard, town } = useShown();
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
  }
  return (
    <div className="banner" role="status" aria-live="polite" data-testid="banner">
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
