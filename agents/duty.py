"""Duty: the hours at which somebody is expected at work or school."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

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
Times = int | NDArray[np.int64]


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

    def on_duty(self, shift: Codes, workdays: Codes, time: Times) -> NDArray[np.bool_]:
        """Whether each person is expected at work at `time`, breaks excluded."""
        second = second_of_day(time)
        today = (workdays >> weekday(time)) & 1 == 1
        pausing = (self.break_begins[shift] <= second) & (second < self.break_ends[shift])
        return today & (self.begins[shift] <= second) & (second < self.ends[shift]) & ~pausing

    def near_duty(
        self, shift: Codes, workdays: Codes, time: Times, within: int
    ) -> NDArray[np.bool_]:
        """Whether `time` lies in each person's hours of work, or less than `within` from them."""
        second = second_of_day(time)
        today = (workdays >> weekday(time)) & 1 == 1
        return today & (self.begins[shift] - within < second) & (second < self.ends[shift] + within)

    def free_at(self, shift: Codes, time: Times) -> NDArray[np.int64]:
        """When duty that goes on at `time` next stops: for the break or for the day."""
        second = second_of_day(time)
        pause = self.break_begins[shift]
        to_come = (second < pause) & (pause < self.break_ends[shift])
        return midnight_before(time) + np.where(to_come, pause, self.ends[shift])

    def called_at(self, shift: Codes, workdays: Codes, time: int) -> NDArray[np.int64]:
        """When each person is next expected to begin or to come back from a break: after `time`."""
        second = second_of_day(time)
        midnight = midnight_before(time)
        called = np.full(shift.shape, NEVER, dtype=np.int64)
        for day in range(DAYS_OF_A_WEEK, -1, -1):
            works = (workdays >> ((weekday(time) + day) % DAYS_OF_A_WEEK)) & 1 == 1
            for moment, valid in (
                (self.break_ends[shift], self.break_ends[shift] > self.break_begins[shift]),
                (self.begins[shift], self.ends[shift] > self.begins[shift]),
            ):
                ahead = works & valid & (day * DAY + moment > second)
                called = np.where(ahead, midnight + day * DAY + moment, called)
        return called
