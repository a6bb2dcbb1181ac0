"""Ventures: places that nobody runs find somebody who tries."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.activities import SKILLS
from agents.needs import milli
from economy import enterprises, events
from economy.enterprises import LIST_PRICE, Enterprises
from economy.ledger import Ledger
from economy.money import Category
from economy.sections import FailureSpec
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step

START = purpose("agents.ventures.start")

_BUSINESS = SKILLS.index("business")


class Ventures(System):
    """At midnight lets residents with capital and skill, or the town, open what stands empty."""

    reads = ("businesses.place", "livelihoods.left_at", "residents.home", "skills.levels")
    writes = enterprises.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.skills = columns.skills
        self.businesses = columns.businesses
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.rules: FailureSpec = constants["failure"]
        self.treasury: int = constants["institutions"]["treasury"]

    def next_due(self, after: int) -> int:
        return midnight_before(after) + DAY

    def on_time(self, step: Step) -> None:
        terms, b = self.enterprises.terms, self.businesses
        empty = np.flatnonzero(terms.runs & (b.closed_at[:] > 0) & (b.closed_at[:] < step.instant))
        for row in empty.tolist():
            founders = self._founders(step, row)
            if len(founders):
                self._open(step, row, int(self.residents.numbers[founders[0]]))
            elif self._is_rescued(step, row):
                self._open(step, row, 0)

    def _founders(self, step: Step, row: int) -> Rows:
        """Who would open a business today, the most skilled first."""
        numbers = self.residents.numbers
        capital = int(self.enterprises.terms.capital[row])
        level = self.skills.levels[:, _BUSINESS]
        able = (level > milli(self.rules.skill)) & (self.livelihoods.left_at[:] == 0)
        able &= ~np.isin(numbers, self.businesses.owner[:])
        rows = np.flatnonzero(able)
        owned = self.ledger.balance_of(numbers[rows])
        rows = rows[owned * 100 >= capital * (100 + self.rules.keeps)]
        place = int(self.businesses.place[row])
        rows = rows[step.draws.chance(self.rules.start, numbers[rows], START, other=place)]
        order = np.argsort(-level[rows].astype(np.int64), kind="stable")
        founders: Rows = rows[order]
        return founders

    def _is_rescued(self, step: Step, row: int) -> bool:
        waits = self.rules.rescue * DAY
        long = step.instant - int(self.businesses.closed_at[row]) >= waits
        return bool(waits and long and not self.enterprises.terms.vacant[row])

    def _open(self, step: Step, row: int, owner: int) -> None:
        """Open a business with capital of its owner, or from outside, and fill its shelves."""
        b, terms = self.businesses, self.enterprises.terms
        one = np.array([row])
        number, capital = int(b.numbers[row]), int(terms.capital[row])
        self.ledger.post(
            step,
            payer=owner or self.treasury,
            payee=number,
            amount=capital,
            category=Category.CAPITAL,
        )
        stock = min(int(terms.shelves[row]), capital // 2)
        self.ledger.post(
            step, payer=number, payee=self.treasury, amount=stock, category=Category.STOCK
        )
        b.owner[one], b.stock[one] = owner, stock
        b.closed_at[one] = b.losing[one] = b.usual[one] = 0
        b.price[one] = LIST_PRICE
        step.emit(
            events.BUSINESS_OPENED,
            actor=number,
            other=owner,
            place=int(b.place[row]),
            amount=capital,
        )
