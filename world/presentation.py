"""Presentation: events as the world outside hears of them, in codes, names and numbers.

What every event has is told here; what is peculiar to a kind, by the presenter that its app
registered. No sentences: whoever shows an event writes it in the reader's language.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from world import registry
from world.engine.events import EventBatch
from world.happenings import Kind
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
        rule = {
            "rule": Kind(code).name.lower(),
            "value": None if value < 0 else value,
            "until": stage.time(until) if until else None,
        }
        told.append(rule | {"changes": {"rule": rule}})
    return told


def present_happenings(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What goes on, or is over."""
    told = []
    for index, row in enumerate(events.rows):
        happening = {"reason": Kind(int(row["reason"])).name.lower(), "number": int(row["amount"])}
        if row["until"]:
            happening["until"] = stage.time(int(row["until"]))
        told.append(happening | (events.data.get(index) or {}))
    return told
