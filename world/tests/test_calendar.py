"""The calendar: moments, dates, and the events that tell them."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world import events
from world.advance import advance
from world.calendar import Calendar, CalendarSpec, MomentSpec, PeriodSpec, write_world_time
from world.engine.gametime import DAY, HOUR, MINUTE
from world.models import World
from world.scenario import Bilingual, Scenario

MONDAY = dt.date(2026, 3, 2)
NAME = Bilingual(zh="时", en="time")


def calendar(*times: int) -> Calendar:
    moments = [
        MomentSpec.model_construct(key=f"m{index}", name=NAME, at=time)
        for index, time in enumerate(times)
    ]
    return Calendar.compile(CalendarSpec.model_construct(moments=moments, periods=[]), MONDAY)


@given(
    st.lists(st.integers(0, DAY - 1), min_size=1, max_size=6, unique=True).map(sorted),
    st.integers(0, 9 * DAY),
)
def test_the_next_moment_is_the_first_one_that_comes(times: list[int], after: int) -> None:
    days = calendar(*times)
    coming = [day * DAY + time for day in range(12) for time in times]
    assert days.next_moment(after) == min(time for time in coming if time > after)
    assert days.moment_at(days.next_moment(after)) is not None


def test_only_its_own_time_is_a_moment() -> None:
    days = calendar(0, 6 * HOUR)
    assert days.moment_at(3 * DAY) == 0
    assert days.moment_at(3 * DAY + 6 * HOUR) == 1
    assert days.moment_at(3 * DAY + 6 * HOUR + 30) is None


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (0, "2026-03-02T00:00:00"),
        (6 * HOUR, "2026-03-02T06:00:00"),
        (DAY - 1, "2026-03-02T23:59:59"),
        (30 * DAY + 90 * MINUTE, "2026-04-01T01:30:00"),
        (365 * DAY, "2027-03-02T00:00:00"),
    ],
)
def test_game_time_is_written_as_a_date_without_offset(time: int, written: str) -> None:
    assert write_world_time(MONDAY, time) == written
    assert calendar(0).date(time).isoformat() == written[:10]


@pytest.mark.parametrize("times", [[HOUR, HOUR], [2 * HOUR, HOUR], [0, DAY]])
def test_times_out_of_order_are_refused(times: list[int]) -> None:
    moments = [MomentSpec.model_construct(key="m", name=NAME, at=time) for time in times]
    periods = [PeriodSpec.model_construct(key="p", name=NAME, since=0)]
    with pytest.raises(ValueError, match="each later than the one before"):
        CalendarSpec.model_construct(moments=moments, periods=periods).in_the_order_of_the_day()  # type: ignore[operator]


def test_a_town_tells_every_moment_of_its_days(
    found_town: Callable[..., World], hamlet: Scenario
) -> None:
    world = found_town()
    advance(world_id=world.pk, until=3 * DAY)
    told = world.events.filter(kind=events.MOMENT).order_by("seq")
    times = [moment.at for moment in hamlet["calendar"].moments]
    coming = [(day * DAY + time, index + 1) for day in range(4) for index, time in enumerate(times)]
    assert list(told.values_list("world_time", "reason")) == [
        (time, reason) for time, reason in coming if world.instant < time <= 3 * DAY
    ]
