/** Whose decision it was, and whose mind somebody has, in the reader's language. */

import type { TFunction } from "i18next";

import { isModel } from "../minds/choices";
import type { Resident } from "../town/state";

type Decided = Pick<Resident, "source" | "stand_in" | "mind" | "motive">;

/** Whose decision the present deed was, and what moved them, if that is known. */
export function decidedBy({ source, stand_in, mind, motive }: Decided, t: TFunction): string {
  return [whose(source, stand_in, mind, t), ...motives(source, motive, t)].join(" · ");
}

function whose(source: string, standIn: string, mind: string, t: TFunction): string {
  if (source === "instinct" && standIn) {
    return t("mind.stoodIn", { reason: t(`standIn.${standIn}`) });
  }
  // A mind that was taken away since has no name here any more.
  const model = source === "model" && isModel(mind);
  return t("mind.decided", { whose: model ? mind : t(`source.${source}`) });
}

function motives(source: string, motive: string, t: TFunction): string[] {
  return source === "model" && motive === "none" ? [] : [t(`motive.${motive}`)];
}

/** Which mind somebody has. */
export function mindOf(mind: string, t: TFunction): string {
  return isModel(mind) ? t("mind.with", { model: mind }) : t("mind.instinct");
}
