"""Repaying: at midnight what is due is paid back, or it is not, which costs friendship."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.conversations import bonds
from agents.conversations.bonds import Bonds
from agents.conversations.vocabulary import Change
from agents.credit.lending import LOANS
from agents.needs import milli
from economy import ledger
from economy.ledger import Ledger
from economy.models import Loan
from economy.money import Category
from economy.sections import CreditSpec
from world.engine.columns import locate
from world.engine.gametime import DAY
from world.engine.step import Step

READS = bonds.READS
WRITES = (*ledger.COLUMNS, *LOANS, *bonds.WRITES)


class Repaying:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.loans = columns.loans
        self.ledger = Ledger(columns)
        self.bonds = Bonds(columns, constants)
        self.rules: CreditSpec = constants["credit"]

    def settle(self, step: Step) -> None:
        """See to every loan that is due, the oldest first: pay it, wait, or break it.

        What was broken is paid all the same once there is money for it.
        """
        loans = self.loans
        rows = loans.of(0)
        due = (loans.due_at[rows] <= step.instant) & (loans.owed[rows] > 0)
        for row in rows[due].tolist():
            self._settle_one(step, np.array([row]))

    def _settle_one(self, step: Step, row: np.ndarray[Any, Any]) -> None:
        loans = self.loans
        owed, state = int(loans.owed[row][0]), int(loans.state[row][0])
        borrower, lender = int(loans.borrower[row][0]), int(loans.lender[row][0])
        if int(self.ledger.balance_of(borrower)[0]) >= owed:
            self.ledger.post(
                step,
                payer=borrower,
                payee=lender,
                amount=owed,
                category=Category.REPAYMENT,
                cause=int(loans.seconds(row)[0]),
            )
            loans.owed[row] = 0
            self._end(step, row, Loan.State.PAID, owed, milli(self.rules.kept))
        elif state == Loan.State.ACTIVE and (
            step.instant >= int(loans.due_at[row][0]) + self.rules.grace * DAY
        ):
            self._end(step, row, Loan.State.DEFAULTED, owed, -milli(self.rules.broken))

    def _end(
        self, step: Step, row: np.ndarray[Any, Any], state: Loan.State, owed: int, points: int
    ) -> None:
        """Let a loan be over for good or ill, and be felt by whoever had lent it."""
        loans = self.loans
        borrower, lender = loans.borrower[row], loans.lender[row]
        loans.state[row] = state
        step.emit(
            events.LOAN_OVER,
            actor=borrower,
            other=lender,
            amount=loans.seconds(row),
            reason=int(state),
            until=owed,
        )
        why = Change.REPAID if state == Loan.State.PAID else Change.DEFAULTED
        one, _ = locate(self.residents.numbers, lender)
        other, _ = locate(self.residents.numbers, borrower)
        self.bonds.change(
            step,
            one,
            other,
            points=self.bonds.bent(one, other, np.array([points])),
            reason=np.array([int(why)]),
            regard=points // 2,
        )
