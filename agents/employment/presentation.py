"""What the world outside is told of work: who gets some, loses it, is warned, or makes art."""

from typing import Any

from agents import events
from agents.employment.vocabulary import Fault, Loss
from agents.occupations import Occupations
from economy.money import YUAN
from world.engine.events import EventBatch
from world.engine.lines import POINT
from world.stage import Stage


def present_hirings(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What somebody works as from now on, and for how much an hour."""
    keys = _occupations(stage).keys
    return [
        {"occupation": keys[row["until"]], "amount": row["amount"] / YUAN}
        | _becomes(row["actor"], keys[row["until"]])
        for row in batch.records()
    ]


def present_losses(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What somebody worked as, why they do not any more, and what they got for it."""
    occupations = _occupations(stage)
    return [
        {
            "reason": Loss(row["reason"]).name.lower(),
            "occupation": occupations.keys[row["until"]],
            "amount": row["amount"] / YUAN,
        }
        | _becomes(row["actor"], occupations.keys[occupations.seeking])
        for row in batch.records()
    ]


def present_warnings(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What somebody was warned for, how often that is now, and how well they work, in points."""
    return [
        {
            "reason": Fault(row["reason"]).name.lower(),
            "warnings": row["amount"],
            "performance": row["until"] / POINT,
        }
        for row in batch.records()
    ]


def present_art(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """How many pieces wait for a buyer."""
    return [{"waiting": row["amount"]} for row in batch.records()]


def _occupations(stage: Stage) -> Occupations:
    occupations: Occupations = stage.constants["occupations"]
    return occupations


def _becomes(number: int, occupation: str) -> dict[str, Any]:
    """What a new occupation changes in the snapshot."""
    return {"changes": {"agents": [{"id": number, "occupation": occupation}]}}


PRESENTERS = {
    events.HIRED: present_hirings,
    events.WORK_LOST: present_losses,
    events.WARNED: present_warnings,
    events.ART_MADE: present_art,
}
"""How each kind of event is told."""
