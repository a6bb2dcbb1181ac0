"""Flow fields: from every cell of a terrain, the next step towards a goal.

Efforts are whole numbers below 2**53, so the float64 distances of Dijkstra's algorithm are exact
and do not depend on the order in which cells are settled. Among equally good steps the first in
COMPASS is taken, whatever tree scipy found: the same terrain has the same field on any machine.
"""

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from world.engine.terrain import BLOCKED, Terrain

COMPASS = ((-1, 0), (0, 1), (1, 0), (0, -1), (-1, 1), (1, 1), (1, -1), (-1, -1))
"""The eight steps as (rows, columns): north, east, south, west, then the diagonals clockwise."""


def straight_step(cell: int) -> int:
    """Millipixels between the centres of two cells of `cell` pixels that share a side."""
    return 1_000 * cell


def diagonal_step(cell: int) -> int:
    """Millipixels between the centres of two cells that share a corner, to the nearest."""
    return (isqrt(8 * straight_step(cell) ** 2) + 1) // 2


@dataclass(frozen=True, eq=False, slots=True)
class FlowFields:
    """Ways of least effort from every cell to each of G goals.

    goals: int64[G], cells. next: int32[G, cells], the cell to step to; a goal's is itself, -1 where
    no way leads there. length: int64[G, cells], millipixels to walk, -1 where no way leads there.
    leaps: int32[G, cells] each, the k-th telling where 2**k steps lead.

    There and back cost the same effort. Their lengths are the same too, unless two ways tie in
    effort but not in length: the walker then takes the one that COMPASS prefers where they part.
    """

    goals: NDArray[np.int64]
    next: NDArray[np.int32]
    length: NDArray[np.int64]
    leaps: tuple[NDArray[np.int32], ...]

    def path(self, origin: int, row: int) -> NDArray[np.int32]:
        """The cells from `origin`, which must be able to reach it, to goal `row`, inclusive."""
        step, goal = self.next[row], int(self.goals[row])
        cells = [origin]
        while cells[-1] != goal:
            cells.append(int(step[cells[-1]]))
        return np.array(cells, dtype=np.int32)

    def cells_after(
        self, origins: NDArray[np.int64], rows: NDArray[np.int64], walked: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The last cell whose centre is reached within `walked` millipixels, for each walker.

        Walkers start at the centres of `origins`, from which they must be able to reach goals
        `rows`, and stay at the goal once there. All are int64[n].
        """
        left = self.length[rows, origins] - walked
        cells = origins
        for leap in reversed(self.leaps):
            ahead = leap[rows, cells]
            cells = np.where(self.length[rows, ahead] >= left, ahead, cells)
        return cells


def flow_fields(terrain: Terrain, goals: ArrayLike) -> FlowFields:
    """The fields of all `goals`, cells of the terrain, int[G]."""
    goal_cells = np.asarray(goals, dtype=np.int64)
    targets = _targets(terrain)
    straight, diagonal = straight_step(terrain.cell), diagonal_step(terrain.cell)
    lengths = [diagonal if row and column else straight for row, column in COMPASS]
    efforts = _efforts(terrain, targets, lengths)

    distance = _distances(targets, efforts, goal_cells)
    reachable = np.isfinite(distance)
    ahead = np.tile(np.arange(len(terrain.effort), dtype=np.int32), (len(goal_cells), 1))
    step = np.zeros(distance.shape, dtype=np.int64)
    # From the last to the first, so that the first that is tight has the last word.
    for target, effort, length in reversed(list(zip(targets, efforts, lengths, strict=True))):
        tight = reachable & (target >= 0) & (distance[:, target] + effort == distance)
        ahead = np.where(tight, target, ahead)
        step = np.where(tight, length, step)

    leaps, total = _double(ahead, step)
    return FlowFields(
        goals=goal_cells,
        next=np.where(reachable, ahead, np.int32(-1)),
        length=np.where(reachable, total, -1),
        leaps=leaps,
    )


def _targets(terrain: Terrain) -> NDArray[np.int32]:
    """Where each step of COMPASS leads, int32[8, cells]; -1 where it cannot be taken.

    A diagonal step needs both cells that it passes between: nobody cuts a building's corner.
    """
    shape = height, width = terrain.height, terrain.width
    free = np.pad(terrain.effort.reshape(shape) != BLOCKED, 1)
    cells = np.arange(height * width, dtype=np.int32).reshape(shape)

    def shifted(rows: int, columns: int) -> NDArray[np.bool_]:
        return free[1 + rows : 1 + rows + height, 1 + columns : 1 + columns + width]

    targets = []
    for rows, columns in COMPASS:
        possible = shifted(0, 0) & shifted(rows, columns)
        possible &= shifted(rows, 0) & shifted(0, columns)
        targets.append(np.where(possible, cells + np.int32(rows * width + columns), np.int32(-1)))
    return np.stack(targets).reshape(len(COMPASS), -1)


def _efforts(terrain: Terrain, targets: NDArray[np.int32], lengths: list[int]) -> NDArray[np.int64]:
    """Length times the mean effort of both cells, int64[8, cells]; at least 1 for every step."""
    effort = terrain.effort.astype(np.int64)
    return np.array(lengths, dtype=np.int64)[:, None] * (effort + effort[targets]) // 2_000


def _distances(
    targets: NDArray[np.int32], efforts: NDArray[np.int64], goals: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Least effort between each goal and each cell, whole numbers or infinity, [G, cells].

    A step costs the same in both directions, so distances from a goal are those to it.
    """
    cells = targets.shape[1]
    direction, origin = np.nonzero(targets >= 0)
    edges = (efforts[direction, origin], (origin, targets[direction, origin]))
    graph = csr_array(edges, shape=(cells, cells), dtype=np.float64)
    distances: NDArray[np.float64] = dijkstra(graph, indices=goals)
    return distances


def _double(
    ahead: NDArray[np.int32], step: NDArray[np.int64]
) -> tuple[tuple[NDArray[np.int32], ...], NDArray[np.int64]]:
    """Leaps of 1, 2, 4, ... steps until all have come to rest, and the length walked by then.

    Pointer doubling, after Wyllie, "The complexity of parallel computations", 1979.
    """
    leaps, length = [ahead], step
    while True:
        leap = leaps[-1]
        further = np.take_along_axis(leap, leap, axis=1)
        if np.array_equal(further, leap):
            return tuple(leaps), length
        length = length + np.take_along_axis(length, leap, axis=1)
        leaps.append(further)
