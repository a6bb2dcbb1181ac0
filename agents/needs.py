"""Needs: six lines that sink while one lives and rise with what one does."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine import lines
from world.engine.columns import Rows
from world.engine.gametime import HOUR, NEVER

if TYPE_CHECKING:
    from agents.sections import NeedsSpec

NEEDS = ("energy", "satiety", "social", "fun", "hygiene", "comfort")
TRAITS = ("openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism")

ENERGY = NEEDS.index("energy")

NEED_BLOCKS = {"needs": NEEDS, "need_rates": tuple(f"{need}_rate" for need in NEEDS)}
"""Columns of residents that stand side by side."""
COLUMNS = (*(f"residents.{block}" for block in NEED_BLOCKS), "residents.needs_since")

Matrix = NDArray[np.int64]


def milli(points: float) -> int:
    """Points as whole milli-points."""
    return round(points * lines.POINT)


@dataclass(frozen=True)
class NeedRules:
    """What the scenario says of needs; arrays have one element for each of NEEDS.

    awake: milli-points per game hour. trait: which of TRAITS shapes the rate, -1 for none; base,
    slope: the rate is multiplied by (base + slope x trait / 100) per cent. alone: per cent of the
    rate while nobody is near. stress: per cent, how far the stress of one's means bends it. weight:
    per cent, how much instinct cares. low, critical: milli-points at which attention wakes.
    """

    awake: NDArray[np.int64]
    trait: NDArray[np.int64]
    base: NDArray[np.int64]
    slope: NDArray[np.int64]
    alone: NDArray[np.int64]
    stress: NDArray[np.int64]
    weight: NDArray[np.int64]
    low: int
    critical: int

    @classmethod
    def compile(cls, spec: "NeedsSpec") -> "NeedRules":
        """From the section `needs`."""
        needs = spec.needs
        shapes = [need.shape for need in needs]
        return cls(
            awake=_column(milli(need.awake) for need in needs),
            trait=_column(TRAITS.index(shape.trait) if shape else -1 for shape in shapes),
            base=_column(shape.base if shape else 100 for shape in shapes),
            slope=_column(shape.slope if shape else 0 for shape in shapes),
            alone=_column(need.alone for need in needs),
            stress=_column(need.stress for need in needs),
            weight=_column(need.weight for need in needs),
            low=milli(spec.low),
            critical=milli(spec.critical),
        )

    def sinking(
        self, traits: Matrix, alone: NDArray[np.bool_], stress: NDArray[np.int64]
    ) -> Matrix:
        """Rates of n residents while nothing is done about their needs, int64[n, 6].

        traits: int64[n, 5]. alone: bool[n]. stress: int64[n], per cent of the usual.
        """
        # Where no trait shapes a need, the slope is 0, so it does not matter which is taken.
        shaping = self.slope * traits[:, self.trait] // 100
        shaped = self.awake * (self.base + shaping) // 100
        strained = 100 + (stress - 100)[:, None] * self.stress // 100
        return shaped * np.where(alone[:, None], self.alone, 100) * strained // 10_000

    def rates(
        self,
        doing: Matrix,
        fixed: NDArray[np.bool_],
        traits: Matrix,
        alone: NDArray[np.bool_],
        stress: NDArray[np.int64],
    ) -> Matrix:
        """Rates of n residents, int64[n, 6].

        doing: int64[n, 6], the rates of their activities where `fixed`; these are not bent by
        character, company or means.
        """
        return np.where(fixed, doing, self.sinking(traits, alone, stress))

    def alert_at(self, values: Matrix, rates: Matrix, now: int) -> NDArray[np.int64]:
        """When each of n residents must next attend to a need: int64[n].

        That is when a need first sinks to the low or the critical level, and every hour while one
        is critical and does not get better.
        """
        next_level = np.where(values > self.low, self.low, self.critical)
        crossings = lines.reaches_at(values, np.minimum(rates, 0), now, next_level)
        # Comparing the columns one by one keeps the reduction along a fixed length.
        soonest = crossings.min(axis=1)
        urgent = ((values <= self.critical) & (rates <= 0)).any(axis=1)
        return np.where(urgent, np.minimum(soonest, now + HOUR), soonest)


def values_at(residents: SimpleNamespace, rows: Rows, time: int) -> Matrix:
    """The needs of these rows at `time`, int64[n, 6]."""
    since = residents.needs_since[rows][:, None]
    return lines.value_at(residents.needs[rows], residents.need_rates[rows], since, time)


def value_at(residents: SimpleNamespace, rows: Rows, need: int, time: int) -> NDArray[np.int64]:
    """One need of these rows at `time`, int64[n]; need: which of NEEDS."""
    value, rate = residents.needs[rows, need], residents.need_rates[rows, need]
    return lines.value_at(value, rate, residents.needs_since[rows], time)


def anchor(
    residents: SimpleNamespace, rows: Rows, values: Matrix, rates: Matrix | None, time: int
) -> None:
    """Let the lines of these rows begin anew at `time`; without `rates` they keep theirs."""
    residents.needs[rows] = np.minimum(np.maximum(values, 0), lines.FULL)
    if rates is not None:
        residents.need_rates[rows] = rates
    residents.needs_since[rows] = time


def first_reach(value: ArrayLike, rate: ArrayLike, now: int, level: ArrayLike) -> NDArray[np.int64]:
    """When a rising line comes to `level`; `now` if it is there, NEVER if it does not rise."""
    there = np.asarray(value) >= np.asarray(level)
    return np.where(there, now, np.minimum(lines.reaches_at(value, rate, now, level), NEVER))


def _column(values: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)
