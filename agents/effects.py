"""Effects: what the options of a town change of which need, how long they take, whom they suit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.activities import Activities, Where
from agents.needs import ENERGY

Numbers = NDArray[np.int64]

UNBOUNDED = 2**40
"""Milli-points beyond everything that can come about."""


@dataclass(frozen=True)
class Effects:
    """What C options change of which need: K pairs of a column and a need, int64[K].

    cell: need x C + column. gains: milli-points when it is done. raises: milli-points per game
    hour while it is done, -UNBOUNDED where it does not raise the need. sinks: the same where it
    sets a rate at which the need sinks, UNBOUNDED elsewhere.
    """

    column: Numbers
    need: Numbers
    cell: Numbers
    gains: Numbers
    raises: Numbers
    sinks: Numbers

    @classmethod
    def compile(cls, activities: Activities, activity: Numbers, gains: Numbers) -> "Effects":
        """activity: int64[C], that of each column. gains: int64[C, 6]."""
        fixed, rates = activities.fixed[activity], activities.rates[activity]
        need, column = np.nonzero((fixed | (gains != 0)).T)
        pairs = (column, need)
        return cls(
            column=column,
            need=need,
            cell=need * len(activity) + column,
            gains=gains[pairs],
            raises=np.where((fixed & (rates > 0))[pairs], rates[pairs], -UNBOUNDED),
            sinks=np.where((fixed & (rates <= 0))[pairs], rates[pairs], UNBOUNDED),
        )


@dataclass(frozen=True)
class Spans:
    """How long C options take, int64[C] game seconds: at least, and as a rule. beds: the columns of
    those that last until one has rested; bed_shortest, bed_longest: of these, and bed_rates:
    milli-points of energy per game hour, at least 1.

    anywhere, sociable: bool[C], whether it can be done wherever one is, and whether it takes
    company.
    """

    shortest: Numbers
    usual: Numbers
    beds: Numbers
    bed_shortest: Numbers
    bed_longest: Numbers
    bed_rates: Numbers
    anywhere: NDArray[np.bool_]
    sociable: NDArray[np.bool_]

    @classmethod
    def compile(cls, activities: Activities, activity: Numbers) -> "Spans":
        """activity: int64[C], that of each column."""
        shortest, longest = activities.shortest[activity], activities.longest[activity]
        beds = np.flatnonzero(activities.until_rested[activity])
        return cls(
            shortest=shortest,
            usual=(shortest + longest) // 2,
            beds=beds,
            bed_shortest=shortest[beds],
            bed_longest=longest[beds],
            bed_rates=np.maximum(activities.rates[activity[beds], ENERGY], 1),
            anywhere=activities.where[activity] == Where.ANYWHERE,
            sociable=activities.sociable[activity],
        )


@dataclass(frozen=True)
class Leanings:
    """Which options suit whom: pairs of a column and a trait, int64[L], by column.

    points: milli-points of utility at a trait of 100, and as much less at 0. begins: where the
    pairs of each of `columns` begin.
    """

    trait: Numbers
    points: Numbers
    columns: Numbers
    begins: Numbers

    @classmethod
    def compile(cls, activities: Activities, activity: Numbers) -> "Leanings":
        """activity: int64[C], that of each column."""
        points = activities.traits[activity]
        column, trait = np.nonzero(points)
        columns, begins = np.unique(column, return_index=True)
        return cls(trait=trait, points=points[column, trait], columns=columns, begins=begins)
