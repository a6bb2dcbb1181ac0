/** The minds that an operator can give to a resident. */

import type { Model } from "./wire";

export const INSTINCT = "instinct";

/** why: what keeps a mind from being chosen; empty if nothing does. */
export interface Choice {
  name: string;
  why: string;
}

/** Whether somebody thinks with a model. */
export function isModel(mind: string): boolean {
  return mind !== "" && mind !== INSTINCT;
}

/** Instinct, the models that are enabled, and what the resident has now even if it is not. */
export function choicesOf(models: Model[], mind: string): Choice[] {
  const enabled = models
    .filter(({ name, enabled }) => enabled && name !== INSTINCT)
    .map(({ name, usable, why }) => ({ name, why: usable ? "" : why }));
  const known = [{ name: INSTINCT, why: "" }, ...enabled];
  const missing = isModel(mind) && !known.some(({ name }) => name === mind);
  return missing ? [...known, { name: mind, why: "" }] : known;
}
