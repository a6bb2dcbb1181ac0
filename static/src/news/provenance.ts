/** Who has a piece of news from whom. */

import type { Knower } from "./wire";

export interface Branch {
  knower: Knower;
  /** Those who have it from them. */
  others: Branch[];
}

/** As a tree: those whom nobody told, and under each who has it from them. In the order told. */
export function branchesOf(spread: Knower[]): Branch[] {
  const roots: Branch[] = [];
  const known = new Map<number, Branch>();
  for (const knower of spread) {
    const branch = { knower, others: [] };
    const teller = knower.source && known.get(knower.source.id);
    (teller ? teller.others : roots).push(branch);
    known.set(knower.agent.id, branch);
  }
  return roots;
}
