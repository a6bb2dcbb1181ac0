"""Commands: what operators tell residents, on its way into the inbox."""

from typing import Any

from agents.answers import Do, Move
from agents.provenance import Source
from agents.systems.orders import DO, MOVE
from world.models import Actor, InboxEntry, World
from world.stage import Stage
from world.telling import tell


class UnknownPlaceError(LookupError):
    """There is no such place."""


class UnknownActivityError(LookupError):
    """There is no such activity; says which there are."""


def command(
    *, world: World, stage: Stage, agent: Actor, wanted: Move | Do, told_by: str
) -> InboxEntry:
    """Tell a resident what to do. Raises UnknownPlaceError or UnknownActivityError."""
    if isinstance(wanted, Move):
        if wanted.location_id not in stage.locations:
            raise UnknownPlaceError(str(wanted.location_id))
        kind = MOVE.name
        payload: dict[str, Any] = {"place": wanted.location_id}
    else:
        known = [activity.key for activity in stage.rules["activities"]]
        if wanted.activity not in known:
            raise UnknownActivityError(", ".join(known))
        kind, payload = DO.name, {"activity": wanted.activity}
    return order(world=world, agent=agent, kind=kind, payload=payload, told_by=told_by)


def order(
    *, world: World, agent: Actor, kind: str, payload: dict[str, Any], told_by: str
) -> InboxEntry:
    """Put an operator's order about a resident into the inbox."""
    return tell(
        world=world,
        kind=kind,
        subject=agent.number,
        payload=payload,
        source=Source.OPERATOR,
        told_by=told_by,
    )
