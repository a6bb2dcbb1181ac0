"""What the world outside is told of payments."""

from typing import Any

from economy.money import YUAN, Category
from world.engine.events import EventBatch
from world.stage import Stage


def present_payments(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What was paid, and what for."""
    activities = [activity.key for activity in stage.rules["activities"]]
    told = []
    for row in events.rows:
        payment = {
            "amount": int(row["amount"]) / YUAN,
            "reason": Category(int(row["reason"])).name.lower(),
        }
        if row["activity"]:
            payment["activity"] = activities[int(row["activity"])]
        told.append(payment)
    return told


def present_settlements(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What moved at the end of a day, in yuan by reason."""
    return [
        {"totals": {reason: fen / YUAN for reason, fen in events.data[index].items()}}
        for index in range(len(events))
    ]
