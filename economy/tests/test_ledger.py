"""The ledger: movements of money on columns."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy import events
from economy.ledger import COLUMNS, Ledger, LedgerError
from economy.money import Category
from world.engine.columns import Column, Columns, Table
from world.engine.events import EventLog
from world.engine.inbox import Stamp
from world.engine.step import Step

NUMBERS = (1, 2, 5, 9)


class Bank:
    """Four accounts with a ledger, at one instant."""

    def __init__(self) -> None:
        table = Table(
            "accounts",
            [Column(column.partition(".")[2], "i8") for column in COLUMNS],
            numbers=NUMBERS,
            identities=NUMBERS,
            arrays={column.partition(".")[2]: [0] * len(NUMBERS) for column in COLUMNS},
        )
        self.log = EventLog()
        self.step = Step(
            stamp=Stamp(60), seed=1, due=np.zeros(0, dtype=np.int64), inbox=(), log=self.log
        )
        self.table = table
        self.ledger = Ledger(Columns([table]).grant(reads=(), writes=COLUMNS))

    def post(self, *, category: Category = Category.WAGE, **movement: Any) -> None:
        self.ledger.post(self.step, category=category, **movement)

    def balances(self) -> list[int]:
        return list(self.ledger.balance_of(NUMBERS))


movements = st.lists(
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.integers(0, 10**12)).filter(
        lambda each: each[0] != each[1]
    ),
    max_size=20,
)


@given(movements)
def test_many_movements_at_once_are_as_many_single_ones(
    moved: list[tuple[int, int, int]],
) -> None:
    together, singly, plain = Bank(), Bank(), dict.fromkeys(NUMBERS, 0)
    for payer, payee, amount in moved:
        singly.post(payer=payer, payee=payee, amount=amount)
        plain[payer] -= amount
        plain[payee] += amount
    columns = np.array(moved, dtype=np.int64).reshape(-1, 3).T
    together.post(payer=columns[0], payee=columns[1], amount=columns[2])
    assert together.balances() == singly.balances() == list(plain.values())
    assert sum(together.balances()) == 0
    told = together.log.take().rows
    assert len(told) == sum(amount > 0 for _, _, amount in moved)
    np.testing.assert_array_equal(told, singly.log.take().rows)


def test_a_payment_is_told_with_all_that_is_known_of_it() -> None:
    bank = Bank()
    bank.post(payer=1, payee=[2, 9], amount=[50, 70], place=3, activity=4)
    told = bank.log.take().rows
    assert set(told["kind"]) == {events.PAID}
    assert set(told["reason"]) == {Category.WAGE}
    for name, values in {
        "actor": [1, 1],
        "other": [2, 9],
        "amount": [50, 70],
        "place": [3, 3],
        "activity": [4, 4],
        "until": [60, 60],
    }.items():
        assert told[name].tolist() == values


def test_income_and_what_is_taxed_of_it_are_counted_beside_the_balance() -> None:
    bank = Bank()
    bank.post(payer=1, payee=5, amount=700)
    bank.post(payer=1, payee=5, amount=40, category=Category.STIPEND)
    bank.post(payer=5, payee=9, amount=300, category=Category.RENT)
    bank.post(payer=9, payee=5, amount=1000, category=Category.LOAN, cause=3)
    for column, expected in {
        "balance": [-740, 0, 1440, -700],
        "entered": [-740, 0, 1440, -700],
        "income": [0, 0, 740, 300],
        "expense": [740, 0, 300, 0],
        "taxable": [0, 0, 700, 0],
    }.items():
        assert bank.table.arrays[column].tolist() == expected, column
    assert bank.log.take().rows["until"].tolist() == [60, 60, 60, 3]


def test_only_accounts_that_moved_count_as_changed() -> None:
    bank = Bank()
    bank.post(payer=[2, 2], payee=[9, 9], amount=[5, 0])
    assert bank.table.take_changes().tolist() == [1, 3]
    bank.post(payer=2, payee=9, amount=0)
    assert bank.table.take_changes().tolist() == []


@pytest.mark.parametrize(
    ("movement", "complaint"),
    [
        ({"payer": 1, "payee": 1, "amount": 5}, "cannot pay itself"),
        ({"payer": 1, "payee": 2, "amount": -5}, "-5 fen"),
        ({"payer": 1, "payee": 3, "amount": 5}, "actor 3 has no account"),
        ({"payer": 10, "payee": 1, "amount": 5}, "actor 10 has no account"),
        ({"payer": [1, 2], "payee": [2, 3], "amount": [1, 1]}, "actor 3 has no account"),
    ],
)
def test_what_cannot_be_is_refused_and_moves_nothing(
    movement: dict[str, Any], complaint: str
) -> None:
    bank = Bank()
    with pytest.raises(LedgerError, match=complaint):
        bank.post(**movement)
    assert bank.balances() == [0, 0, 0, 0]
    assert len(bank.log.take()) == 0
