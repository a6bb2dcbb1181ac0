"""Laws of money: under anything that may happen the books add up, nobody pays what they cannot, no
cause is paid twice, and a day is settled once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError as DatabaseError
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agents.models import Livelihood
from agents.systems.settlement import Settlement
from economy import events
from economy.audit import audit
from economy.models import Account, DayFigures, Transfer
from economy.money import Category
from tests.laws.orders import RULES
from world import residence
from world.advance import advance
from world.engine.columns import Columns
from world.engine.gametime import DAY, HOUR
from world.engine.inbox import Stamp
from world.engine.step import Step
from world.models import World
from world.scenario import Scenario
from world.telling import tell

Found = Callable[..., World]

MAY_LEAD_INTO_DEBT = {
    *(Category.RENT, Category.FOOD, Category.TRANSPORT, Category.PHONE),
    *(Category.MEDICAL, Category.REPAIR, Category.INTEREST, Category.GRANT),
}
"""What somebody has to pay, whether they can or not."""

people = st.integers(1, 22)
places = st.integers(1, 12)
deeds = st.one_of(
    st.tuples(st.just("live"), st.integers(1, 30)),
    st.tuples(st.just("purse"), people, st.integers(-2_000_000, 2_000_000)),
    st.tuples(st.just("rule"), st.sampled_from(RULES), st.integers(0, 2)),
    st.tuples(
        st.just("happening"),
        st.sampled_from(("celebration", "disaster", "shock")),
        places,
        st.integers(1, 30),
        st.integers(0, 3000),
    ),
    st.tuples(st.just("go"), people, places),
    st.tuples(st.just("skill"), people),
)
"""What may be done to a town: hours lived, and orders of every kind that moves money."""


def do(world: World, deed: tuple[Any, ...]) -> None:
    """One deed of an operator, or some hours of life."""
    match deed:
        case ("live", hours):
            world.refresh_from_db()
            advance(world_id=world.pk, until=world.lived_until + hours * HOUR)
        case ("purse", who, fen):
            tell(world=world, kind="agent_purse", subject=who, payload={"fen": fen})
        case ("rule", (rule, value), days):
            tell(world=world, kind="rule", payload={"rule": rule, "value": value, "days": days})
        case ("happening", kind, place, hours, strength):
            payload = {"kind": kind, "place": place, "hours": hours, "strength": strength}
            tell(world=world, kind="happening", payload=payload)
        case ("go", who, place):
            tell(world=world, kind="agent_move", subject=who, payload={"place": place})
        case ("skill", who):
            payload = {"skills": {"business": 90}}
            tell(world=world, kind="agent_edit", subject=who, payload=payload)


def check_books(world: World) -> None:
    """Everything that must be true of money at any time."""
    found = audit(world)
    assert found.passed, found.complaint
    assert not Account.objects.filter(actor__world=world).exclude(balance=F("entered")).exists()
    transfers = Transfer.objects.filter(world=world)
    causes = Counter(
        transfers.exclude(category=Category.GRANT).values_list(
            "payer", "payee", "category", "cause"
        )
    )
    assert not causes or max(causes.values()) == 1
    assert set(transfers.values_list("category", flat=True)) <= set(Category)
    _check_that_nobody_overspent(world)


def _check_that_nobody_overspent(world: World) -> None:
    """Going through the books entry by entry, only what must be paid leads into debt."""
    residents = set(world.actors.filter(kind="resident").values_list("number", flat=True))
    owned: Counter[int] = Counter()
    rows = Transfer.objects.filter(world=world).order_by("seq")
    for payer, payee, category, amount in rows.values_list("payer", "payee", "category", "amount"):
        owned[payer] -= amount
        owned[payee] += amount
        if payer in residents and category not in MAY_LEAD_INTO_DEBT:
            assert owned[payer] >= 0, f"{payer} paid {amount} fen for {Category(category).name}"


@pytest.mark.django_db
@settings(
    max_examples=6,
    # Every example lives for days: looking for a smaller one would take an hour.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**16), done=st.lists(deeds, min_size=3, max_size=10))
def test_whatever_is_done_the_books_add_up(
    found_town: Found, hamlet: Scenario, seed: int, done: list[tuple[Any, ...]]
) -> None:
    # Somebody comes to live here every day.
    population = hamlet["population"].model_copy(update={"chance": 1_000_000})
    scenario = Scenario(content=dict(hamlet.content) | {"population": population})
    world = found_town(seed=seed, scenario=scenario)
    for deed in done:
        do(world, deed)
    do(world, ("live", 26))
    check_books(world)
    midnights = DayFigures.objects.filter(world=world).order_by("midnight")
    world.refresh_from_db()
    assert [day.midnight for day in midnights] == list(range(DAY, world.lived_until + 1, DAY)), (
        "every midnight was settled once"
    )


@pytest.fixture
def town(found_town: Found) -> World:
    world = found_town()
    advance(world_id=world.pk, until=DAY - 60)
    world.refresh_from_db()
    return world


@pytest.mark.django_db
def test_a_day_that_was_settled_is_not_settled_again(town: World) -> None:
    advance(world_id=town.pk, until=DAY)
    town.refresh_from_db()
    pipeline = residence.pipeline_of(town)
    before = _copy(pipeline.columns)
    settlement = next(each for each in pipeline._systems if isinstance(each, Settlement))
    step = Step(
        stamp=Stamp(DAY),
        seed=town.seed,
        due=np.zeros(0, dtype=np.int64),
        inbox=(),
        log=pipeline.log,
    )
    settlement.on_time(step)
    assert not len(pipeline.log.take())
    for name, array in before.items():
        np.testing.assert_array_equal(array, _copy(pipeline.columns)[name], err_msg=name)
    residence.forget_all()


def _copy(columns: Columns) -> dict[str, Any]:
    return {
        f"{table}.{name}": array.copy()
        for table in ("accounts", "businesses", "livelihoods", "residents")
        for name, array in columns[table].arrays.items()
    }


@pytest.mark.django_db
def test_the_database_refuses_to_pay_a_cause_twice(town: World) -> None:
    wage = Transfer.objects.filter(world=town, category=Category.WAGE).earliest("seq")
    wage.pk = None
    wage.seq = town.seq + 1
    with pytest.raises(DatabaseError, match="transfer_pays_a_cause_once"), transaction.atomic():
        wage.save()


@pytest.mark.django_db
def test_the_figures_of_a_day_are_those_of_its_transfers(town: World) -> None:
    advance(world_id=town.pk, until=2 * DAY)
    day = DayFigures.objects.get(world=town, midnight=2 * DAY)
    people = town.actors.filter(kind="resident").values("number")
    paid = Transfer.objects.filter(world=town, world_time__gt=DAY, world_time__lte=2 * DAY)
    income = paid.filter(payee__in=people).exclude(category=Category.OPENING)
    spending = paid.filter(payer__in=people)
    assert day.income == income.aggregate(sum=Sum("amount"))["sum"]
    assert day.spending == spending.aggregate(sum=Sum("amount"))["sum"]
    told = town.events.get(kind=events.SETTLED, world_time=2 * DAY)
    assert told.data is not None
    assert told.data["gini"] == day.gini
    assert day.population == Livelihood.objects.filter(actor__world=town, left_at=0).count()
