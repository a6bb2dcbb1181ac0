"""Lending: who is short of money asks a friend, when they have talked."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations.bonds import Bonds
from agents.needs import TRAITS, milli
from economy import ledger
from economy.ledger import Ledger
from economy.models import Loan
from economy.money import Category, fen
from economy.sections import CreditSpec
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY
from world.engine.step import Step

LOANS = tuple(
    f"loans.{column}"
    for column in ("lender", "borrower", "amount", "owed", "lent_at", "due_at", "state")
)
READS = ("residents.place", "traits.levels", "ties.strength")
WRITES = (*ledger.COLUMNS, *LOANS)

CONSENT = purpose("agents.lending.consent")
LEAST_WILLING, WILLING = 200_000, 7_000
"""How likely somebody lends who can, millionths: the least, and more for each point of
agreeableness."""

ROUND = fen(100)
"""Nobody asks for odd sums."""

_AGREEABLENESS = TRAITS.index("agreeableness")


class Lending:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.loans = columns.loans
        self.ledger = Ledger(columns)
        self.bonds = Bonds(columns, constants)
        self.rules: CreditSpec = constants["credit"]

    def ask(self, step: Step, borrowers: Rows, lenders: Rows) -> None:
        """Let each of `borrowers` who is short ask the other, who lends or does not.

        No pair comes twice. One asks one friend at a time, and nobody to whom one still owes.
        """
        short = self._owned(borrowers) < fen(self.rules.asks_below)
        if not short.any():
            return
        borrowers, lenders = borrowers[short], lenders[short]
        sums = self._sums(borrowers)
        able = self._owned(lenders) * 100 >= sums * self.rules.holds
        close = self.bonds.strength(lenders, borrowers) >= milli(self.rules.strength)
        care = self.traits.levels[lenders, _AGREEABLENESS].astype(np.int64)
        numbers = self.residents.numbers
        agrees = step.draws.chance(
            LEAST_WILLING + WILLING * care,
            numbers[lenders],
            CONSENT,
            other=numbers[borrowers],
        )
        free = ~np.isin(numbers[borrowers], self._debtors())
        lend = np.flatnonzero(able & close & agrees & free)
        for index in lend[np.lexsort((numbers[lenders[lend]], numbers[borrowers[lend]]))].tolist():
            self._lend(step, int(borrowers[index]), int(lenders[index]), int(sums[index]))

    def _lend(self, step: Step, borrower: int, lender: int, amount: int) -> None:
        numbers, loans = self.residents.numbers, self.loans
        owned = int(self._owned(np.array([lender]))[0])
        if numbers[borrower] in self._debtors() or owned * 100 < amount * self.rules.holds:
            return
        number = len(loans) + 1
        row = loans.ensure([0], [number])
        loans.lender[row], loans.borrower[row] = numbers[lender], numbers[borrower]
        loans.amount[row] = loans.owed[row] = amount
        loans.lent_at[row] = step.instant
        loans.due_at[row] = step.instant + self.rules.days * DAY
        loans.state[row] = Loan.State.ACTIVE
        self.ledger.post(
            step,
            payer=numbers[lender],
            payee=numbers[borrower],
            amount=amount,
            category=Category.LOAN,
            cause=number,
        )
        step.emit(
            events.LENT,
            actor=numbers[lender],
            other=numbers[borrower],
            amount=number,
            until=step.instant + self.rules.days * DAY,
            data=[{"fen": amount}],
        )

    def _sums(self, borrowers: Rows) -> NDArray[np.int64]:
        """What each asks for: what is missing, within what is usual."""
        least, most = map(fen, self.rules.sums)
        missing = fen(self.rules.asks_below) - self._owned(borrowers)
        return np.clip(-(-missing // ROUND) * ROUND, least, most)

    def _debtors(self) -> NDArray[np.int64]:
        """The numbers of those who owe a friend something that is not given up."""
        loans = self.loans
        rows = loans.of(0)
        numbers: NDArray[np.int64] = loans.borrower[rows][loans.state[rows] == Loan.State.ACTIVE]
        return numbers

    def _owned(self, rows: Rows) -> NDArray[np.int64]:
        return self.ledger.balance_of(self.residents.numbers[rows])
