"""Occupancy: who is in which place, and how lively it is there."""

from collections import defaultdict
from typing import Any

from agents.answers import Heat, PlaceDetail, PlaceLine, Zone
from agents.events import MOVED, STARTED
from agents.models import AgentState
from world.answers import named
from world.engine.gametime import DAY, HOUR, on_or_before, weekday
from world.models import Event, Location, World
from world.rest.language import name_of
from world.sections import write_time_of_day
from world.stage import Stage
from world.stream.log import tell

HEAT_OF_A_FULL_PLACE = 50

RECENT_EVENTS = 20
LOOKED_BACK = 20_000
"""Recent events of a place are sought among so many of the world's last ones."""

HEAT_HOURS = 24


def occupants(world: World) -> dict[int, list[int]]:
    """The numbers of the residents in each place, by its number."""
    inside: dict[int, list[int]] = defaultdict(list)
    states = AgentState.objects.filter(actor__world=world, place__gt=0)
    for place, number in states.order_by("actor__number").values_list("place", "actor__number"):
        inside[place].append(number)
    return inside


def place_lines(world: World, stage: Stage) -> list[PlaceLine]:
    """Every place with how many people are in it."""
    inside = occupants(world)
    return [
        PlaceLine(**_place(world, stage, location, len(inside[number])))
        for number, location in stage.locations.items()
    ]


def place_detail(world: World, stage: Stage, location: Location) -> PlaceDetail:
    """All that is public of a place."""
    inside = occupants(world)[location.number]
    today = weekday(world.lived_until)
    opens, closes = location.opens[today], location.closes[today]
    recent = Event.objects.filter(
        world=world, place=location.number, seq__gt=world.seq - LOOKED_BACK
    )
    common = _place(world, stage, location, len(inside))
    return PlaceDetail(
        **common | {"current_occupants": [named(stage.person(number)) for number in inside]},
        key=location.key,
        offers=location.offers,
        open_today=[write_time_of_day(opens), write_time_of_day(closes)] if opens < closes else [],
        recent_events=tell(stage, recent.order_by("-seq")[:RECENT_EVENTS]),
        heat_history=_heat_history(world, stage, location),
    )


def _place(world: World, stage: Stage, location: Location, count: int) -> dict[str, Any]:
    zone = location.zone
    return {
        "id": location.number,
        "name": name_of(location),
        "type": location.kind,
        "zone": Zone(key=zone.key, name=name_of(zone)),
        "position": [location.x, location.y],
        "size": [location.width, location.height],
        "capacity": location.capacity,
        "current_occupants": count,
        "is_open": bool(stage.constants["places"].is_open(location.number - 1, world.lived_until)),
        "heat": heat(count, location.capacity),
    }


def heat(count: int, capacity: int) -> float:
    """How lively a place is, 0 to 100. Talk there, which adds to it, does not exist yet."""
    return round(min(HEAT_OF_A_FULL_PLACE * count / capacity, 100), 1)


def _heat_history(world: World, stage: Stage, location: Location) -> list[Heat]:
    """The heat at the last full hours, from the log: who had begun something there and not left."""
    last = on_or_before(world.lived_until, HOUR)
    first = max(last - (HEAT_HOURS - 1) * HOUR, 0)
    rows = (
        Event.objects.filter(
            world=world, kind__in=(MOVED, STARTED), world_time__gt=first - DAY, world_time__lte=last
        )
        .order_by("seq")
        .values_list("world_time", "kind", "actor", "place")
    )
    inside: set[int] = set()
    history = []
    events = iter(rows.iterator(chunk_size=5000))
    event = next(events, None)
    for hour in range(first, last + 1, HOUR):
        while event is not None and event[0] <= hour:
            _, kind, actor, place = event
            if kind == STARTED and place == location.number:
                inside.add(actor)
            else:
                inside.discard(actor)
            event = next(events, None)
        history.append(
            Heat(
                time=stage.time(hour),
                occupants=len(inside),
                heat=heat(len(inside), location.capacity),
            )
        )
    return history
