"""Presentation: events as the world outside hears of them, in codes, names and numbers.

What every event has is told here; what is peculiar to a kind, by the presenter that its app
registered. No sentences: whoever shows an event writes it in the reader's language.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from world import registry
from world.engine.events import EventBatch
from world.engine.gametime import NEVER
from world.going_on import as_over, as_watched
from world.happenings import SWITCHES, Kind
from world.stage import Stage


def present(stage: Stage, events: EventBatch, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Events with their numbers, in their order, as specs/06-api-design says."""
    told = [_common(stage, row, seq) for row, seq in zip(events.rows, numbers, strict=True)]
    for code in np.unique(events.rows["kind"]).tolist():
        of_kind = np.flatnonzero(events.rows["kind"] == code)
        batch = EventBatch(
            rows=events.rows[of_kind],
            data={
                position: events.data[index]
                for position, index in enumerate(of_kind.tolist())
                if index in events.data
            },
        )
        present_kind = registry.presenters[code]
        for index, more in zip(of_kind.tolist(), present_kind(stage, batch), strict=True):
            told[index] |= more
    return told


def _common(stage: Stage, row: Any, seq: int) -> dict[str, Any]:
    kind = registry.event_kinds[int(row["kind"])]
    told: dict[str, Any] = {
        "seq": seq,
        "type": kind.type,
        "kind": kind.name,
        "world_time": stage.time(int(row["world_time"])),
    }
    for field in ("actor", "other"):
        if row[field]:
            told[field] = stage.person(int(row[field]))
    if row["place"]:
        told["place"] = stage.place(int(row["place"]))
    return told


def present_moments(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Moments of the day, by their keys."""
    moments = stage.rules["calendar"].moments
    return [{"reason": moments[code - 1].key} for code in events.rows["reason"].tolist()]


def present_weather(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Changes of the weather."""
    kinds = stage.constants["weather"].keys
    told = []
    for code, degrees in events.rows[["reason", "amount"]].tolist():
        weather = {"kind": kinds[code - 1], "degrees": degrees}
        told.append(
            {"reason": weather["kind"], "degrees": degrees, "changes": {"weather": weather}}
        )
    return told


def present_rules(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Rules of the town, with their values; of what is for good there is no end."""
    told = []
    for code, value, until in events.rows[["reason", "amount", "until"]].tolist():
        kind = Kind(code)
        rule = {
            "rule": kind.name.lower(),
            "value": None if value < 0 else value,
            "until": stage.time(until) if until else None,
        }
        lapses = value < 0 or (kind in SWITCHES and not value)
        change = as_over(kind)
        if not lapses:
            change = as_watched(stage, kind, until=until or NEVER, strength=value)
        told.append(rule | {"changes": {"going_on": change}})
    return told


def present_happenings(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What goes on, or is over."""
    told = []
    for index, row in enumerate(events.records()):
        kind, number, until = Kind(row["reason"]), row["amount"], row["until"]
        happening = {"reason": kind.name.lower(), "number": number}
        more = events.data.get(index) or {}
        if until:
            happening["until"] = stage.time(until)
            change = as_watched(stage, kind, number=number, place=row["place"], until=until, **more)
        else:
            change = as_over(kind, number)
        told.append(happening | more | {"changes": {"going_on": change}})
    return told
