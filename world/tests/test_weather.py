"""Weather: from the seed alone, by season, in spans that persist."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from world import events, registry
from world.advance import advance
from world.calendar import Calendar
from world.engine.gametime import DAY, HOUR
from world.models import World
from world.scenario import Scenario, ScenarioError, read
from world.weather import Weather, WeatherSpec

SPAN = 6 * HOUR


@pytest.fixture
def weather_of(hamlet: Scenario) -> Callable[[int], Weather]:
    """The weather of a hamlet with a seed."""
    days = Calendar.compile(hamlet["calendar"], hamlet["town"].first_day)
    return lambda seed: Weather(hamlet["weather"], days, seed)


def spans(weather: Weather, first_day: int, days: int) -> list[int]:
    first = first_day * DAY
    return [weather.kind_at(time) for time in range(first, first + days * DAY, SPAN)]


def test_it_depends_on_the_seed_and_not_on_who_asked_before(
    weather_of: Callable[[int], Weather],
) -> None:
    asked, fresh = weather_of(3), weather_of(3)
    assert spans(asked, 0, 60) == spans(asked, 0, 60)
    assert fresh.kind_at(59 * DAY + 5) == asked.kind_at(59 * DAY + 5)
    assert spans(weather_of(4), 0, 60) != spans(asked, 0, 60)


def test_it_lasts_a_span_and_may_change_with_the_next(
    weather_of: Callable[[int], Weather],
) -> None:
    weather = weather_of(3)
    for span in range(40):
        kinds = {weather.kind_at(span * SPAN + second) for second in (0, 1, HOUR, SPAN - 1)}
        assert len(kinds) == 1
    assert weather.next_span(0) == SPAN
    assert weather.next_span(SPAN - 1) == SPAN
    assert weather.next_span(SPAN) == 2 * SPAN


def test_it_stays_within_a_day_more_often_than_chance_would_have_it(
    weather_of: Callable[[int], Weather],
) -> None:
    same, over_night, count = 0, 0, 400
    for seed in range(count // 4):
        kinds = spans(weather_of(seed), 0, 5)
        same += sum(kinds[4 * day] == kinds[4 * day + 1] for day in range(4))
        over_night += sum(kinds[4 * day + 3] == kinds[4 * day + 4] for day in range(4))
    # 60 % stay, and of the other 40 % about 36 % are drawn the same again.
    assert 0.65 < same / count < 0.85
    assert 0.25 < over_night / count < 0.50


def test_it_follows_the_season(weather_of: Callable[[int], Weather], hamlet: Scenario) -> None:
    for first_day, key in ((0, "spring"), (91, "summer"), (183, "autumn"), (274, "winter")):
        season = next(each for each in hamlet["weather"].seasons if each.key == key)
        seen: Counter[str] = Counter()
        for seed in range(30):
            weather = weather_of(seed)
            seen.update(weather.keys[kind] for kind in spans(weather, first_day, 20))
            for day in range(first_day, first_day + 20):
                low, high = season.degrees
                assert low <= weather.degrees_at(day * DAY + HOUR) <= high
        for kind, weight in season.weights.items():
            share = 100 * seen[kind] / sum(seen.values())
            assert abs(share - weight) < 8, f"{kind} in {key}: {share:.0f} % instead of {weight} %"


def test_a_town_tells_every_change(found_town: Callable[..., World], hamlet: Scenario) -> None:
    world = found_town(seed=9)
    days = Calendar.compile(hamlet["calendar"], world.first_day)
    weather = Weather(hamlet["weather"], days, 9)
    advance(world_id=world.pk, until=4 * DAY)
    told = list(
        world.events.filter(kind=events.WEATHER)
        .order_by("seq")
        .values_list("world_time", "reason", "amount")
    )
    changes = [
        (time, weather.kind_at(time) + 1, weather.degrees_at(time))
        for time in range(SPAN, 4 * DAY + 1, SPAN)
        if time > world.instant
        and (weather.kind_at(time) != weather.kind_at(time - 1) or time % DAY == 0)
    ]
    assert told == changes


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"hours": 5}, "divide a day"),
        ({"months": [3, 4]}, "every month"),
        ({"weights": {"hail": 3}}, "weights for cloudy, rain, sunny"),
        ({"weights": {"rain": 0}}, "weights for"),
        ({"degrees": (20, 8)}, "lowest, highest"),
    ],
)
def test_weather_that_cannot_be_is_refused(
    hamlet: Scenario, change: dict[str, object], complaint: str
) -> None:
    spec: WeatherSpec = hamlet["weather"]
    if "hours" in change:
        broken = spec.model_copy(update=change)
    else:
        spring = spec.seasons[0].model_copy(update=change)
        broken = spec.model_copy(update={"seasons": [spring, *spec.seasons[1:]]})
    with pytest.raises(ValueError, match=complaint):
        broken.every_month_has_weather()  # type: ignore[operator]


def test_a_scenario_with_such_weather_is_refused(
    tmp_path: Path, read_scenario: Callable[[str], Scenario]
) -> None:
    folder = tmp_path / "sunshine"
    shutil.copytree(read_scenario("sunshine").folder, folder)
    path = folder / "weather.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("hours: 6", "hours: 7"), "utf-8")
    with pytest.raises(ScenarioError, match=r"sunshine/weather.yaml.*divide a day"):
        read(folder, registry.sections)
