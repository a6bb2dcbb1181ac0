"""The lattice of a town: where on the whole map, in pixels, its cells are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Lattice:
    """Equal districts laid side by side, `across` to a row.

    cell: px. columns, rows: cells of one district; cells are numbered row by row, district by
    district, as in `world.engine.town`.
    """

    cell: int
    columns: int
    rows: int
    across: int

    def points(self, cells: ArrayLike) -> NDArray[np.int64]:
        """The centre of each cell as x, y in px: int64[n, 2] of int[n]."""
        district, local = np.divmod(np.asarray(cells, dtype=np.int64), self.columns * self.rows)
        row, column = np.divmod(local, self.columns)
        down, right = np.divmod(district, self.across)
        along, below = right * self.columns + column, down * self.rows + row
        return np.stack([along, below], axis=-1) * self.cell + self.cell // 2


def corners(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """The points of a path, int64[n, 2], without those that lie on a straight line between others.

    The first and the last one stay.
    """
    if len(points) < 3:
        return points
    steps = np.diff(points, axis=0)
    before, after = steps[:-1], steps[1:]
    bends = after[:, 0] * before[:, 1] != after[:, 1] * before[:, 0]
    kept = np.ones(len(points), dtype=np.bool_)
    kept[1:-1] = bends | ((before * after).sum(axis=1) < 0)
    return points[kept]
