"""Lines: quantities that change steadily, kept as (value, rate, since).

Values are milli-points from 0 to 100,000 and rates milli-points per game hour, both integers. A
line is read at any time without being touched, and says in closed form when it will reach a level,
so nobody has to look at it until then. Only a rule re-anchors it.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.gametime import HOUR, NEVER

POINT = 1_000
"""Milli-points in a point."""
FULL = 100 * POINT
"""The highest value of a line, 100 points in milli-points."""


def value_at(
    value: ArrayLike, rate: ArrayLike, since: ArrayLike, time: ArrayLike
) -> NDArray[np.int64]:
    """The value of each line at `time`, kept within 0 and FULL; arguments broadcast together."""
    elapsed = np.asarray(time, dtype=np.int64) - np.asarray(since, dtype=np.int64)
    grown = np.asarray(rate, dtype=np.int64) * elapsed // HOUR
    return np.minimum(np.maximum(np.asarray(value, dtype=np.int64) + grown, 0), FULL)


def reaches_at(
    value: ArrayLike, rate: ArrayLike, since: ArrayLike, level: ArrayLike
) -> NDArray[np.int64]:
    """When each line next comes to `level` from where it is: game seconds, or NEVER.

    A falling line has come to it as soon as its value is at or below the level, a rising one at or
    above. A line that is there already, or moves away from it, never comes to it.
    """
    start, slope, begin, goal = (
        np.asarray(each, dtype=np.int64) for each in (value, rate, since, level)
    )
    gap = goal - start
    approaching = (gap * slope > 0) & (goal >= 0) & (goal <= FULL)
    speed = np.maximum(np.abs(slope), 1)
    # value_at rounds down, so a falling line is there one rounding early: on the first second at
    # which the exact value lies less than one milli-point above the level. A rising one is there
    # on the first second at which the exact value has come to it.
    early = np.where(slope < 0, HOUR, 1)
    wait = (np.abs(gap) * HOUR - early) // speed + 1
    return np.where(approaching, begin + wait, NEVER)
