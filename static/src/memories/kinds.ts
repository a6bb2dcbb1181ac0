/** What memories come from, in the order in which one may ask for them. */

export const KINDS = [
  "observation",
  "conversation",
  "reflection",
  "plan",
  "announcement",
  "interview",
  "summary",
] as const;

export type Kind = (typeof KINDS)[number];

export function isKind(name: string): name is Kind {
  return (KINDS as readonly string[]).includes(name);
}
