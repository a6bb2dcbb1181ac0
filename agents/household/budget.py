"""The budget of a day: stipends, what living costs, interest and taxes, paid at midnight."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.occupations import Occupations
from economy.enterprises import LIST_PRICE, Enterprises
from economy.ledger import Ledger
from economy.money import Category, fen
from economy.sections import CreditSpec, FixedCostSpec, ReliefSpec
from economy.taxes import Taxes
from world import happenings
from world.engine.columns import Rows, locate
from world.engine.step import Step
from world.happenings import InForce, Kind

MILLION = 1_000_000

READS = ("residents.occupation", "businesses.price", *happenings.READS)


class Budget:
    """columns: granted tables with READS readable and those of the ledger writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.occupations: Occupations = constants["occupations"]
        self.institutions: dict[str, int] = constants["institutions"]
        self.fixed_costs: list[FixedCostSpec] = constants["fixed_costs"]
        self.credit: CreditSpec = constants["credit"]
        self.relief: ReliefSpec = constants["relief"]
        self.taxes: Taxes = constants["taxes"]
        self.in_force = InForce(columns)

    def pay_stipends(self, step: Step, rows: Rows) -> None:
        """The treasury pays students and pensioners, and helps those who own too little."""
        stipend = self._stipends(step.instant)[self.residents.occupation[rows]]
        self.ledger.post(
            step,
            payer=self.institutions["treasury"],
            payee=self.residents.numbers[rows],
            amount=stipend,
            category=Category.STIPEND,
        )
        self._relieve(step, rows)

    def _relieve(self, step: Step, rows: Rows) -> None:
        poor = rows[self._balance(rows) < fen(self.relief.below)]
        self.ledger.post(
            step,
            payer=self.institutions["treasury"],
            payee=self.residents.numbers[poor],
            amount=fen(self.relief.yuan),
            category=Category.RELIEF,
        )

    def _stipends(self, now: int) -> NDArray[np.int64]:
        """Fen a day by occupation, unless operators have set another pension or allowance."""
        stipend, studies = self.occupations.stipend.copy(), self.occupations.has_duty
        for kind, whose in ((Kind.PENSION, ~studies), (Kind.ALLOWANCE, studies)):
            concerned = (stipend > 0) & whose
            for code in np.flatnonzero(concerned).tolist():
                stipend[code] = self.in_force.figure(kind, now, int(stipend[code]))
        return stipend

    def pay_costs(self, step: Step, rows: Rows) -> None:
        """Living costs everybody the same, but for rent in a home of one's own. It may lead into
        debt, on which the bank takes interest."""
        numbers = self.residents.numbers[rows]
        owns_home = self.occupations.owns_home[self.residents.occupation[rows]]
        self._pay_interest(step, rows)
        for cost in self.fixed_costs:
            self.ledger.post(
                step,
                payer=numbers,
                payee=self.institutions[cost.to],
                amount=np.where(owns_home & cost.owners_exempt, 0, self._price_of(cost)),
                category=Category[cost.category.upper()],
            )

    def pay_taxes(self, step: Step, rows: Rows) -> None:
        """The treasury takes its part of the day's income and of what people own."""
        numbers = self.residents.numbers[rows]
        accounts, _ = locate(self.ledger.accounts.numbers, numbers)
        earned = self.ledger.accounts.taxable[accounts]
        self.ledger.post(
            step,
            payer=numbers,
            payee=self.institutions["treasury"],
            amount=self._taxed(earned, self._balance(rows), step.instant),
            category=Category.TAX,
        )

    def _taxed(
        self, earned: NDArray[np.int64], owned: NDArray[np.int64], now: int
    ) -> NDArray[np.int64]:
        """What is due, by as many per cent as operators have set; never more than one owns."""
        due = self.taxes.due(earned, owned) * self.in_force.figure(Kind.TAX, now, 100) // 100
        return np.minimum(due, np.maximum(owned, 0))

    def _pay_interest(self, step: Step, rows: Rows) -> None:
        debt = np.maximum(-self._balance(rows), 0)
        self.ledger.post(
            step,
            payer=self.residents.numbers[rows],
            payee=self.institutions["bank"],
            amount=debt * self.credit.interest // MILLION,
            category=Category.INTEREST,
        )

    def _price_of(self, cost: FixedCostSpec) -> int:
        """Fen of a fixed cost today: what goes to the treasury stands for the world outside, whose
        prices do not move."""
        payee = self.enterprises.row_of(self.institutions[cost.to])
        return fen(cost.yuan) * int(self.enterprises.businesses.price[payee]) // LIST_PRICE

    def _balance(self, rows: Rows) -> NDArray[np.int64]:
        return self.ledger.balance_of(self.residents.numbers[rows])
