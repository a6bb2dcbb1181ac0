"""Shifts, against a plain walk through the minutes of a week."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.duty import EVERY_DAY, Shifts
from world.engine.gametime import DAY, HOUR, MINUTE, NEVER, WEEK, second_of_day, weekday

NONE, DAY_SHIFT, LATE = 0, 1, 2
SHIFTS = Shifts(
    begins=np.array([0, 9 * HOUR, 16 * HOUR]),
    ends=np.array([0, 18 * HOUR, 22 * HOUR]),
    break_begins=np.array([0, 12 * HOUR, 0]),
    break_ends=np.array([0, 13 * HOUR, 0]),
)
shifts = st.sampled_from([NONE, DAY_SHIFT, LATE])
workdays = st.integers(0, EVERY_DAY)
minutes = st.integers(0, 2 * WEEK // MINUTE).map(lambda minute: minute * MINUTE)


def expected(shift: int, days: int, time: int) -> bool:
    """The plain version of `on_duty`."""
    second, today = second_of_day(time), weekday(time)
    if not days >> today & 1:
        return False
    pausing = SHIFTS.break_begins[shift] <= second < SHIFTS.break_ends[shift]
    return bool(SHIFTS.begins[shift] <= second < SHIFTS.ends[shift] and not pausing)


def one(value: int) -> np.ndarray:
    return np.array([value], dtype=np.int64)


@given(shifts, workdays, minutes)
def test_on_duty(shift: int, days: int, time: int) -> None:
    assert SHIFTS.on_duty(one(shift), one(days), time)[0] == expected(shift, days, time)


@given(shifts, workdays, minutes)
def test_called_at_is_the_next_minute_at_which_duty_begins(
    shift: int, days: int, time: int
) -> None:
    called = int(SHIFTS.called_at(one(shift), one(days), time)[0])
    quarter = 15 * MINUTE  # every shift and break begins and ends on one
    first = time // quarter * quarter + quarter
    begins = [
        moment
        for moment in range(first, first + WEEK + quarter, quarter)
        if expected(shift, days, moment) and not expected(shift, days, moment - 1)
    ]
    assert called == (begins[0] if begins else NEVER)


@given(st.sampled_from([DAY_SHIFT, LATE]), workdays, minutes)
def test_free_at_is_when_duty_that_goes_on_stops(shift: int, days: int, time: int) -> None:
    if not expected(shift, days, time):
        return
    free = int(SHIFTS.free_at(one(shift), time)[0])
    assert expected(shift, days, free - 1)
    assert not expected(shift, days, free)
    assert free - time < DAY


@given(shifts, workdays, minutes)
def test_near_duty_reaches_beyond_the_hours_on_workdays(shift: int, days: int, time: int) -> None:
    near = SHIFTS.near_duty(one(shift), one(days), time, HOUR)[0]
    if expected(shift, days, time):
        assert near
    if near:
        assert days >> weekday(time) & 1
