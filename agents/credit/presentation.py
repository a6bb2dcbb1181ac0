"""What the world outside is told of what friends lend each other, and pay for each other."""

from typing import Any

from agents import events
from economy.models import Loan
from economy.money import YUAN
from world.engine.events import EventBatch
from world.stage import Stage


def present_loans(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """How much somebody lends, and until when."""
    return [
        {
            "loan": row["amount"],
            "amount": batch.data[index]["fen"] / YUAN,
            "due": stage.time(row["until"]),
        }
        for index, row in enumerate(batch.records())
    ]


def present_ends_of_loans(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What has become of a loan, and how much that was about."""
    return [
        {
            "loan": row["amount"],
            "reason": Loan.State(row["reason"]).name.lower(),
            "amount": row["until"] / YUAN,
        }
        for row in batch.records()
    ]


def present_treats(stage: Stage, batch: EventBatch) -> list[dict[str, Any]]:
    """What somebody pays for another one."""
    keys = stage.constants["activities"].keys
    return [
        {"activity": keys[row["activity"]], "amount": row["amount"] / YUAN}
        for row in batch.records()
    ]


PRESENTERS = {
    events.LENT: present_loans,
    events.LOAN_OVER: present_ends_of_loans,
    events.TREATED: present_treats,
}
"""How each kind of event is told."""
