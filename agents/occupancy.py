"""Occupancy: who is in which place, and how lively it is there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from agents.answers import Heat, PlaceDetail, PlaceLine, Zone
from agents.conversations.selectors import went_on
from agents.events import MOVED, STARTED
from agents.models import AgentState
from world.answers import named
from world.engine.gametime import DAY, HOUR, MINUTE, on_or_before, weekday
from world.models import Event, Location, World
from world.rest.language import name_of
from world.sections import write_time_of_day
from world.stage import Stage
from world.stream.log import tell

HEAT_OF_A_FULL_PLACE = 50
HEAT_OF_A_TALK, HEAT_OF_TALK_AT_MOST = 5, 30

TALK_WARMS = 30 * MINUTE
"""A conversation counts while it goes on, and for so long afterwards."""

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


def talks_lately(world: World) -> Mapping[int, int]:
    """How many conversations each place is warm with, by its number."""
    now = world.lived_until
    lately = went_on(world, since=now - TALK_WARMS, until=now)
    return Counter(lately.values_list("place", flat=True))


def place_lines(world: World, stage: Stage) -> list[PlaceLine]:
    """Every place with how many people are in it."""
    inside, talks = occupants(world), talks_lately(world)
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
    talks = talks_lately(world)[location.number]
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
        "heat": heat(count, location.capacity, talks),
    }


def heat(count: int, capacity: int, talks: int) -> float:
    """How lively a place is with so many people and conversations of late, 0 to 100."""
    talk = min(HEAT_OF_A_TALK * talks, HEAT_OF_TALK_AT_MOST)
    return round(min(HEAT_OF_A_FULL_PLACE * count / capacity + talk, 100), 1)


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
    talks = list(
        went_on(world, since=first - TALK_WARMS, until=last)
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
            began <= hour and (ended is None or ended > hour - TALK_WARMS) for began, ended in talks
        )
        history.append(
            Heat(
                time=stage.time(hour),
                occupants=len(inside),
                heat=heat(len(inside), location.capacity, lately),
            )
        )
    return history
