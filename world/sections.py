"""The scenario files that describe the stage: town, zones, roads, ponds and places."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PositiveInt,
)

from world.engine.gametime import DAY, DAYS_OF_A_WEEK, HOUR, MINUTE
from world.map import check_map
from world.scenario import Bilingual, Scenario, Section, Strict

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""A stable name in kebab case."""


def parse_time_of_day(text: object) -> int:
    """Game seconds since midnight of "HH:MM" (00:00 to 24:00). Raises ValueError otherwise."""
    if isinstance(text, str) and len(text) == 5 and text[2] == ":":
        hours, minutes = text[:2], text[3:]
        if hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60:
            seconds = (int(hours) * 60 + int(minutes)) * MINUTE
            if seconds <= DAY:
                return seconds
    raise ValueError('expected a time of day such as "07:30", in quotes')


def write_time_of_day(second: int) -> str:
    """ "HH:MM", as `parse_time_of_day` reads it."""
    return f"{second // HOUR:02}:{second % HOUR // MINUTE:02}"


TimeOfDay = Annotated[int, BeforeValidator(parse_time_of_day), PlainSerializer(write_time_of_day)]


def parse_hours(text: object) -> tuple[int, int]:
    """Opening and closing second of "07:00-23:00", or (0, 0) of "closed"."""
    if text == "closed":
        return 0, 0
    if isinstance(text, str) and text.count("-") == 1:
        opens, closes = (parse_time_of_day(part) for part in text.split("-"))
        if opens < closes:
            return opens, closes
    raise ValueError('expected hours within one day such as "07:00-23:00", or closed')


def write_hours(hours: tuple[int, int]) -> str:
    """ "HH:MM-HH:MM" or "closed", as `parse_hours` reads it."""
    opens, closes = hours
    if opens == closes:
        return "closed"
    return f"{write_time_of_day(opens)}-{write_time_of_day(closes)}"


Hours = Annotated[tuple[int, int], BeforeValidator(parse_hours), PlainSerializer(write_hours)]


def parse_week(told: object) -> list[tuple[int, int]]:
    """Seven (opens, closes), Monday first, from `always` or a mapping of days to hours."""
    if told == "always":
        return [(0, DAY)] * DAYS_OF_A_WEEK
    if isinstance(told, dict) and set(told) == {"daily"}:
        return [parse_hours(told["daily"])] * DAYS_OF_A_WEEK
    if isinstance(told, dict) and set(told) == {"weekdays", "weekend"}:
        return [parse_hours(told["weekdays"])] * 5 + [parse_hours(told["weekend"])] * 2
    if isinstance(told, list) and len(told) == DAYS_OF_A_WEEK:
        return [parse_hours(hours) for hours in told]
    raise ValueError("expected always, {daily: ...}, {weekdays: ..., weekend: ...} or seven hours")


def write_week(week: list[tuple[int, int]]) -> list[str]:
    """Seven times hours, as `parse_week` reads them."""
    return [write_hours(hours) for hours in week]


Week = Annotated[list[tuple[int, int]], BeforeValidator(parse_week), PlainSerializer(write_week)]

Point = tuple[int, int]


class MapSpec(Strict):
    """width, height, cell: px. walking_speed: px per game second."""

    width: PositiveInt
    height: PositiveInt
    cell: PositiveInt
    walking_speed: PositiveInt
    open_ground_effort: Annotated[int, Field(ge=1000)]


class GatesSpec(Strict):
    """Where roads leave the map, px."""

    north: Point
    south: Point
    east: Point
    west: Point


def _is_monday(date: dt.date) -> dt.date:
    if date.weekday() != 0:
        raise ValueError("expected a Monday")
    return date


def _divides_a_minute(seconds: int) -> int:
    # Places open and close on whole minutes, which must be instants.
    if MINUTE % seconds:
        raise ValueError("expected seconds that divide a minute")
    return seconds


class TownSpec(Strict):
    """town.yaml: the frame of everything else.

    based_on: the scenario beside this one from which files are taken that this one lacks.
    """

    slug: Key
    name: Bilingual
    first_day: Annotated[dt.date, AfterValidator(_is_monday)]
    starts_at: TimeOfDay
    grid_seconds: Annotated[int, Field(ge=1, le=60), AfterValidator(_divides_a_minute)]
    time_scale: Annotated[int, Field(ge=1, le=3600)]
    population_cap: PositiveInt
    based_on: Key | None = None
    map: MapSpec
    gates: GatesSpec


class ZoneSpec(Strict):
    """An entry of zones.yaml."""

    key: Key
    name: Bilingual
    kind: Literal["residential", "commercial", "plaza", "leisure", "business", "road"]
    x: int
    y: int
    width: PositiveInt
    height: PositiveInt


class RoadSpec(Strict):
    """An entry of roads.yaml."""

    key: Key
    name: Bilingual
    width: PositiveInt
    points: Annotated[list[Point], Field(min_length=2)]


class PondSpec(Strict):
    """An entry of ponds.yaml."""

    key: Key
    name: Bilingual
    x: int
    y: int
    width: PositiveInt
    height: PositiveInt


class PlaceSpec(Strict):
    """An entry of places.yaml. private: only those who work there come of their own accord."""

    key: Key
    name: Bilingual
    kind: Key
    zone: Key
    x: int
    y: int
    width: PositiveInt
    height: PositiveInt
    capacity: PositiveInt
    door: Literal["north", "south", "east", "west", "centre"]
    outdoor: bool
    private: bool = False
    open: Week
    offers: Annotated[list[Key], Field(min_length=1)]


def check_unique_keys(section: str) -> Callable[[Scenario], None]:
    """A check that no two entries of a section share a key."""

    def check(scenario: Scenario) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(scenario[section]):
            if entry.key in seen:
                scenario.problem(section, (index, "key"), f"{entry.key!r} is taken already")
            seen.add(entry.key)

    return check


def check_places(scenario: Scenario) -> None:
    """Places have keys of their own, lie in zones that exist, and fit the map."""
    check_unique_keys("places")(scenario)
    zones = {zone.key for zone in scenario["zones"]}
    for index, place in enumerate(scenario["places"]):
        if place.zone not in zones:
            scenario.problem(
                "places", (index, "zone"), f"expected a zone of zones.yaml (found {place.zone!r})"
            )
    check_map(scenario)


SECTIONS = (
    Section("town", TownSpec),
    Section("zones", list[ZoneSpec], check_unique_keys("zones")),
    Section("roads", list[RoadSpec], check_unique_keys("roads")),
    Section("ponds", list[PondSpec], check_unique_keys("ponds")),
    Section("places", list[PlaceSpec], check_places),
)
