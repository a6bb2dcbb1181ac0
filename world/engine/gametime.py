"""Game time: whole game seconds since midnight of day 1, which is a Monday.

All functions take and give integers or int64 arrays alike. They divide and multiply back, for
numpy takes several times as long for a remainder.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Seconds = TypeVar("Seconds", int, NDArray[np.int64])

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
DAYS_OF_A_WEEK = 7
WEEK = DAYS_OF_A_WEEK * DAY

NEVER = 2**62
"""The time of what is not going to happen; later than every instant, and safe to add to."""


def second_of_day(time: Seconds) -> Seconds:
    """Game seconds since the last midnight, 0 to 86,399."""
    return time - midnight_before(time)


def midnight_before(time: Seconds) -> Seconds:
    """The midnight at which the day of `time` began."""
    return time // DAY * DAY


def day_number(time: Seconds) -> Seconds:
    """1 on the first day."""
    return time // DAY + 1


def weekday(time: Seconds) -> Seconds:
    """0 on Mondays to 6 on Sundays."""
    days = time // DAY
    return days - days // DAYS_OF_A_WEEK * DAYS_OF_A_WEEK


def on_or_after(time: Seconds, grid: int) -> Seconds:
    """The first instant of the grid that is not before `time`."""
    return -(-time // grid) * grid


def on_or_before(time: Seconds, grid: int) -> Seconds:
    """The last instant of the grid that is not after `time`."""
    return time // grid * grid


def next_after(time: Seconds, grid: int) -> Seconds:
    """The first instant of the grid that is later than `time`."""
    return (time // grid + 1) * grid
