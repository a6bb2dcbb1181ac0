"""The books: every payment is kept as a transfer, and the sum of all money never changes."""

from typing import Any

import numpy as np
from psycopg import sql

from economy import events
from economy.models import DayFigures, Transfer
from world import binary
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.hot_tables import binary_cursor, copy_in
from world.integrity import IntegrityError
from world.models import World

_FIELDS = {
    "world_id": "i8",
    "seq": "i8",
    "world_time": "i8",
    "payer": "i4",
    "payee": "i4",
    "place": "i4",
    "activity": "i2",
    "category": "i2",
    "amount": "i8",
    "cause": "i8",
}
_COPY = sql.SQL("COPY {table} ({fields}) FROM STDIN (FORMAT binary)").format(
    table=sql.Identifier(Transfer._meta.db_table),
    fields=sql.SQL(", ").join(map(sql.Identifier, _FIELDS)),
)


def record_payments(world: World, columns: Columns, batch: EventBatch) -> None:
    """Write the payments among the events of a commit as transfers.

    Raises IntegrityError if money came from nowhere or went there, naming the first account that
    is wrong and the first of these transfers that touches it.
    """
    accounts = columns["accounts"]
    balance, entered = accounts.arrays["balance"], accounts.arrays["entered"]
    wrong = np.flatnonzero(balance != entered)
    if len(wrong):
        number = int(accounts.numbers[wrong[0]])
        raise IntegrityError(
            f"actor {number} holds {balance[wrong[0]]} fen, but its transfers make"
            f" {entered[wrong[0]]}; {_first_of(world, batch, number)}"
        )
    total = int(balance.sum())
    if total != 0:
        raise IntegrityError(f"the balances of all accounts sum up to {total} fen instead of 0")
    write_transfers(world, batch)


def _first_of(world: World, batch: EventBatch, number: int) -> str:
    """Which of the payments among events is the first from or to an actor, in words."""
    rows = batch.rows
    touches = (rows["actor"] == number) | (rows["other"] == number)
    paid = np.flatnonzero((rows["kind"] == events.PAID) & touches)
    if not len(paid):
        return "no transfer of this commit touches it"
    return f"the first transfer of this commit that touches it is {world.seq + 1 + int(paid[0])}"


def write_transfers(world: World, batch: EventBatch) -> None:
    """Write the payments among the events, the first of which has the number world.seq + 1."""
    paid = np.flatnonzero(batch.rows["kind"] == events.PAID)
    if not len(paid):
        return
    rows = batch.rows[paid]
    values: list[Any] = [
        np.full(len(paid), world.pk),
        world.seq + 1 + paid,
        rows["world_time"],
        rows["actor"],
        rows["other"],
        rows["place"],
        rows["activity"],
        rows["reason"],
        rows["amount"],
        rows["until"],
    ]
    copy_in(binary_cursor(), _COPY, binary.encode_rows(list(_FIELDS.values()), values))


def record_days(world: World, columns: Columns, batch: EventBatch) -> None:
    """Write the figures of the days that were settled in a commit."""
    settled = np.flatnonzero(batch.rows["kind"] == events.SETTLED)
    DayFigures.objects.bulk_create(
        DayFigures(
            world=world, midnight=int(batch.rows["world_time"][index]), **batch.data[int(index)]
        )
        for index in settled
    )
