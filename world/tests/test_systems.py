"""The rules of the stage alone: a town without people still has its days and its weather."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from world import events
from world.calendar import Calendar
from world.engine.columns import Columns, Table
from world.engine.gametime import DAY, HOUR
from world.engine.inbox import Stamp
from world.engine.pipeline import Pipeline, System
from world.scenario import Scenario
from world.systems.calendar import CalendarMoments
from world.systems.weather import WeatherChanges
from world.weather import Weather

GRID = 30

starts = st.integers(0, 20 * DAY // GRID).map(lambda step: step * GRID)


def empty_town(
    scenario: Scenario, seed: int, start: int, systems: Sequence[type[System]]
) -> Pipeline:
    calendar = Calendar.compile(scenario["calendar"], scenario["town"].first_day)
    weather = Weather(scenario["weather"], calendar, seed)
    nobody = Table("residents", [], numbers=[], identities=[], arrays={})
    return Pipeline(
        systems=systems,
        columns=Columns([nobody]),
        constants={"calendar": calendar, "weather": weather},
        seed=seed,
        grid=GRID,
        position=Stamp(start),
        actors="residents",
    )


def live(town: Pipeline, until: int) -> list[int]:
    """Live a town and return the instants at which it had something to do."""
    instants = []
    while (stamp := town.next_stamp([])).instant <= until:
        town.live(stamp, [])
        instants.append(stamp.instant)
    return instants


@given(starts)
def test_moments_are_told_as_they_come_and_nothing_wakes_a_town_between_them(
    hamlet: Scenario, start: int
) -> None:
    town = empty_town(hamlet, 7, start, [CalendarMoments])
    instants = live(town, start + 2 * DAY)
    told = town.log.take().rows
    times = [moment.at for moment in hamlet["calendar"].moments]
    expected = [
        (day * DAY + time, number)
        for day in range(start // DAY, start // DAY + 3)
        for number, time in enumerate(times, start=1)
        if start < day * DAY + time <= start + 2 * DAY
    ]
    assert list(zip(told["world_time"].tolist(), told["reason"].tolist(), strict=True)) == expected
    assert instants == [time for time, _ in expected]
    assert np.all(told["kind"] == events.MOMENT)


@given(starts, st.integers(0, 2**32 - 1))
def test_the_weather_that_was_told_last_is_the_weather(
    hamlet: Scenario, start: int, seed: int
) -> None:
    town = empty_town(hamlet, seed, start, [WeatherChanges])
    weather = Weather(
        hamlet["weather"],
        Calendar.compile(hamlet["calendar"], hamlet["town"].first_day),
        seed,
    )
    live(town, start + 3 * DAY)
    told = town.log.take().rows
    assert np.all(told["kind"] == events.WEATHER)
    kind, degrees = weather.kind_at(start), weather.degrees_at(start)
    changes = {int(row["world_time"]): row for row in told}
    assert len(changes) == len(told)
    first = start - start % HOUR + HOUR
    for time in range(first, start + 3 * DAY + 1, HOUR):
        if time in changes:
            changed = int(changes[time]["reason"]) - 1
            assert changed != kind or time % DAY == 0, "only changes and new days are told"
            kind, degrees = changed, int(changes[time]["amount"])
        assert (kind, degrees) == (weather.kind_at(time), weather.degrees_at(time))
