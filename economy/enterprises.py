"""Enterprises: those who sell - what they charge, keep in stock and earn, and how they end."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy import events, ledger
from economy.ledger import Ledger
from economy.money import Category, fen
from economy.pricing import Pricing
from economy.sections import BusinessSpec
from world.engine.columns import Rows, locate
from world.engine.step import Step

LIST_PRICE = 1000
"""Thousandths of the list price that a new business charges."""

USUAL_DAYS = 7
"""Days over which what is usual is averaged."""

FIELDS = (
    "owner",
    "closed_at",
    "stock",
    "sales",
    "customers",
    "usual",
    "payroll",
    "settled_at",
    "price",
    "losing",
    "free",
)
READS = ("businesses.place", *(f"businesses.{field}" for field in FIELDS))
WRITES = (*ledger.COLUMNS, *(f"businesses.{field}" for field in FIELDS))

Fen = NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """What the scenario says of the businesses of a world, one row each as in their table.

    bought: per cent of its wages for which the world outside buys what it makes, 0 for nothing.
    goods, commission: per cent. capital, premises, shelves: fen. public: the treasury bears its
    losses. vacant: nobody runs it
    until somebody starts to. runs: a place, so it may close.
    """

    bought: NDArray[np.int64]
    goods: NDArray[np.int64]
    commission: NDArray[np.int64]
    capital: Fen
    premises: Fen
    shelves: Fen
    public: NDArray[np.bool_]
    vacant: NDArray[np.bool_]
    runs: NDArray[np.bool_]

    @classmethod
    def compile(cls, specs: list[BusinessSpec | None]) -> "Terms":
        """specs: that of each business in the order of their numbers, None for institutions."""

        def column(value: Any) -> NDArray[np.int64]:
            return np.array([value(spec) if spec else 0 for spec in specs], dtype=np.int64)

        return cls(
            bought=column(lambda spec: 100 + spec.margin if spec.outside_market else 0),
            goods=column(lambda spec: spec.goods),
            commission=column(lambda spec: spec.commission),
            capital=column(lambda spec: fen(spec.capital)),
            premises=column(lambda spec: fen(spec.premises)),
            shelves=column(lambda spec: fen(spec.shelves)),
            public=column(lambda spec: spec.public) > 0,
            vacant=column(lambda spec: spec.vacant) > 0,
            runs=column(lambda spec: True) > 0,
        )

    def price_level(self, trading: NDArray[np.bool_], price: NDArray[np.int64]) -> int:
        """What those of `trading` charge in town, on average; both by business."""
        selling = trading & (self.bought == 0)
        return int(price[selling].mean()) if selling.any() else LIST_PRICE


class Enterprises:
    """The businesses of a world. columns: granted tables, READS readable or WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.businesses = columns.businesses
        self.terms: Terms = constants["terms"]
        self.pricing: Pricing = constants["pricing"]
        self.rows_of_places: NDArray[np.int64] = constants["business_rows"]
        self.institutions: dict[str, int] = constants["institutions"]

    def row_of(self, actor: int) -> int:
        """The row of a business by the number of its actor."""
        return int(locate(self.businesses.numbers, [actor])[0][0])

    def charged(self, place: NDArray[np.int64], activity: NDArray[Any], listed: Fen) -> Fen:
        """What places (numbers) charge today for activities that have these list prices, fen."""
        if not listed.any():
            return listed
        row = self.rows_of_places[place]
        factor = np.where(row >= 0, self.businesses.price[row], LIST_PRICE)
        free = (row >= 0) & (activity > 0) & (self.businesses.free[row] == activity)
        return np.where(free, 0, listed * factor // LIST_PRICE)

    def given_away(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """The activity that costs nothing in each of these places at present, 0 for none."""
        row = self.rows_of_places[place]
        return np.where(row >= 0, self.businesses.free[:][row], 0).astype(np.int64)

    def factors(self) -> NDArray[np.int64]:
        """int64[P + 1]: what each place (by its number) charges today, thousandths of its list."""
        row = self.rows_of_places
        return np.where(row >= 0, self.businesses.price[:][row], LIST_PRICE).astype(np.int64)

    def trading(self) -> NDArray[np.bool_]:
        """bool[P + 1]: whether somebody runs each place (by its number), or nobody needs to."""
        row = self.rows_of_places
        return np.asarray((row < 0) | (self.businesses.closed_at[:][row] == 0))

    def is_public(self, place: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the treasury bears the losses of each of these places (numbers)."""
        row = self.rows_of_places[place]
        return np.asarray((row >= 0) & self.terms.public[row])

    def sold_out(self, place: NDArray[np.int64], listed: Fen) -> NDArray[np.bool_]:
        """Whether places have no goods left for what has these list prices."""
        row = self.rows_of_places[place]
        sells = (row >= 0) & (listed > 0) & (self.terms.goods[row] > 0)
        return np.asarray(sells & (self.businesses.stock[row] <= 0))

    def sell(self, place: NDArray[np.int64], listed: Fen) -> None:
        """Take what has these list prices from the shelves of places, int[n] both."""
        row = self.rows_of_places[place]
        self.businesses.sales.add(row, listed)
        self.businesses.customers.add(row, np.ones_like(listed))
        self.businesses.stock.add(row, -(listed * self.terms.goods[row] // 100))

    def pay_roll(self, place: NDArray[np.int64], wages: Fen) -> None:
        """Remember what places have paid for work today."""
        self.businesses.payroll.add(self.rows_of_places[place], wages)


class Closing:
    """The end of a day for every business. columns: granted tables with WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.enterprises = Enterprises(columns, constants)
        self.businesses = columns.businesses
        self.ledger = Ledger(columns)
        self.terms = self.enterprises.terms
        self.patience: int = constants["failure"].days
        institutions = self.enterprises.institutions
        self.treasury, self.bank = institutions["treasury"], institutions["bank"]
        self.landlord = institutions["landlord"]

    def unsettled(self, midnight: int) -> bool:
        """Whether this midnight has not been settled yet."""
        return bool((self.businesses.settled_at[:] < midnight).any())

    def open_rows(self) -> Rows:
        """The rows of those who run a place and trade."""
        return np.flatnonzero(self.terms.runs & (self.businesses.closed_at[:] == 0))

    def sell_outside(self, step: Step, boom: int) -> None:
        """The world outside pays for what was made for it today.

        boom: thousandths of what it usually buys.
        """
        rows = np.flatnonzero(self.terms.bought)
        made = self.businesses.payroll[rows] * self.terms.bought[rows] // 100
        # What the town itself runs is paid for in bad times, too.
        share = np.where(self.terms.public[rows], LIST_PRICE, boom)
        self._post(step, self.treasury, self._numbers(rows), made * share // 1000, Category.OUTPUT)

    def pay_costs(self, step: Step, skill: NDArray[np.int64]) -> Rows:
        """Let businesses pay rent, fill their shelves and hand out gains; who cannot gives up.

        skill: int64[B], points of business of whoever runs each: the more, the cheaper they buy.
        Returns the rows of those that gave up.
        """
        b, rows = self.businesses, self.open_rows()
        numbers, public = self._numbers(rows), self.terms.public[rows]
        self._post(step, numbers, self.landlord, self.terms.premises[rows], Category.PREMISES)
        wanted = np.maximum(self.terms.shelves[rows] - b.stock[rows], 0)
        # 50 points are the measure of the list; whoever has 100 gets the same for two thirds.
        charge = 100 - (skill[rows] - 50) * 2 // 3
        cost = np.minimum(wanted * charge // 100, np.maximum(self.ledger.balance_of(numbers), 0))
        self._post(step, numbers, self.treasury, cost, Category.STOCK)
        b.stock.add(rows, np.where(wanted * charge // 100 == cost, wanted, cost * 100 // charge))
        lacks = np.where(public, np.maximum(-self.ledger.balance_of(numbers), 0), 0)
        self._post(step, self.treasury, numbers, lacks, Category.COVER)
        self._hand_out(step, rows)
        return self._give_up(step, rows)

    def _hand_out(self, step: Step, rows: Rows) -> None:
        """What a business has beyond its capital belongs to its owner."""
        owner = self.businesses.owner[rows].astype(np.int64)
        gains = self.ledger.balance_of(self._numbers(rows)) - self.terms.capital[rows]
        payee = np.where(owner > 0, owner, self.treasury)
        self._post(step, self._numbers(rows), payee, np.maximum(gains, 0), Category.PROFIT)

    def _give_up(self, step: Step, rows: Rows) -> Rows:
        """Close those that have owed money too long; the bank writes off what they owe."""
        b = self.businesses
        balance = self.ledger.balance_of(self._numbers(rows))
        b.losing[rows] = np.where(balance < 0, b.losing[rows] + 1, 0)
        failing = (b.losing[rows] >= self.patience) & ~self.terms.public[rows]
        failed, debt = rows[failing], -balance[failing]
        if len(failed):
            self._post(step, self.bank, self._numbers(failed), debt, Category.WRITE_OFF)
            b.closed_at[failed] = step.instant
            b.owner[failed] = b.stock[failed] = b.losing[failed] = 0
            step.emit(
                events.BUSINESS_CLOSED,
                actor=self._numbers(failed),
                place=b.place[failed],
                amount=debt,
            )
        return failed

    def settle_institutions(self, step: Step) -> None:
        """The gains of landlord and bank belong to the treasury, and so do their losses."""
        keepers = np.array([self.landlord, self.bank])
        balance = self.ledger.balance_of(keepers)
        self._post(step, keepers, self.treasury, np.maximum(balance, 0), Category.PROFIT)
        self._post(step, self.treasury, keepers, np.maximum(-balance, 0), Category.COVER)

    def set_prices(self, *, beds_taken: int) -> None:
        """Let prices follow what was sold and what it cost, and rent the beds that are taken.

        beds_taken: per cent of the town's beds. What is counted by the day begins anew.
        """
        b, rows = self.businesses, self.open_rows()
        selling = rows[self.terms.bought[rows] == 0]
        cost = b.payroll[selling] + self.terms.premises[selling]
        cost = cost + b.sales[selling] * self.terms.goods[selling] // 100
        pricing = self.enterprises.pricing
        b.price[selling] = pricing.moved(
            b.price[selling], sold=b.sales[selling], usual=b.usual[selling], cost=cost
        )
        usual = b.usual[selling]
        b.usual[selling] = np.where(
            usual == 0, b.sales[selling], usual + (b.sales[selling] - usual) // USUAL_DAYS
        )
        home = np.array([self.enterprises.row_of(self.landlord)])
        b.price[home] = pricing.rent(b.price[home], beds_taken)

    def begin_day(self, step: Step) -> None:
        """What is counted by the day begins anew, and this midnight counts as settled."""
        b, everyone = self.businesses, slice(None)
        b.sales[everyone] = b.customers[everyone] = b.payroll[everyone] = 0
        b.settled_at[everyone] = step.instant
        accounts = self.ledger.accounts
        accounts.income[everyone] = accounts.expense[everyone] = accounts.taxable[everyone] = 0

    def _numbers(self, rows: Rows) -> NDArray[np.int64]:
        numbers: NDArray[np.int64] = self.businesses.numbers[rows]
        return numbers

    def _post(
        self,
        step: Step,
        payer: ArrayLike,
        payee: ArrayLike,
        amount: ArrayLike,
        category: Category,
    ) -> None:
        self.ledger.post(step, payer=payer, payee=payee, amount=amount, category=category)
