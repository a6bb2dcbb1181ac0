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


LEAST_BASKET = 33
"""Per cent of the usual that the poorest buy of what they buy by their means."""


class Purse:
    """The money of residents. columns: granted tables, READS readable, COLUMNS writable to pay."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.ledger = Ledger(columns)
        self.enterprises = Enterprises(columns, constants)
        self.offers: Offers = constants["offers"]
        self.classes: Classes = constants["classes"]
        self.owners: NDArray[np.int64] = constants["owners"]
        self.by_means: NDArray[np.bool_] = constants["activities"].by_means

    def balance(self, rows: Rows) -> NDArray[np.int64]:
        """Fen that each owns."""
        return self.ledger.balance_of(self.residents.numbers[rows])

    def money_class(self, rows: Rows) -> NDArray[np.int64]:
        """The class of wealth of each, a row of Classes."""
        return self.classes.of(self.balance(rows))

    def price_of(
        self, rows: Rows, activity: NDArray[Any], place: NDArray[Any]
    ) -> NDArray[np.int64]:
        """What each activity costs each resident in each place today, fen; all are int[n]."""
        return self.enterprises.charged(place, activity, self.taken(rows, activity, place))

    def taken(self, rows: Rows, activity: NDArray[Any], place: NDArray[Any]) -> NDArray[np.int64]:
        """The list price of what each resident takes with each activity, fen; all are int[n]."""
        listed = self.offers.price_of(activity, place)
        if not listed.any():
            return listed
        basket = self._basket(self.money_class(rows))
        return np.where(self.by_means[activity], listed * basket // 100, listed)

    def _basket(self, money_class: NDArray[np.int64]) -> NDArray[np.int64]:
        """Per cent of the usual that those of a class of wealth buy where that is up to them."""
        return np.maximum(self.classes.spends[money_class], LEAST_BASKET)

    def prices(self, options: Options, money_class: NDArray[np.int64]) -> NDArray[np.int64]:
        """What each option costs each resident today, fen int64[n, C]. money_class: int64[n]."""
        listed, priced = options.offers.price, options.offers.priced
        prices = np.zeros(options.place.shape, dtype=np.int64)
        where = options.place[:, priced]
        charged = listed[priced] * self.enterprises.factors()[where] // LIST_PRICE
        given_away = self.enterprises.given_away(where)
        if given_away.any():
            charged[given_away == options.activity[priced]] = 0
        by_means = self.by_means[options.activity[priced]]
        if by_means.any():
            basket = self._basket(money_class)[:, None]
            charged[:, by_means] = charged[:, by_means] * basket // 100
        prices[:, priced] = charged
        return prices

    def can_afford(
        self, rows: Rows, activity: NDArray[Any], place: NDArray[Any]
    ) -> NDArray[np.bool_]:
        """Whether each has what the activity costs in this place; all are int[n]."""
        price = self.price_of(rows, activity, place)
        return np.asarray((price == 0) | (price <= self.balance(rows)))

    def sold_out(self, activity: NDArray[Any], place: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether each place has nothing left of what the activity takes."""
        return self.enterprises.sold_out(place, self.offers.price_of(activity, place))

    def charge(self, step: Step, rows: Rows, activity: NDArray[Any], place: NDArray[Any]) -> None:
        """Let each pay whoever runs the place for the activity, which costs something."""
        if not len(rows):
            return
        taken = self.taken(rows, activity, place)
        self.ledger.post(
            step,
            payer=self.residents.numbers[rows],
            payee=self.owners[place],
            amount=self.enterprises.charged(place, activity, taken),
            category=Category.PURCHASE,
            place=place,
            activity=activity,
        )
        self.enterprises.sell(place, taken)
