"""Settlement: what a day cost and brought, paid at midnight."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.occupations import Occupations
from agents.systems import purse
from economy import events
from economy.ledger import Ledger
from economy.money import Category, fen
from world.engine.gametime import DAY, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step


class Settlement(System):
    """Collects fixed costs, pays stipends, and moves the profits of landlord and bank."""

    reads = ("residents.occupation",)
    writes = purse.COLUMNS

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.occupations: Occupations = constants["occupations"]
        self.institutions: dict[str, int] = constants["institutions"]
        self.fixed_costs = constants["fixed_costs"]

    def next_due(self, after: int) -> int:
        return midnight_before(after) + DAY

    def on_time(self, step: Step) -> None:
        numbers = self.residents.numbers
        occupation = self.residents.occupation[:]
        owns_home = self.occupations.owns_home[occupation]
        stipend = self.occupations.stipend[occupation]
        treasury = self.institutions["treasury"]
        moved = {"stipend": int(stipend.sum())}
        self.ledger.post(
            step, payer=treasury, payee=numbers, amount=stipend, category=Category.STIPEND
        )
        for cost in self.fixed_costs:
            amount = np.where(owns_home & cost.owners_exempt, 0, fen(cost.yuan))
            category = Category[cost.category.upper()]
            moved[cost.category] = int(amount.sum())
            self.ledger.post(
                step,
                payer=numbers,
                payee=self.institutions[cost.to],
                amount=amount,
                category=category,
            )
        moved["profit"] = 0
        for key in ("landlord", "bank"):
            profit = max(int(self.ledger.balance_of(self.institutions[key])[0]), 0)
            moved["profit"] += profit
            self.ledger.post(
                step,
                payer=self.institutions[key],
                payee=treasury,
                amount=profit,
                category=Category.PROFIT,
            )
        step.emit(events.SETTLED, data=[moved])
