"""Duty: the hours at which somebody is expected at work or school."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.gametime import (
    DAY,
    DAYS_OF_A_WEEK,
    NEVER,
    midnight_before,
    second_of_day,
    weekday,
)

if TYPE_CHECKING:
    from agents.sections import OccupationSpec

Codes = NDArray[np.int64]

EVERY_DAY = 2**DAYS_OF_A_WEEK - 1
"""The workdays of somebody without a free day, as bits, Monday lowest."""


def _days_until_next() -> NDArray[np.int64]:
    """int64[128, 7]: days from a weekday to the next workday after it, 0 if there is none."""
    table = np.zeros((EVERY_DAY + 1, DAYS_OF_A_WEEK), dtype=np.int64)
    for workdays in range(1, EVERY_DAY + 1):
        for today in range(DAYS_OF_A_WEEK):
            table[workdays, today] = next(
                days
                for days in range(1, DAYS_OF_A_WEEK + 1)
                if workdays >> (today + days) % DAYS_OF_A_WEEK & 1
            )
    return table


_NEXT_WORKDAY = _days_until_next()


@dataclass(frozen=True)
class Shifts:
    """The scenario's shifts, one row each; row 0 is no shift at all.

    begins, ends, break_begins, break_ends: game seconds of the day; a break of no length is none.
    Who works on which days stands with each person, one bit a day, Monday lowest.
    """

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    break_begins: NDArray[np.int64]
    break_ends: NDArray[np.int64]

    @classmethod
    def compile(cls, occupations: Iterable["OccupationSpec"]) -> "Shifts":
        """From the shifts of the section `occupations`, in its order."""
        none = (0, 0)
        shifts = [shift for occupation in occupations for shift in occupation.shifts]
        table = np.array(
            [[0, 0, 0, 0], *([*shift.hours, *(shift.pause or none)] for shift in shifts)],
            dtype=np.int64,
        )
        return cls(*(np.ascontiguousarray(column) for column in table.T))

    def on_duty(self, shift: Codes, workdays: Codes, time: ArrayLike) -> NDArray[np.bool_]:
        """Whether each person is expected at work at `time`, breaks excluded."""
        moment = np.asarray(time, dtype=np.int64)
        second = second_of_day(moment)
        pausing = (self.break_begins[shift] <= second) & (second < self.break_ends[shift])
        at_work = (self.begins[shift] <= second) & (second < self.ends[shift])
        return _works(workdays, moment) & at_work & ~pausing

    def near_duty(
        self, shift: Codes, workdays: Codes, time: ArrayLike, within: int
    ) -> NDArray[np.bool_]:
        """Whether `time` lies in each person's hours of work, or less than `within` from them."""
        moment = np.asarray(time, dtype=np.int64)
        second = second_of_day(moment)
        near = (self.begins[shift] - within < second) & (second < self.ends[shift] + within)
        return _works(workdays, moment) & near

    def free_at(self, shift: Codes, time: ArrayLike) -> NDArray[np.int64]:
        """When duty that goes on at `time` next stops: for the break or for the day."""
        moment = np.asarray(time, dtype=np.int64)
        second = second_of_day(moment)
        pause = self.break_begins[shift]
        to_come = (second < pause) & (pause < self.break_ends[shift])
        return midnight_before(moment) + np.where(to_come, pause, self.ends[shift])

    def called_at(self, shift: Codes, workdays: Codes, time: int) -> NDArray[np.int64]:
        """When each person is next expected to begin or to come back from a break: after `time`."""
        passed = int(self._calls.searchsorted(second_of_day(time), side="right"))
        return self._called_between(midnight_before(time), passed)[shift, workdays]

    @cached_property
    def _calls(self) -> NDArray[np.int64]:
        """The seconds of a day at which anybody may be called, ascending."""
        return np.unique([self.begins, self.break_ends])

    @cached_property
    def _called_between(self) -> Callable[[int, int], NDArray[np.int64]]:
        # Between two of these seconds nobody's next call changes.
        return lru_cache(maxsize=1)(self._called_after)

    def _called_after(self, midnight: int, passed: int) -> NDArray[np.int64]:
        """When those of each shift and with any workdays are next called on a day on which so many
        of `_calls` have passed, int64[S, 128]."""
        second, today = np.append(-1, self._calls)[passed], weekday(midnight)
        begins, resumes = self.begins[:, None], self.break_ends[:, None]
        workdays = np.arange(EVERY_DAY + 1)
        works_today = workdays >> today & 1 == 1
        days = _NEXT_WORKDAY[workdays, today]
        called = np.where(days > 0, midnight + days * DAY + begins, NEVER)
        pauses = resumes > self.break_begins[:, None]
        called = np.where(works_today & pauses & (second < resumes), midnight + resumes, called)
        called = np.where(works_today & (second < begins), midnight + begins, called)
        return np.where(self.ends[:, None] > begins, called, NEVER)


def _works(workdays: Codes, moment: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the day of each moment is one of these workdays."""
    return np.asarray(workdays >> weekday(moment) & 1 == 1)
