"""Purses: what residents own, and paying for what they do."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.options import Offers
from economy import ledger
from economy.classes import Classes
from economy.ledger import Ledger
from economy.money import Category
from world.engine.columns import Rows
from world.engine.step import Step

COLUMNS = ledger.COLUMNS


class Purse:
    """The money of residents. columns: granted tables with COLUMNS writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.offers: Offers = constants["offers"]
        self.classes: Classes = constants["classes"]
        self.owners: NDArray[np.int64] = constants["owners"]

    def balance(self, rows: Rows) -> NDArray[np.int64]:
        """Fen that each owns."""
        return self.ledger.balance_of(self.residents.numbers[rows])

    def money_class(self, rows: Rows) -> NDArray[np.int64]:
        """The class of wealth of each, a row of Classes."""
        return self.classes.of(self.balance(rows))

    def can_afford(
        self, rows: Rows, activity: NDArray[Any], place: NDArray[Any]
    ) -> NDArray[np.bool_]:
        """Whether each has what the activity costs in this place; all are int[n]."""
        price = self.offers.price_of(activity, place)
        return np.asarray((price == 0) | (price <= self.balance(rows)))

    def charge(self, step: Step, rows: Rows, activity: NDArray[Any], place: NDArray[Any]) -> None:
        """Let each pay whoever runs the place for the activity, if it costs anything."""
        price = self.offers.price_of(activity, place)
        costs = price > 0
        if costs.any():
            self.ledger.post(
                step,
                payer=self.residents.numbers[rows[costs]],
                payee=self.owners[place[costs]],
                amount=price[costs],
                category=Category.PURCHASE,
                place=place[costs],
                activity=activity[costs],
            )
