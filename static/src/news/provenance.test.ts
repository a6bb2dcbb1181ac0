import { expect, it } from "vitest";

import { branchesOf, type Branch } from "./provenance";
import { knower } from "./samples";

type Tree = [number, Tree[]];

function ids(branches: Branch[]): Tree[] {
  return branches.map(({ knower, others }) => [knower.agent.id, ids(others)]);
}

it("puts everybody under whoever told them", () => {
  const spread = [knower(1), knower(2), knower(3, 1), knower(4, 3), knower(5, 1)];
  expect(ids(branchesOf(spread))).toEqual([
    [
      1,
      [
        [3, [[4, []]]],
        [5, []],
      ],
    ],
    [2, []],
  ]);
});

it("loses nobody whose teller is not there", () => {
  expect(ids(branchesOf([knower(3, 9), knower(4, 3)]))).toEqual([[3, [[4, []]]]]);
});
