"""Times of day, hours of a day and the hours of a week, as a scenario tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.gametime import DAY, HOUR, MINUTE
from world.sections import (
    parse_hours,
    parse_time_of_day,
    parse_week,
    write_hours,
    write_time_of_day,
    write_week,
)


@given(st.integers(0, DAY // MINUTE).map(lambda minutes: minutes * MINUTE))
def test_a_time_of_day_is_read_as_it_is_written(second: int) -> None:
    assert parse_time_of_day(write_time_of_day(second)) == second


def test_times_of_day_go_from_midnight_to_midnight() -> None:
    assert parse_time_of_day("00:00") == 0
    assert parse_time_of_day("07:30") == 7 * HOUR + 30 * MINUTE
    assert parse_time_of_day("24:00") == DAY
    assert write_time_of_day(7 * HOUR + 30 * MINUTE) == "07:30"


@pytest.mark.parametrize(
    "told", ["24:01", "07:60", "7:30", "07.30", "07:3a", "-1:30", "07:30:00", "", 450, None]
)
def test_what_is_no_time_of_day_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="expected a time of day"):
        parse_time_of_day(told)


minutes = st.integers(0, DAY // MINUTE)
hours = st.one_of(
    st.just((0, 0)),
    st.lists(minutes, min_size=2, max_size=2, unique=True).map(
        lambda pair: (min(pair) * MINUTE, max(pair) * MINUTE)
    ),
)


@given(st.lists(hours, min_size=7, max_size=7))
def test_the_hours_of_a_week_are_read_as_they_are_written(week: list[tuple[int, int]]) -> None:
    assert parse_week(write_week(week)) == week
    assert [parse_hours(write_hours(told)) for told in week] == week


@pytest.mark.parametrize(
    "told",
    ["23:00-07:00", "07:00-07:00", "07:00", "07:00-12:00-13:00", "open", "", 0, None, False],
)
def test_what_are_no_hours_are_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r"^expected (hours within one day|a time of day)"):
        parse_hours(told)


def test_a_week_can_be_told_in_short() -> None:
    nine_to_five = (9 * HOUR, 17 * HOUR)
    assert parse_week("always") == [(0, DAY)] * 7
    assert parse_week({"daily": "09:00-17:00"}) == [nine_to_five] * 7
    working_week = parse_week({"weekdays": "09:00-17:00", "weekend": "closed"})
    assert working_week == [nine_to_five] * 5 + [(0, 0)] * 2
    assert parse_week(["closed"] * 6 + ["09:00-17:00"]) == [(0, 0)] * 6 + [nine_to_five]


@pytest.mark.parametrize(
    "told",
    [
        "never",
        {"daily": "09:00-17:00", "weekend": "closed"},
        {"weekdays": "09:00-17:00"},
        ["closed"] * 6,
        ["closed"] * 8,
        {},
        [],
        None,
    ],
)
def test_what_is_no_week_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="expected always"):
        parse_week(told)
