"""Occupancy: who is in which place, and how lively it is there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from agents.answers import Heat, PlaceDetail, PlaceLine, Zone
from agents.conversations.selectors import went_on
from agents.events import MOVED, STARTED
from agents.heat import HeatRules
from agents.models import AgentState
from world.answers import named
from world.engine.gametime import DAY, HOUR, on_or_before, weekday
from world.models import Event, Location, World
from world.rest.language import name_of
from world.sections import write_time_of_day
from world.stage import Stage
from world.stream.log import tell

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


def talks_lately(world: World, stage: Stage) -> Mapping[int, int]:
    """How many conversations each place is warm with, by its number."""
    now, heat = world.lived_until, _heat(stage)
    lately = went_on(world, since=now - heat.warms, until=now)
    return Counter(lately.values_list("place", flat=True))


def place_lines(world: World, stage: Stage) -> list[PlaceLine]:
    """Every place with how many people are in it."""
    inside, talks = occupants(world), talks_lately(world, stage)
    return [
        PlaceLine(**place_fields(world, stage, location, len(inside[number]), talks[number]))
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
    talks = talks_lately(world, stage)[location.number]
    common = place_fields(world, stage, location, len(inside), talks)
    return PlaceDetail(
        **common | {"current_occupants": [named(stage.person(number)) for number in inside]},
        key=location.key,
        offers=location.offers,
        open_today=[write_time_of_day(opens), write_time_of_day(closes)] if opens < closes else [],
        recent_events=tell(stage, recent.order_by("-seq")[:RECENT_EVENTS]),
        heat_history=_heat_history(world, stage, location),
    )


def place_fields(
    world: World, stage: Stage, location: Location, count: int, talks: int
) -> dict[str, Any]:
    """The fields of a PlaceLine. count: people in the place. talks: as `talks_lately` counts."""
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
        "heat": _heat(stage).of(
            location.kind,
            world.lived_until,
            count=count,
            capacity=location.capacity,
            talks=talks,
        ),
    }


def _heat(stage: Stage) -> HeatRules:
    rules: HeatRules = stage.constants["heat"]
    return rules


def _heat_history(world: World, stage: Stage, location: Location) -> list[Heat]:
    """The heat at the last full hours, from the log: who had begun something there and not left."""
    heat = _heat(stage)
    last = on_or_before(world.lived_until, HOUR)
    first = max(last - (HEAT_HOURS - 1) * HOUR, 0)
    rows = (
        Event.objects.filter(
            world=world, kind__in=(MOVED, STARTED), world_time__gt=first - DAY, world_time__lte=last
        )
        .order_by("seq")
        .values_list("world_time", "kind", "actor", "place")
    )
    talks = list(
        went_on(world, since=first - heat.warms, until=last)
        .filter(place=location.number)
        .values_list("began", "ended")
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
        lately = sum(
            began <= hour and (ended is None or ended > hour - heat.warms) for began, ended in talks
        )
        history.append(
            Heat(
                time=stage.time(hour),
                occupants=len(inside),
                heat=heat.of(
                    location.kind,
                    hour,
                    count=len(inside),
                    capacity=location.capacity,
                    talks=lately,
                ),
            )
        )
    return history
