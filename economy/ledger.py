"""The ledger: the only way in which money moves while a world lives."""

from types import SimpleNamespace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy import events
from economy.money import FINANCING, TAXED, Category
from world.engine.columns import locate
from world.engine.step import Step

COLUMNS = (
    "accounts.balance",
    "accounts.entered",
    "accounts.income",
    "accounts.expense",
    "accounts.taxable",
)
"""What a system that pays must declare as written."""


class LedgerError(ValueError):
    """A movement of money that cannot be: of a negative sum, to oneself, or to nobody."""


class Ledger:
    """The accounts of a world. columns: granted tables with COLUMNS writable."""

    def __init__(self, columns: SimpleNamespace) -> None:
        self.accounts = columns.accounts

    def balance_of(self, actors: ArrayLike) -> NDArray[np.int64]:
        """Fen owned by each of these actors (numbers). Raises LedgerError for a stranger."""
        balances: NDArray[np.int64] = self.accounts.balance[self._rows(actors)]
        return balances

    def post(
        self,
        step: Step,
        *,
        payer: ArrayLike,
        payee: ArrayLike,
        amount: ArrayLike,
        category: Category,
        place: ArrayLike = 0,
        activity: ArrayLike = 0,
        cause: ArrayLike | None = None,
    ) -> None:
        """Move `amount` fen from each payer to each payee (numbers of actors).

        All arguments but the category are int[n], broadcast together. cause: which one of the
        category's `Cause` it is, this instant if None; the same two do not pay for it twice. A
        movement of nothing is none. Accounts may be overdrawn: who may do that is for the caller to
        say. Raises LedgerError for a negative amount, a payment to oneself or an actor without an
        account.
        """
        fields = np.broadcast_arrays(
            *(
                np.atleast_1d(np.asarray(each, dtype=np.int64))
                for each in (
                    payer,
                    payee,
                    amount,
                    place,
                    activity,
                    step.instant if cause is None else cause,
                )
            )
        )
        if np.any(fields[2] < 0):
            raise LedgerError(f"nobody can pay {fields[2].min()} fen")
        moving = fields[2] > 0
        giver, taker, moved, where, what, why = (field[moving] for field in fields)
        if not len(moved):
            return
        if np.any(giver == taker):
            raise LedgerError(f"actor {giver[giver == taker][0]} cannot pay itself")
        givers, takers = self._rows(giver), self._rows(taker)
        for column in (self.accounts.balance, self.accounts.entered):
            column.add(givers, -moved)
            column.add(takers, moved)
        if category not in FINANCING:
            self.accounts.expense.add(givers, moved)
            self.accounts.income.add(takers, moved)
        if category in TAXED:
            self.accounts.taxable.add(takers, moved)
        step.emit(
            events.PAID,
            actor=giver,
            other=taker,
            amount=moved,
            reason=int(category),
            place=where,
            activity=what,
            until=why,
        )

    def _rows(self, actors: ArrayLike) -> NDArray[np.int64]:
        rows, found = locate(self.accounts.numbers, actors)
        if not np.all(found):
            stranger = np.atleast_1d(np.asarray(actors, dtype=np.int64))[~found][0]
            raise LedgerError(f"actor {stranger} has no account")
        return rows
