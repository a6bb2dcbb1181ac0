"""The stage: worlds, who acts in them, where, what happened and what was told."""

from world.models.actor import Actor
from world.models.clock import WorldClock
from world.models.event import Event
from world.models.happening import Happening
from world.models.inbox import InboxEntry, InboxSeal
from world.models.place import Location, Zone
from world.models.world import Rulebook, World

__all__ = [
    "Actor",
    "Event",
    "Happening",
    "InboxEntry",
    "InboxSeal",
    "Location",
    "Rulebook",
    "World",
    "WorldClock",
    "Zone",
]
