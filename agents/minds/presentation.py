"""What is told of minds: who is asked, what came of it, and who cannot be asked at present."""

from typing import Any

from agents.minds.spoken import thought_key
from agents.provenance import StandIn, Surprise
from world.engine.events import EventBatch
from world.stage import Stage

NONE = "none"


def stand_in_name(code: int) -> str:
    """Why instinct stood in, as it is told; empty if it did not have to."""
    return StandIn(code).name.lower() if code else ""


def present_questions(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Models that are asked what to do."""
    return [
        {
            "reason": Surprise(row["reason"]).name.lower() if row["reason"] else NONE,
            "until": row["until"],
            "asked": thought_key(row["actor"], row["world_time"]),
            "changes": {"agents": [{"id": row["actor"], "thinking": row["world_time"]}]},
        }
        for row in events.records()
    ]


def present_answers(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Questions that are over, and why instinct stands in if it does."""
    return [
        {
            "reason": stand_in_name(row["reason"]) or NONE,
            "asked": thought_key(row["actor"], row["amount"]),
            "changes": {"agents": [{"id": row["actor"], "thinking": 0}]},
        }
        for row in events.records()
    ]


def present_minds(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Residents who have another mind."""
    told = []
    for index, row in enumerate(events.records()):
        model = events.data[index]["model"]
        changes = {"id": row["actor"], "mind": model, "thinking": 0, "stand_in": ""}
        told.append({"model": model, "source": "operator", "changes": {"agents": [changes]}})
    return told


def present_states(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Models that can be asked again, or cannot any more."""
    return [dict(events.data[index]) for index in range(len(events))]


def present_interviews(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """Interviews that are remembered."""
    told = []
    for index in range(len(events)):
        data = events.data[index]
        told.append({key: {"zh": data[key], "en": data[key]} for key in ("question", "answer")})
    return told


def present_words(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What was said to residents from outside."""
    return [
        {"text": {"zh": events.data[index]["text"], "en": events.data[index]["text"]}}
        for index in range(len(events))
    ]
