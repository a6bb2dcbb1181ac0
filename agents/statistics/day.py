"""A day in figures: what the columns say of the town at midnight, and the days that count."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs, wellbeing
from agents.occupations import Occupations
from agents.population.rules import PopulationSpec
from economy.classes import Classes
from economy.enterprises import Enterprises
from economy.figures import gini, per_mille
from economy.ledger import Ledger
from economy.money import fen
from world.engine.columns import Rows, locate
from world.engine.gametime import DAY
from world.engine.lines import POINT
from world.engine.step import Step

READS = (
    *needs.COLUMNS,
    "accounts.balance",
    "accounts.income",
    "accounts.expense",
    "businesses.closed_at",
    "businesses.price",
    "livelihoods.arrived_at",
    "livelihoods.left_at",
    "livelihoods.worked",
    "residents.occupation",
    "residents.shift",
)
WRITES = ("livelihoods.debt_days", "livelihoods.gloom_days")


class Day:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.classes: Classes = constants["classes"]
        self.occupations: Occupations = constants["occupations"]
        self.rules: PopulationSpec = constants["population"]
        self.beds: int = int(constants["beds"].sum())

    def count(self, step: Step, rows: Rows) -> None:
        """Count how many midnights in a row each was deep in debt, or unhappy."""
        live = self.livelihoods
        deep = self._balance(rows) < fen(self.rules.debt)
        gloomy = self._happiness(rows, step.instant) < self.rules.gloom * POINT
        live.debt_days[rows] = np.where(deep, live.debt_days[rows] + 1, 0)
        live.gloom_days[rows] = np.where(gloomy, live.gloom_days[rows] + 1, 0)

    def beds_taken(self, rows: Rows) -> int:
        """Per cent of the town's beds that somebody sleeps in."""
        return len(rows) * 100 // max(self.beds, 1)

    def figures(self, step: Step, rows: Rows) -> dict[str, Any]:
        """The figures of the day that ends, as of `economy.models.DayFigures`; rows: everybody."""
        r, b = self.residents, self.enterprises.businesses
        balance = self._balance(rows)
        employed = int(((r.shift[rows] > 0) & (self.occupations.pay[r.occupation[rows]] > 0)).sum())
        seekers = int((r.occupation[rows] == self.occupations.seeking).sum())
        spending = int(self._accounts("expense", rows).sum())
        trading = self.enterprises.terms.runs & (b.closed_at[:] == 0)
        held = self.ledger.balance_of(b.numbers[trading])
        money = int(np.maximum(balance, 0).sum() + np.maximum(held, 0).sum())
        home = self.enterprises.row_of(self.enterprises.institutions["landlord"])
        classes = np.bincount(self.classes.of(balance), minlength=len(self.classes.keys))
        return {
            "population": len(rows),
            "employed": employed,
            "seekers": seekers,
            "businesses": int(trading.sum()),
            "arrivals": self._since("arrived_at", step.instant),
            "departures": self._since("left_at", step.instant),
            "wealth": int(balance.sum()),
            "income": int(self._accounts("income", rows).sum()),
            "spending": spending,
            "money": money,
            "worked": int(self.livelihoods.worked[:].sum()),
            "gini": round(1000 * gini(balance)),
            "unemployment": per_mille(seekers, seekers + employed),
            "price": self.enterprises.terms.price_level(trading, b.price[:]),
            "rent": int(b.price[home]),
            "velocity": per_mille(spending, money),
            "happiness": int(self._happiness(rows, step.instant).sum()) // max(len(rows), 1),
            "classes": dict(zip(self.classes.keys, classes.tolist(), strict=True)),
        }

    def _since(self, column: str, midnight: int) -> int:
        times = getattr(self.livelihoods, column)[:]
        return int(((times > midnight - DAY) & (times <= midnight)).sum())

    def _happiness(self, rows: Rows, now: int) -> NDArray[np.int64]:
        values = needs.values_at(self.residents, rows, now)
        return wellbeing.happiness(values, self.classes.of(self._balance(rows)), self.classes)

    def _accounts(self, column: str, rows: Rows) -> NDArray[np.int64]:
        accounts, _ = locate(self.ledger.accounts.numbers, self.residents.numbers[rows])
        values: NDArray[np.int64] = getattr(self.ledger.accounts, column)[accounts]
        return values

    def _balance(self, rows: Rows) -> NDArray[np.int64]:
        return self.ledger.balance_of(self.residents.numbers[rows])
