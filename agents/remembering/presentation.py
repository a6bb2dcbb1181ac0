"""What is told of reflections as they come in."""

from typing import Any

from agents.minds.presentation import NONE, stand_in_name
from agents.minds.spoken import thought_key
from agents.models import Thought
from world.engine.events import EventBatch
from world.stage import Stage


def present_reflections(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What residents have come to see, or why instinct must."""
    told = []
    for index, row in enumerate(events.records()):
        insights = events.data.get(index, {}).get("insights", ())
        text = " ".join(each["text"] for each in insights)
        told.append(
            {
                "reason": stand_in_name(row["reason"]) or NONE,
                "asked": thought_key(row["actor"], row["amount"], Thought.Purpose.REFLECT),
                "text": {"zh": text, "en": text},
            }
        )
    return told
