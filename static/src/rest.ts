/** The REST doors, as the page asks them: what they answer, or the sentence in which they refuse. */

import type { Language } from "./wire";

interface Envelope<Answer> {
  data?: Answer;
  error?: { code?: string; message?: string; details?: Record<string, unknown> };
}

/** The sentence in which a door refuses. code: of the API; details: by parameter, where it has any. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly code = "",
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Raises a Refusal with the server's sentence if there is no answer. */
export async function get<Answer>(path: string, world: string, language: Language): Promise<Answer> {
  return ask<Answer>(path, world, { headers: { "Accept-Language": language } });
}

/** Raises a Refusal with the server's sentence if it does not do what is asked. */
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
    const { code, message, details } = told?.error ?? {};
    throw new Refusal(message ?? String(answer.status), code, details);
  }
  return told.data;
}

/** What to say of something that went wrong. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
