"""What goes on: rules in force, and what befalls the town or a place, as watchers are told."""

from typing import Any

from world.engine.gametime import NEVER
from world.happenings import FIGURES, SWITCHES, Kind
from world.models import Happening, World
from world.stage import Stage

BEGUN = 1
"""`Happening.told` of what has begun and is not over."""


def _key_of(kind: Kind, number: int) -> str:
    """By what watchers know it: a rule, which holds once at most, by its name."""
    return kind.name.lower() if kind in (*SWITCHES, *FIGURES) else str(number)


def as_watched(
    stage: Stage, kind: Kind, *, number: int = 0, place: int = 0, until: int = NEVER, strength: int
) -> dict[str, Any]:
    """One thing that goes on. number: of a happening. strength: as `Happening` has it."""
    return {
        "key": _key_of(kind, number),
        "kind": kind.name.lower(),
        "place": place,
        "until": stage.time(until) if until < NEVER else None,
        "strength": strength,
    }


def as_over(kind: Kind, number: int = 0) -> dict[str, Any]:
    """That it does not go on any more."""
    return {"key": _key_of(kind, number), "over": True}


def going_on_part(stage: Stage, world: World) -> dict[str, Any]:
    """All that goes on as of the last commit, by key."""
    told = [
        as_watched(
            stage,
            Kind(row.kind),
            number=row.number,
            place=row.place,
            until=row.until,
            strength=row.strength,
        )
        for row in Happening.objects.filter(world=world, told=BEGUN)
    ]
    return {"going_on": sorted(told, key=lambda each: each["key"])}
