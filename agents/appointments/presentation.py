"""What the world outside is told of appointments."""

from typing import Any

from agents import events
from agents.appointments.vocabulary import State
from agents.news.wording import when
from world.engine.events import EventBatch
from world.stage import Stage


def present_appointments(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What people mean to do with whom, and what came of it."""
    keys = stage.constants["activities"].keys
    return [
        _from_where(row, batch.data.get(index) or {})
        | {
            "activity": keys[row["activity"]],
            "when": when(stage, row["until"], row["world_time"]),
        }
        | (
            {"reason": State(row["reason"]).name.lower()}
            if row["kind"] == events.APPOINTMENT_OVER
            else {}
        )
        for index, row in enumerate(batch.records())
    ]


def _from_where(row: dict[str, int], data: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "conversation" in data:
        told["conversation"] = str(data["conversation"])
    if "news" in data:
        told["news"] = data["news"]
    return told


PRESENTERS = {
    events.APPOINTED: present_appointments,
    events.APPOINTMENT_OVER: present_appointments,
}
"""How each kind of event is told."""
