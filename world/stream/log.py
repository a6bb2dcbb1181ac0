"""The log: what happened, from the database."""

from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from world import registry
from world.engine.events import EVENT, FIELDS, EventBatch
from world.models import Event
from world.presentation import present
from world.stage import Stage


def logged_events(events: QuerySet[Event]) -> tuple[list[int], EventBatch]:
    """Events of the log with their numbers."""
    rows, data, numbers = [], {}, []
    for index, (seq, more, *fields) in enumerate(events.values_list("seq", "data", *FIELDS)):
        numbers.append(seq)
        rows.append(tuple(fields))
        if more is not None:
            data[index] = more
    return numbers, EventBatch(np.array(rows, dtype=EVENT), data)


def told_events(
    stage: Stage, *, after_seq: int, limit: int, kind: str = "", agent: int = 0, place: int = 0
) -> list[dict[str, Any]] | None:
    """The first `limit` events after `after_seq` for programs; None for an unknown kind."""
    chosen = Event.objects.filter(world_id=stage.world_id, seq__gt=after_seq)
    if kind:
        codes = {kind.name: kind.code for kind in registry.event_kinds.values()}
        if kind not in codes:
            return None
        chosen = chosen.filter(kind=codes[kind])
    if agent:
        chosen = chosen.filter(Q(actor=agent) | Q(other=agent))
    if place:
        chosen = chosen.filter(place=place)
    return tell(stage, chosen.order_by("seq")[:limit])


def tell(stage: Stage, events: QuerySet[Event]) -> list[dict[str, Any]]:
    """Events as the world outside hears of them, without what they change in a snapshot."""
    numbers, batch = logged_events(events)
    told = present(stage, batch, numbers)
    for event in told:
        event.pop("changes", None)
    return told
