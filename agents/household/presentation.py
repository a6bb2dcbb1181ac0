"""What the world outside is told of what befell somebody."""

from typing import Any

from agents import events
from agents.household.chances import Chance
from economy.money import YUAN
from world.engine.events import EventBatch
from world.stage import Stage


def present_chances(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What it was, and how much it brought, or cost if that is negative."""
    return [
        {"reason": Chance(row["reason"]).name.lower(), "amount": row["amount"] / YUAN}
        for row in batch.records()
    ]


PRESENTERS = {events.BEFELL: present_chances}
"""How each kind of event is told."""
