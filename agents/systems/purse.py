"""Purses: what residents own, and paying for what they do."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.options import Offers, Options
from economy import ledger
from economy.classes import Classes
from economy.enterprises import LIST_PRICE, Enterprises
from economy.ledger import Ledger
from economy.money import Category
from world.engine.columns import Rows
from world.engine.step import Step

READS = (
    "accounts.balance",
    "businesses.price",
    "businesses.closed_at",
    "businesses.free",
    "businesses.stock",
)
COLUMNS = (
    *ledger.COLUMNS,
    "businesses.customers",
    "businesses.sales",
    "businesses.stock",
)
"""What a system must declare as written in which somebody pays for what they do."""


class Purse:
    """The money of residents. columns: granted tables, READS readable, COLUMNS writable to pay."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.offers: Offers = constants["offers"]
        self.classes: Classes = constants["classes"]
        self.owners: NDArray[np.int64] = constants["owners"]

    def balance(self, rows: Rows) -> NDArray[np.int64]:
        """Fen that each owns."""
        return self.ledger.balance_of(self.residents.numbers[rows])

    def money_class(self, rows: Rows) -> NDArray[np.int64]:
        """The class of wealth of each, a row of Classes."""
        return self.classes.of(self.balance(rows))

    def price_of(self, activity: NDArray[Any], place: NDArray[Any]) -> NDArray[np.int64]:
        """What each activity costs in each place today, fen."""
        return self.enterprises.charged(place, activity, self.offers.price_of(activity, place))

    def prices(self, options: Options) -> NDArray[np.int64]:
        """What each option costs today, fen int64[n, C]."""
        listed, priced = options.offers.price, options.offers.priced
        prices = np.zeros(options.place.shape, dtype=np.int64)
        where = options.place[:, priced]
        charged = listed[priced] * self.enterprises.factors()[where] // LIST_PRICE
        given_away = self.enterprises.given_away(where)
        if given_away.any():
            charged[given_away == options.activity[priced]] = 0
        prices[:, priced] = charged
        return prices

    def can_afford(
        self, rows: Rows, activity: NDArray[Any], place: NDArray[Any]
    ) -> NDArray[np.bool_]:
        """Whether each has what the activity costs in this place; all are int[n]."""
        price = self.price_of(activity, place)
        return np.asarray((price == 0) | (price <= self.balance(rows)))

    def sold_out(self, activity: NDArray[Any], place: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether each place has nothing left of what the activity takes."""
        return self.enterprises.sold_out(place, self.offers.price_of(activity, place))

    def charge(self, step: Step, rows: Rows, activity: NDArray[Any], place: NDArray[Any]) -> None:
        """Let each pay whoever runs the place for the activity, which costs something."""
        if not len(rows):
            return
        self.ledger.post(
            step,
            payer=self.residents.numbers[rows],
            payee=self.owners[place],
            amount=self.price_of(activity, place),
            category=Category.PURCHASE,
            place=place,
            activity=activity,
        )
        self.sell(activity, place)

    def sell(self, activity: NDArray[Any], place: NDArray[Any]) -> None:
        """Take what these activities cost at list prices from what the places have to sell."""
        self.enterprises.sell(place, self.offers.price_of(activity, place))
