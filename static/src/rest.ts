/** The REST doors, as the page asks them: what they answer, or the sentence in which they refuse. */

import type { Language } from "./wire";

interface Envelope<Answer> {
  data?: Answer;
  error?: { message?: string };
}

/** Raises an Error with the server's sentence if there is no answer. */
export async function get<Answer>(path: string, world: string, language: Language): Promise<Answer> {
  return ask<Answer>(path, world, { headers: { "Accept-Language": language } });
}

/** Raises an Error with the server's sentence if it does not do what is asked. */
export async function post<Answer>(
  path: string,
  world: string,
  language: Language,
  content: object,
): Promise<Answer> {
  const token = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  return ask<Answer>(path, world, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": language,
      "X-CSRFToken": token,
    },
    body: JSON.stringify(content),
  });
}

/** The address of a door in a world; an empty world is the primary one. */
export function addressOf(path: string, world: string): string {
  if (!world) return path;
  return `${path}${path.includes("?") ? "&" : "?"}world=${encodeURIComponent(world)}`;
}

async function ask<Answer>(path: string, world: string, how: RequestInit): Promise<Answer> {
  const answer = await fetch(addressOf(path, world), how);
  const told = (await answer.json().catch(() => null)) as Envelope<Answer> | null;
  if (!answer.ok || told?.data === undefined) {
    throw new Error(told?.error?.message ?? String(answer.status));
  }
  return told.data;
}

/** What to say of something that went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
