/** What an operator asks of the world's clock, over REST. */

export type Action = { action: "pause" | "resume" } | { action: "set_speed"; speed: number };

/** Raises an Error with the server's sentence if the world does not obey. */
export async function control(action: Action, world: string, language: string): Promise<void> {
  const token = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  const answer = await fetch(`/api/world/control?world=${encodeURIComponent(world)}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": language,
      "X-CSRFToken": token,
    },
    body: JSON.stringify(action),
  });
  if (answer.ok) return;
  const told = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Error(told?.error?.message ?? String(answer.status));
}
