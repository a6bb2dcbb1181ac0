/** What can be chosen when something is announced. */

import type { Language, Named } from "../wire";

const AHEAD = 60;

/** Days from today on, counted from 1, and the one that was chosen before, should it be over. */
export function daysToCome(today: number, chosen: number): number[] {
  const days = Array.from({ length: AHEAD }, (_, index) => today + index);
  return chosen > 0 && !days.includes(chosen) ? [chosen, ...days] : days;
}

/** Places or people by name, as readers of a language look them up. */
export function named(things: Iterable<Named>, language: Language): { id: number; name: string }[] {
  const { compare } = new Intl.Collator(language === "en" ? "en" : "zh-CN", { numeric: true });
  return [...things]
    .map(({ id, name }) => ({ id, name: name[language] }))
    .sort((one, other) => compare(one.name, other.name));
}
