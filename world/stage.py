"""The stage of a world, as those need it who tell others what happens there.

Names, points on the map, dates: nothing here changes while the world lives, but for people who
come later, whose names are fetched when somebody first speaks of them.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from numpy.typing import ArrayLike

from world import residence
from world.calendar import write_world_time
from world.engine.lattice import Lattice, corners
from world.engine.routes import Walks
from world.models import Actor, Location, World


class Stage:
    """What is known of one world. constants: as in `world.residence.constants_of`."""

    def __init__(self, world: World) -> None:
        self.world_id = world.pk
        self.epoch = str(world.epoch)
        self.first_day = world.first_day
        self.rules = residence.rules_of(world)
        self.constants: dict[str, Any] = residence.constants_of(world)
        places = world.locations.select_related("zone").order_by("number")
        self.locations: dict[int, Location] = {place.number: place for place in places}
        self._places = {number: _named(place) for number, place in self.locations.items()}
        self._lattice: Lattice = self.constants["lattice"]
        self._walks: Walks = self.constants["walks"]
        self._people: dict[int, dict[str, Any]] = {}
        self._keys: dict[int, int] = {}

    def person(self, number: int) -> dict[str, Any]:
        """The id and the names of an actor."""
        if number not in self._people:
            for actor in Actor.objects.filter(world_id=self.world_id):
                self._people[actor.number] = _named(actor)
                self._keys[actor.number] = actor.pk
        return self._people[number]

    def key(self, number: int) -> int:
        """The primary key of an actor."""
        self.person(number)
        return self._keys[number]

    def place(self, number: int) -> dict[str, Any]:
        """The id and the names of a place."""
        return self._places[number]

    def time(self, time: int) -> str:
        """A game time as ISO 8601 without an offset."""
        return write_world_time(self.first_day, time)

    def points(self, cells: ArrayLike) -> list[list[int]]:
        """The centre of each cell, as [x, y] in px."""
        return self._lattice.points(cells).tolist()

    def door(self, place: int) -> list[int]:
        """The point before the door of a place."""
        return self.points(self._walks.doors[[place - 1]])[0]

    def path(self, origin: int, place: int) -> list[list[int]]:
        """The corners of the way from a cell to the door of a place, both ends among them."""
        return corners(self._lattice.points(self._walks.path(origin, place - 1))).tolist()


@lru_cache(maxsize=settings.WORLDS_AT_HAND)
def stage_of(world: World) -> Stage:
    """The stage of a world, which is kept of those that were used last."""
    return Stage(world)


def forget_all() -> None:
    """Drop every stage that is kept."""
    stage_of.cache_clear()


def _named(thing: Actor | Location) -> dict[str, Any]:
    return {"id": thing.number, "name": {"zh": thing.name_zh, "en": thing.name_en}}
