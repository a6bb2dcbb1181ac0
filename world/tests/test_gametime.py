"""Game time: days, weekdays and the grid of instants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.gametime import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    WEEK,
    day_number,
    midnight_before,
    next_after,
    on_or_after,
    on_or_before,
    second_of_day,
    weekday,
)

times = st.integers(0, 2**40)
grids = st.sampled_from([1, 2, 7, 30, 60, 600])


@given(times, grids)
def test_the_grid_functions_name_the_nearest_instants(time: int, grid: int) -> None:
    around = range(time // grid * grid - 2 * grid, time + 3 * grid, grid)
    assert on_or_before(time, grid) == max(instant for instant in around if instant <= time)
    assert on_or_after(time, grid) == min(instant for instant in around if instant >= time)
    assert next_after(time, grid) == min(instant for instant in around if instant > time)


@given(times, grids)
def test_the_grid_functions_agree_with_each_other(time: int, grid: int) -> None:
    assert next_after(time, grid) == on_or_before(time, grid) + grid == on_or_after(time + 1, grid)
    on_the_grid = time % grid == 0
    assert (on_or_before(time, grid) == on_or_after(time, grid)) == on_the_grid
    assert (on_or_after(time, grid) == time) == on_the_grid


@given(st.integers(0, 2**20), st.integers(0, DAY - 1))
def test_a_time_is_the_midnight_of_its_day_and_the_second_of_it(day: int, second: int) -> None:
    time = day * DAY + second
    assert midnight_before(time) == day * DAY
    assert second_of_day(time) == second
    assert day_number(time) == day + 1
    assert weekday(time) == day % 7


def test_day_1_is_a_monday_and_day_8_the_next() -> None:
    assert (day_number(0), weekday(0)) == (1, 0)
    assert (day_number(DAY - 1), weekday(DAY - 1)) == (1, 0)
    assert (day_number(DAY), weekday(DAY)) == (2, 1)
    assert (day_number(WEEK - 1), weekday(WEEK - 1)) == (7, 6)
    assert (day_number(WEEK), weekday(WEEK)) == (8, 0)


def test_the_units_of_time_are_what_they_are_called() -> None:
    assert (MINUTE, HOUR, DAY, WEEK) == (60, 3_600, 86_400, 604_800)


@given(st.lists(times, max_size=10), grids)
def test_arrays_are_told_the_same_as_their_elements(told: list[int], grid: int) -> None:
    many = np.array(told, dtype=np.int64)
    for function in (second_of_day, midnight_before, day_number, weekday):
        answer = function(many)
        assert answer.dtype == np.int64
        assert answer.tolist() == [function(time) for time in told]
    for on_grid in (on_or_after, on_or_before, next_after):
        answer = on_grid(many, grid)
        assert answer.dtype == np.int64
        assert answer.tolist() == [on_grid(time, grid) for time in told]


@pytest.mark.parametrize("grid", [1, 30, 60, 600])
def test_never_is_later_than_a_thousand_years_and_can_be_added_to(grid: int) -> None:
    assert NEVER > 1000 * 366 * DAY
    latest = np.array([NEVER], dtype=np.int64)
    assert on_or_after(latest, grid)[0] >= NEVER
    assert (latest + latest - 1)[0] > NEVER
