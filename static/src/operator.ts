/** What operators ask of a world: its clock, the minds of those who live in it, what they are to know. */

import type { NewAnnouncement } from "./news/wire";
import { post } from "./rest";
import type { Language } from "./wire";

export type Action = { action: "pause" | "resume" } | { action: "set_speed"; speed: number };

/** Raises an Error with the server's sentence if the world does not obey. */
export async function control(action: Action, world: string, language: Language): Promise<void> {
  await post("/api/world/control", world, language, action);
}

/** Let a resident think with a model, or with instinct; the game time (ISO) at which that begins. */
export async function giveMind(
  resident: number,
  model: string,
  world: string,
  language: Language,
): Promise<string> {
  const path = `/api/agents/${String(resident)}/model`;
  const told = await post<{ takes_effect_at: string }>(path, world, language, { model });
  return told.takes_effect_at;
}

/** Let something be known; the game time (ISO) at which it is announced. */
export async function announce(
  announcement: NewAnnouncement,
  world: string,
  language: Language,
): Promise<string> {
  const path = "/api/world/announcements";
  const told = await post<{ takes_effect_at: string }>(path, world, language, announcement);
  return told.takes_effect_at;
}
