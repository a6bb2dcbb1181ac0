"""Prices follow demand and cost, within bounds; taxes go by brackets; Gini is what it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.figures import gini, per_mille
from economy.pricing import Pricing
from economy.sections import BracketSpec, PricingSpec, TaxesSpec
from economy.taxes import Taxes

RULE = PricingSpec(
    step=20,
    lowest=800,
    highest=1400,
    busy=120,
    quiet=80,
    dear=105,
    cheap=75,
    crowded=60,
    empty=15,
)
sums = st.integers(0, 10**7)


def moved(price: int, *, sold: int, usual: int, cost: int) -> int:
    columns = (np.array([each]) for each in (price, sold, usual, cost))
    first, bought, known, paid = columns
    return int(Pricing(RULE).moved(first, sold=bought, usual=known, cost=paid)[0])


@pytest.mark.parametrize(
    ("sold", "usual", "cost", "step"),
    [
        (1000, 1000, 900, 0),
        (1300, 1000, 1170, 10),
        (700, 1000, 630, -10),
        (1000, 1000, 1100, 10),
        (1000, 1000, 500, -10),
        (1300, 1000, 1500, 20),
        (700, 1000, 300, -20),
        (700, 0, 630, 0),
    ],
    ids=[
        "as usual",
        "busy",
        "quiet",
        "dear",
        "cheap",
        "busy and dear",
        "quiet and cheap",
        "nothing is usual yet",
    ],
)
def test_prices_follow_demand_and_cost(sold: int, usual: int, cost: int, step: int) -> None:
    assert moved(1000, sold=sold, usual=usual, cost=cost) == 1000 + step


@given(price=st.integers(800, 1400), days=st.lists(st.tuples(sums, sums, sums), max_size=40))
def test_prices_stay_within_bounds_and_never_jump(
    price: int, days: list[tuple[int, int, int]]
) -> None:
    for sold, usual, cost in days:
        before, price = price, moved(price, sold=sold, usual=usual, cost=cost)
        assert 800 <= price <= 1400
        assert abs(price - before) <= 20


@given(st.integers(800, 1400), st.integers(0, 120))
def test_rent_follows_the_beds_that_are_taken(price: int, taken: int) -> None:
    after = int(Pricing(RULE).rent(np.array([price]), taken)[0])
    if taken > 60:
        assert after == min(price + 10, 1400)
    elif taken < 15:
        assert after == max(price - 10, 800)
    else:
        assert after == price


TAXES = Taxes.compile(
    TaxesSpec(
        income=[BracketSpec(above=200, per_mille=100), BracketSpec(above=500, per_mille=300)],
        wealth=[BracketSpec(above=10_000, per_mille=10)],
    )
)


@pytest.mark.parametrize(
    ("earned", "owned", "due"),
    [
        (0, 500_000, 0),
        (20_000, 500_000, 0),
        (30_000, 500_000, 1_000),
        (60_000, 500_000, 6_000),
        (0, 1_500_000, 5_000),
        (60_000, 1_500_000, 11_000),
        (60_000, 2_500, 2_500),
        (60_000, -100, 0),
    ],
)
def test_what_lies_above_a_bracket_is_taxed_by_it(earned: int, owned: int, due: int) -> None:
    assert TAXES.due(np.array([earned]), np.array([owned])).tolist() == [due]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
def test_gini_is_half_the_relative_mean_difference(balances: list[int]) -> None:
    owned = [max(balance, 0) for balance in balances]
    total = sum(owned)
    plain = (
        sum(abs(one - other) for one in owned for other in owned) / (2 * len(owned) * total)
        if total
        else 0.0
    )
    assert gini(np.array(balances, dtype=np.int64)) == pytest.approx(plain, abs=1e-12)


def test_gini_of_nobody_and_parts_of_nothing_are_nothing() -> None:
    assert gini(np.zeros(0, dtype=np.int64)) == 0
    assert per_mille(3, 0) == 0
    assert per_mille(1, 3) == 333
