"""Lines: what is read of them at a time, and when they come to a level."""

from fractions import Fraction
from math import floor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from world.engine.gametime import DAY, HOUR, NEVER
from world.engine.lines import FULL, reaches_at, value_at
from world.tests.grounds import unhurried

HORIZON = 6 * HOUR
"""How far ahead brute force looks."""

values = st.integers(0, FULL)
rates = st.integers(-200_000, 200_000)
times = st.integers(0, 400 * DAY)
Line = tuple[int, int, int]
lines = st.tuples(values, rates, times)


@st.composite
def approaches(draw: st.DrawFn) -> tuple[Line, int]:
    """A line and a level at most a few thousand milli-points away, so that many are reached."""
    value, rate, since = draw(lines)
    level = draw(st.one_of(values, st.integers(max(value - 3000, 0), min(value + 3000, FULL))))
    return (value, rate, since), level


@given(lines, st.integers(0, 60 * DAY))
def test_a_value_is_its_exact_one_rounded_down_and_kept_within_bounds(
    line: Line, elapsed: int
) -> None:
    value, rate, since = line
    exact = value + Fraction(rate * elapsed, HOUR)
    assert value_at(value, rate, since, since + elapsed) == min(max(floor(exact), 0), FULL)


@given(lines)
def test_a_line_has_its_own_value_where_it_was_anchored(line: Line) -> None:
    value, rate, since = line
    assert value_at(value, rate, since, since) == value


def test_a_line_that_falls_four_points_an_hour_is_empty_after_a_day_and_an_hour_and_stays_so() -> (
    None
):
    hours = np.array([0, 1, 24, 25, 26, 10_000]) * HOUR
    told = value_at(FULL, -4000, 0, hours)
    assert told.tolist() == [100_000, 96_000, 4_000, 0, 0, 0]


def test_a_line_that_rises_stops_when_it_is_full() -> None:
    hours = np.array([0, 1, 2, 3, 10_000]) * HOUR
    assert value_at(70_000, 12_000, 0, hours).tolist() == [70_000, 82_000, 94_000, FULL, FULL]


@given(st.lists(lines, min_size=1, max_size=8), times)
def test_a_line_is_never_touched_by_being_read(each: list[Line], time: int) -> None:
    value, rate, since = (np.array(part, dtype=np.int64) for part in zip(*each, strict=True))
    before = value.copy(), rate.copy(), since.copy()
    first = value_at(value, rate, since, time)
    reaches_at(value, rate, since, 30_000)
    assert value_at(value, rate, since, time).tolist() == first.tolist()
    for now, then in zip((value, rate, since), before, strict=True):
        assert now.tolist() == then.tolist()


@unhurried
@given(approaches())
def test_a_line_reaches_a_level_at_the_first_second_at_which_its_value_has_come_to_it(
    case: tuple[Line, int],
) -> None:
    (value, rate, since), level = case
    told = int(reaches_at(value, rate, since, level))
    if level == value or rate == 0 or (level > value) != (rate > 0):
        assert told == NEVER
        return
    seconds = since + np.arange(HORIZON)
    ahead = value_at(value, rate, since, seconds)
    there = np.flatnonzero(ahead >= level if rate > 0 else ahead <= level)
    if len(there):
        assert told == seconds[there[0]]
    else:
        assert seconds[-1] < told < NEVER


@given(approaches())
def test_when_a_level_is_reached_the_line_has_come_to_it_and_a_second_before_it_had_not(
    case: tuple[Line, int],
) -> None:
    (value, rate, since), level = case
    told = int(reaches_at(value, rate, since, level))
    if told == NEVER:
        return
    before, then = value_at(value, rate, since, np.array([told - 1, told]))
    assert before < level <= then if rate > 0 else before > level >= then


def test_a_slow_line_reaches_its_level_on_a_second_far_ahead() -> None:
    # One milli-point an hour: the value rounds down to 29,999 within the first second.
    assert reaches_at(30_000, -1, 1000, 29_999) == 1001
    assert reaches_at(30_000, -1, 1000, 29_998) == 1000 + HOUR + 1
    assert reaches_at(30_000, 1, 1000, 30_002) == 1000 + 2 * HOUR


@given(values, times, values)
def test_a_line_that_stands_still_never_reaches_anything(
    value: int, since: int, level: int
) -> None:
    assert reaches_at(value, 0, since, level) == NEVER


@given(lines)
def test_a_line_never_reaches_the_level_at_which_it_is(line: Line) -> None:
    value, rate, since = line
    assert reaches_at(value, rate, since, value) == NEVER


@given(lines, st.one_of(st.integers(-50_000, -1), st.integers(FULL + 1, 2 * FULL)))
def test_a_line_never_reaches_a_level_beyond_its_bounds(line: Line, level: int) -> None:
    assert reaches_at(*line, level) == NEVER


def test_a_line_reaches_its_bounds() -> None:
    # The exact value falls below one milli-point after 3,596.4 seconds, and is rounded down.
    assert reaches_at(1_000, -1_000, 0, 0) == 3_597
    assert reaches_at(99_000, 1_000, 0, FULL) == HOUR


@given(st.lists(st.tuples(approaches(), times), min_size=1, max_size=12))
def test_many_lines_are_read_as_each_is_alone(cases: list[tuple[tuple[Line, int], int]]) -> None:
    value, rate, since = np.array([line for (line, _), _ in cases], dtype=np.int64).T
    level = np.array([level for (_, level), _ in cases])
    time = np.array([time for _, time in cases])
    assert value_at(value, rate, since, time).tolist() == [
        int(value_at(*line, time)) for (line, _), time in cases
    ]
    assert reaches_at(value, rate, since, level).tolist() == [
        int(reaches_at(*line, level)) for (line, level), _ in cases
    ]


def test_the_six_lines_of_everybody_are_read_in_one_go() -> None:
    people = value_at([[10_000, 20_000], [30_000, 40_000]], [-1_000, 0], [[0], [HOUR]], 2 * HOUR)
    assert people.tolist() == [[8_000, 20_000], [29_000, 40_000]]
    reached = reaches_at([[10_000, 20_000], [30_000, 40_000]], [-3_600, 0], [[0], [HOUR]], 9_000)
    assert reached.tolist() == [[1000, NEVER], [HOUR + 20_999 + 1, NEVER]]
