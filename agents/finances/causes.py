"""Causes: which event of the log a movement of money comes from."""

from collections.abc import Sequence

from django.db.models import Q

from agents import events
from agents.finances.answers import CauseTold
from economy import events as money
from economy.models import Transfer
from economy.money import Category, Cause, cause_of
from world.models import Event
from world.stage import Stage

KINDS = (
    events.STARTED,
    events.TREATED,
    events.WORK_LOST,
    events.BEFELL,
    money.SETTLED,
    money.BUSINESS_OPENED,
    money.BUSINESS_CLOSED,
)
"""The kinds of events that money comes from, told by their time."""

OF_LOANS = (events.LENT, events.LOAN_OVER)
"""Those that are told by the number of the loan."""

ORIGINS = {
    Category.WAGE: events.STARTED,
    Category.PURCHASE: events.STARTED,
    Category.TREAT: events.TREATED,
    Category.SEVERANCE: events.WORK_LOST,
    Category.LOAN: events.LENT,
    Category.REPAYMENT: events.LOAN_OVER,
    Category.CAPITAL: money.BUSINESS_OPENED,
    Category.WRITE_OFF: money.BUSINESS_CLOSED,
    Category.BONUS: events.BEFELL,
    Category.MEDICAL: events.BEFELL,
    Category.GIFT: events.BEFELL,
    Category.REPAIR: events.BEFELL,
}
"""What happened to one of both sides where money moved for a category; for all others that is the
settlement of a day."""

Key = tuple[int, int, int]
"""A kind of event, its actor and its time; of loans, its kind, the lender or borrower and its
number."""


def causes_of(stage: Stage, transfers: Sequence[Transfer]) -> dict[int, CauseTold]:
    """Why each of these transfers was made, by seq; one query."""
    wanted = {transfer.seq: _sought(transfer) for transfer in transfers}
    found = _found(stage, {key for keys in wanted.values() for key in keys})
    return {
        transfer.seq: _told(
            stage,
            transfer,
            next((found[key] for key in wanted[transfer.seq] if key in found), None),
        )
        for transfer in transfers
    }


def _told(stage: Stage, transfer: Transfer, event: int | None) -> CauseTold:
    kind, number = cause_of(transfer.category), transfer.cause
    told = CauseTold(kind=kind.name.lower(), event=event)  # type: ignore[arg-type]
    match kind:
        case Cause.FOUNDING:
            pass
        case Cause.LOAN:
            told.loan = number
        case Cause.SETTLEMENT:
            # Midnight is the first second after the day that is settled.
            told.day = stage.time(number - 1)[:10]
        case Cause.EMPLOYMENT:
            told.day = stage.time(number)[:10]
        case _:
            told.at = stage.time(number)
    return told


def _sought(transfer: Transfer) -> list[Key]:
    """The events from which a transfer may come."""
    kind = ORIGINS.get(Category(transfer.category))
    if kind is None:
        settled = cause_of(transfer.category) == Cause.SETTLEMENT
        return [(money.SETTLED, 0, transfer.cause)] if settled else []
    # Whoever loses work is paid at once, for the day on which they do.
    which = transfer.world_time if kind == events.WORK_LOST else transfer.cause
    return [(kind, side, which) for side in (transfer.payee, transfer.payer)]


def _found(stage: Stage, keys: set[Key]) -> dict[Key, int]:
    """The number in the log of each of these events that stands there."""
    if not keys:
        return {}
    then = Q(kind__in=OF_LOANS) | Q(kind__in=KINDS, world_time__in={time for *_, time in keys})
    rows = Event.objects.filter(
        then, world_id=stage.world_id, actor__in={actor for _, actor, _ in keys}
    ).values_list("kind", "actor", "world_time", "amount", "seq")
    found: dict[Key, int] = {}
    for kind, actor, time, amount, seq in rows:
        key = (kind, actor, amount if kind in OF_LOANS else time)
        if key in keys:
            found[key] = seq
    return found
