"""Hot places: where it is liveliest at present."""

from collections import defaultdict

from agents.conversations.answers import ConversationLine
from agents.conversations.reading import conversation_lines
from agents.conversations.selectors import going_on
from agents.occupancy import occupants, place_fields, talks_lately
from agents.statistics.answers import HotPlace, HotPlaces
from world.answers import named
from world.models import World
from world.stage import Stage


def hot_places(world: World, stage: Stage, limit: int) -> HotPlaces:
    """So many places, by heat, then by people, then by number."""
    inside, talks = occupants(world), talks_lately(world, stage)
    everywhere = [
        place_fields(world, stage, location, len(inside[number]), talks[number])
        for number, location in stage.locations.items()
    ]
    everywhere.sort(key=lambda place: (-place["heat"], -place["current_occupants"], place["id"]))
    hottest = everywhere[:limit]
    there = going_on(world).filter(place__in=[place["id"] for place in hottest])
    lines: dict[int, list[ConversationLine]] = defaultdict(list)
    for line in conversation_lines(stage, list(there)):
        lines[line.location.id].append(line)
    return HotPlaces(
        world_time=stage.time(world.lived_until),
        locations=[
            HotPlace(
                **place
                | {"current_occupants": [named(stage.person(who)) for who in inside[place["id"]]]},
                conversations=lines[place["id"]],
            )
            for place in hottest
        ],
    )
