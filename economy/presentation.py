"""What the world outside is told of payments."""

from collections.abc import Mapping
from typing import Any

from economy.money import YUAN, Category, cause_of
from world.engine.events import EventBatch
from world.engine.gametime import HOUR
from world.engine.lines import POINT
from world.stage import Stage

SCALES = {
    **dict.fromkeys(("wealth", "income", "spending", "money"), YUAN),
    **dict.fromkeys(("gini", "unemployment", "price", "rent", "velocity"), 1000),
    "worked": HOUR,
    "happiness": POINT,
}
"""By what figures of a day are divided to be told."""


def present_payments(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """What was paid, and what for."""
    activities = [activity.key for activity in stage.rules["activities"]]
    told = []
    for row in events.rows:
        payment = {
            "amount": int(row["amount"]) / YUAN,
            "reason": Category(int(row["reason"])).name.lower(),
            "cause": {
                "kind": cause_of(int(row["reason"])).name.lower(),
                "number": int(row["until"]),
            },
        }
        if row["activity"]:
            payment["activity"] = activities[int(row["activity"])]
        told.append(payment)
    return told


def present_settlements(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """The figures of a day."""
    return [{"figures": figures_told(events.data[index])} for index in range(len(events))]


def figures_told(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures of a day in yuan, parts of one, hours and points."""
    return {
        name: value if name not in SCALES else value / SCALES[name]
        for name, value in figures.items()
    }


def present_openings(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """With how much capital a business began."""
    return [{"capital": int(amount) / YUAN} for amount in events.rows["amount"]]


def present_closings(stage: Stage, events: EventBatch) -> list[dict[str, Any]]:
    """How much a business owed at its end."""
    return [{"debt": int(amount) / YUAN} for amount in events.rows["amount"]]
