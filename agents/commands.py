"""Commands: what operators tell residents, on its way into the inbox."""

from collections.abc import Mapping
from typing import Any

from agents.answers import Do, Move, Words
from agents.provenance import Source
from agents.systems.departures import DEPART
from agents.systems.orders import DO, MOVE, WORDS
from agents.systems.population import INVITE
from world.models import Actor, InboxEntry, World
from world.stage import Stage
from world.telling import tell


class UnknownPlaceError(LookupError):
    """There is no such place."""


class UnknownActivityError(LookupError):
    """There is no such activity; says which there are."""


def command(
    *, world: World, stage: Stage, agent: Actor, wanted: Move | Do | Words, told_by: str
) -> InboxEntry:
    """Tell a resident what to do. Raises UnknownPlaceError or UnknownActivityError."""
    if isinstance(wanted, Move):
        if wanted.location_id not in stage.locations:
            raise UnknownPlaceError(str(wanted.location_id))
        kind = MOVE.name
        payload: dict[str, Any] = {"place": wanted.location_id}
    elif isinstance(wanted, Words):
        kind, payload = WORDS.name, {"text": wanted.text} | understood(stage, wanted.text)
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


def let_go(*, world: World, agent: Actor, told_by: str) -> InboxEntry:
    """Let a resident move away."""
    return order(world=world, agent=agent, kind=DEPART.name, payload={}, told_by=told_by)


def invite(*, world: World, occupation: str = "", told_by: str) -> InboxEntry:
    """Let somebody come to live in the town, with an occupation (a key) or any."""
    return tell(
        world=world,
        kind=INVITE.name,
        payload={"occupation": occupation},
        source=Source.OPERATOR,
        told_by=told_by,
    )


def understood(stage: Stage, text: str) -> dict[str, Any]:
    """What of the town a text names: `place` (a number) and `activity` (a key), if any.

    Of several names the longest counts, and of these the first in the text.
    """
    said = text.casefold()
    places = {
        name: number for number in stage.locations for name in stage.place(number)["name"].values()
    }
    activities = {
        name: spec.key
        for spec in stage.rules["activities"]
        for name in (spec.name.zh, spec.name.en)
    }
    place, activity = _longest(said, places), _longest(said, activities)
    return {"place": place or 0, "activity": activity or ""}


def _longest(said: str, names: Mapping[str, Any]) -> Any:
    found = [
        (-len(name), said.find(name.casefold()), what)
        for name, what in names.items()
        if name.casefold() in said
    ]
    return min(found)[2] if found else None
