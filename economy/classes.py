"""Classes of wealth: how much one has says how one spends, works and feels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from economy.money import fen
from economy.sections import ClassSpec
from world.engine.lines import POINT


@dataclass(frozen=True)
class Classes:
    """The scenario's classes, from the richest (row 0) down; int64[K] each.

    above: fen, ascending from the second poorest to the richest (K - 1 values). spends, works,
    stress: per cent. happiness, social: milli-points.
    """

    keys: tuple[str, ...]
    above: NDArray[np.int64]
    spends: NDArray[np.int64]
    works: NDArray[np.int64]
    stress: NDArray[np.int64]
    happiness: NDArray[np.int64]
    social: NDArray[np.int64]

    @classmethod
    def compile(cls, specs: list[ClassSpec]) -> "Classes":
        """From the classes of the section `economy`."""
        levels = [fen(spec.above) for spec in specs if spec.above is not None]
        return cls(
            keys=tuple(spec.key for spec in specs),
            above=np.array(levels[::-1], dtype=np.int64),
            spends=np.array([spec.spends for spec in specs], dtype=np.int64),
            works=np.array([spec.works for spec in specs], dtype=np.int64),
            stress=np.array([spec.stress for spec in specs], dtype=np.int64),
            happiness=np.array([spec.happiness for spec in specs], dtype=np.int64) * POINT,
            social=np.array([spec.social for spec in specs], dtype=np.int64) * POINT,
        )

    def bounds(self, row: int) -> tuple[int | None, int | None]:
        """The fen above which a class begins and up to which it goes; None where it is open."""
        levels = [None, *self.above[::-1].tolist(), None]
        return levels[row + 1], levels[row]

    def of(self, balance: NDArray[np.int64]) -> NDArray[np.int64]:
        """The class (row) of each balance in fen."""
        return len(self.above) - np.searchsorted(self.above, balance, side="left")
