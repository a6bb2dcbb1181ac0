"""Memories of livings: what people keep of work, money, and coming to live here."""

from collections.abc import Iterator, Mapping
from typing import Any

from agents import events
from agents.employment.vocabulary import Loss
from agents.household.chances import Chance
from agents.remembering.moments import moment_kept
from agents.remembering.wording import Wording
from economy.models import Loan
from memory.writing import Impression
from world.engine.events import EventBatch

_LOST = {
    Loss.DISMISSED: "dismissed",
    Loss.LAID_OFF: "laid-off",
    Loss.CLOSED: "workplace-closed",
}


def memories_of_livings(wording: Wording, batch: EventBatch) -> Iterator[Impression]:
    """What these events leave of work, money and moving in."""
    for kind, tell in _TELLING.items():
        for index in (batch.rows["kind"] == kind).nonzero()[0].tolist():
            row = {name: int(batch.rows[name][index]) for name in _NAMED}
            yield from tell(wording, row, batch.data.get(index) or {})


_NAMED = ("actor", "other", "place", "reason", "amount", "until", "world_time")
Row = Mapping[str, int]


def _of_hiring(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    yield _at_place(wording, "hired", row["actor"], row)


def _of_loss(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    key = _LOST.get(Loss(row["reason"]))
    if key is not None:
        yield _at_place(wording, key, row["actor"], row)


def _of_warning(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    yield moment_kept(wording, "warned", row["actor"], row["world_time"])


def _of_chance(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    key = Chance(row["reason"]).name.lower()
    yield moment_kept(wording, key, row["actor"], row["world_time"], yuan=abs(row["amount"]))


def _of_lending(wording: Wording, row: Row, data: Mapping[str, Any]) -> Iterator[Impression]:
    yield from _of_two(wording, ("lent", "borrowed"), row, yuan=data["fen"])


def _of_repayment(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    paid = row["reason"] == Loan.State.PAID
    keys = ("repaid", "paid-back") if paid else ("defaulted", "let-down")
    yield from _of_two(wording, keys, row, yuan=row["until"])


def _of_treat(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    yield from _of_two(wording, ("treats", "treated"), row, place=row["place"])


def _of_arrival(wording: Wording, row: Row, _: Mapping[str, Any]) -> Iterator[Impression]:
    yield _at_place(wording, "arrived", row["actor"], row)


def _at_place(wording: Wording, key: str, actor: int, row: Row) -> Impression:
    return moment_kept(
        wording, key, actor, row["world_time"], place=row["place"], at_place=row["place"]
    )


def _of_two(
    wording: Wording, keys: tuple[str, str], row: Row, **about: Any
) -> Iterator[Impression]:
    """As `actor` keeps it, and as `other` does."""
    sides = ((row["actor"], row["other"]), (row["other"], row["actor"]))
    for key, (me, you) in zip(keys, sides, strict=True):
        yield moment_kept(
            wording,
            key,
            me,
            row["world_time"],
            people=[you],
            at_place=row["place"],
            who=you,
            **about,
        )


_TELLING = {
    events.HIRED: _of_hiring,
    events.WORK_LOST: _of_loss,
    events.WARNED: _of_warning,
    events.BEFELL: _of_chance,
    events.LENT: _of_lending,
    events.LOAN_OVER: _of_repayment,
    events.TREATED: _of_treat,
}
