"""Activities: what can be done, where, for how long, and what it does to one's needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.needs import NEEDS, TRAITS, milli
from world.engine.gametime import DAY, MINUTE

if TYPE_CHECKING:
    from agents.sections import ActivitySpec, NeedName

SKILLS = ("programming", "design", "art", "social", "teaching", "cooking", "business")
SEARCH, CREATE, ENTERTAIN = "job-search", "create", "entertain"
"""The keys of the activities by which people find work, make works of art and amuse themselves."""
SHOP = "shop"
"""The key of the activity on which people spend by their means."""

HALF_HOURS = 48
HALF_HOUR = DAY // HALF_HOURS


class Where(IntEnum):
    """Where an activity can be done."""

    ANYWHERE = 0
    OFFERED = 1
    HOME = 2
    WORKPLACE = 3
    STREET = 4


@dataclass(frozen=True)
class Activities:
    """The scenario's activities, one row each; the row is the activity's code.

    where: Where. shortest, longest: game seconds. rates: milli-points per game hour, int64[A, 6],
    valid where `fixed`; elsewhere one's needs sink as ever. gains: milli-points at the end,
    int64[A, 6]; gains_at: what a kind of place adds, by (kind, code). until_rested: it ends when
    one has slept enough. skill: index into SKILLS, -1 for none. is_duty: it is what some occupation
    expects. seeks_work, makes_art, entertains: what comes of it. by_means: the rich spend more on
    it. sociable: it takes company. firm: it is given up only for a critical need. appeal: milli-
    points of utility. traits: the same at a trait of 100 (and as much less at 0), int64[A, 5].
    hours: the same by half hour of the day, int64[A, 48].
    """

    keys: tuple[str, ...]
    gains_at: dict[tuple[str, int], NDArray[np.int64]]
    where: NDArray[np.int64]
    shortest: NDArray[np.int64]
    longest: NDArray[np.int64]
    rates: NDArray[np.int64]
    fixed: NDArray[np.bool_]
    gains: NDArray[np.int64]
    until_rested: NDArray[np.bool_]
    skill: NDArray[np.int64]
    is_duty: NDArray[np.bool_]
    seeks_work: NDArray[np.bool_]
    makes_art: NDArray[np.bool_]
    by_means: NDArray[np.bool_]
    entertains: NDArray[np.bool_]
    sociable: NDArray[np.bool_]
    firm: NDArray[np.bool_]
    appeal: NDArray[np.int64]
    traits: NDArray[np.int64]
    hours: NDArray[np.int64]
    codes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def compile(cls, specs: list["ActivitySpec"]) -> "Activities":
        """From the section `activities`."""
        count = len(specs)
        rates = np.zeros((count, len(NEEDS)), dtype=np.int64)
        fixed = np.zeros((count, len(NEEDS)), dtype=np.bool_)
        gains = np.zeros((count, len(NEEDS)), dtype=np.int64)
        traits = np.zeros((count, len(TRAITS)), dtype=np.int64)
        hours = np.zeros((count, HALF_HOURS), dtype=np.int64)
        for code, spec in enumerate(specs):
            for need, points in spec.rates.items():
                rates[code, NEEDS.index(need)] = milli(points)
                fixed[code, NEEDS.index(need)] = True
            gains[code] = need_vector(spec.gains)
            for trait, points in spec.traits.items():
                traits[code, TRAITS.index(trait)] = milli(points)
            for habit in spec.hours:
                hours[code] += span_of_day(habit.since, habit.until) * milli(habit.points)
        keys = tuple(spec.key for spec in specs)
        return cls(
            keys=keys,
            gains_at={
                (kind, code): need_vector(points)
                for code, spec in enumerate(specs)
                for kind, points in spec.gains_at.items()
            },
            where=_column(Where[spec.where.upper()] for spec in specs),
            shortest=_column(spec.minutes[0] * MINUTE for spec in specs),
            longest=_column(spec.minutes[1] * MINUTE for spec in specs),
            rates=rates,
            fixed=fixed,
            gains=gains,
            until_rested=_flags(spec.until_rested for spec in specs),
            skill=_column(SKILLS.index(spec.skill) if spec.skill else -1 for spec in specs),
            is_duty=_flags(spec.where == "workplace" for spec in specs),
            seeks_work=_flags(key == SEARCH for key in keys),
            makes_art=_flags(key == CREATE for key in keys),
            by_means=_flags(key == SHOP for key in keys),
            entertains=_flags(key == ENTERTAIN for key in keys),
            sociable=_flags(spec.sociable for spec in specs),
            firm=_flags(spec.firm for spec in specs),
            appeal=_column(milli(spec.appeal) for spec in specs),
            traits=traits,
            hours=hours,
            codes={key: code for code, key in enumerate(keys)},
        )


def need_vector(points: "Mapping[NeedName, float]") -> NDArray[np.int64]:
    """Points by need as milli-points, int64[6]."""
    vector = np.zeros(len(NEEDS), dtype=np.int64)
    for need, amount in points.items():
        vector[NEEDS.index(need)] = milli(amount)
    return vector


def span_of_day(since: int, until: int) -> NDArray[np.int64]:
    """1 for every half hour of the day from `since` to `until` (may pass midnight), else 0."""
    starts = np.arange(HALF_HOURS) * HALF_HOUR
    if since <= until:
        return ((since <= starts) & (starts < until)).astype(np.int64)
    return ((since <= starts) | (starts < until)).astype(np.int64)


def _column(values: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)


def _flags(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.array(list(values), dtype=np.bool_)
