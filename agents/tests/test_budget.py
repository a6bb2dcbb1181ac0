"""The budget: what may be spent in a day, and that no more is, however many ask at once."""

import datetime as dt
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agents.minds import budget, thoughts
from agents.minds.budget import budget_of, policy_of, reserve
from agents.models import Spending, Thought
from agents.models.spending import NANO
from world.models import World

Found = Callable[..., World]

SEPTEMBER = dt.date(2026, 9, 1)


def noon(day: int) -> dt.datetime:
    return dt.datetime.combine(SEPTEMBER.replace(day=day), dt.time(12), dt.UTC)


def allow(world: World, **policy: Any) -> None:
    known = policy_of(world)
    for name, value in policy.items():
        setattr(known, name, value)
    known.save()


def spend(world: World, day: dt.date, dollars: float, reserved: float = 0) -> None:
    Spending.objects.create(
        world=world, day=day, spent=int(dollars * NANO), reserved=int(reserved * NANO)
    )


def open_thoughts(world: World, count: int, **fields: Any) -> list[Thought]:
    """Thoughts of the first resident, which were asked one after another."""
    actor = world.actors.earliest("number")
    return Thought.objects.bulk_create(
        Thought(
            world=world,
            actor=actor,
            purpose=Thought.Purpose.DECIDE,
            asked_at=asked_at,
            decision=1,
            urgency=10,
            situation={},
            status=Thought.Status.ANSWERED,
            **fields,
        )
        for asked_at in range(count)
    )


def today_of(world: World) -> Spending:
    return Spending.objects.get(world=world, day=timezone.now().astimezone(dt.UTC).date())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "spent_before", "cap"),
    [(1, 0, 10), (16, 0, 20), (16, 150, 10), (30, 0, 300), (30, 299, 1), (16, 400, 0)],
)
def test_without_a_word_a_day_may_cost_its_share_of_what_is_left_of_the_month(
    small_town: Found, day: int, spent_before: float, cap: float
) -> None:
    world = small_town()
    allow(world, monthly_usd=300)
    spend(world, SEPTEMBER - dt.timedelta(days=1), 1000)
    if spent_before:
        spend(world, SEPTEMBER, spent_before)
    money = budget_of(world, noon(day))
    assert money.daily_cap == cap * NANO
    assert money.left_today == cap * NANO
    assert money.spent_this_month == spent_before * NANO


@pytest.mark.django_db
def test_what_today_costs_does_not_change_what_today_may_cost(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=300)
    spend(world, SEPTEMBER, 4, reserved=3)
    money = budget_of(world, noon(1))
    assert (money.daily_cap, money.spent_today) == (10 * NANO, 7 * NANO)
    assert money.left_today == 3 * NANO
    assert money.used == pytest.approx(0.7)


@pytest.mark.django_db
def test_the_days_of_the_budget_are_those_of_utc(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=300)
    spend(world, SEPTEMBER, 4)
    china = dt.timezone(dt.timedelta(hours=8))
    late = dt.datetime(2026, 9, 2, 7, 59, tzinfo=china)
    assert budget_of(world, late).spent_today == 4 * NANO
    assert budget_of(world, late + dt.timedelta(minutes=1)).spent_today == 0


@pytest.mark.django_db
def test_a_cap_of_the_day_holds_within_that_of_the_month(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=300, daily_usd=Decimal("2.5"))
    assert budget_of(world, noon(3)).daily_cap == 2_500_000_000
    spend(world, SEPTEMBER, 299)
    money = budget_of(world, noon(3))
    assert money.daily_cap == 2_500_000_000
    assert money.left_today == NANO, "the month has no more"
    allow(world, daily_usd=0)
    money = budget_of(world, noon(3))
    assert (money.left_today, money.used) == (0, 1)


@pytest.mark.django_db
def test_what_other_worlds_cost_is_their_own(small_town: Found) -> None:
    world, other = small_town(), small_town()
    allow(world, daily_usd=1)
    spend(other, SEPTEMBER, 100)
    assert budget_of(world, noon(1)).left_today == NANO


@pytest.mark.django_db
def test_money_is_set_aside_in_order_and_cheaper_calls_may_still_fit(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=1000, daily_usd=10)
    asked = open_thoughts(world, 5)
    granted = reserve(
        world=world, thoughts=asked, ceilings=[dollars * NANO for dollars in (4, 5, 2, 1, 1)]
    )
    assert [thought.asked_at for thought in granted] == [0, 1, 3]
    today = today_of(world)
    assert (today.reserved, today.spent, today.calls) == (10 * NANO, 0, 3)
    assert [thought.reserved // NANO for thought in Thought.objects.order_by("asked_at")] == [
        *(4, 5, 0, 1, 0)
    ]
    assert budget_of(world).left_today == 0
    assert reserve(world=world, thoughts=asked[4:], ceilings=[0]), "what is free always fits"


@pytest.mark.django_db
def test_settling_gives_back_what_was_not_needed(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=1000, daily_usd=10)
    thought, later = open_thoughts(world, 2)
    assert reserve(world=world, thoughts=[thought], ceilings=[8 * NANO])
    assert not reserve(world=world, thoughts=[later], ceilings=[3 * NANO])
    budget.settle([(thought, NANO)])
    today = today_of(world)
    assert (today.reserved, today.spent) == (0, NANO)
    assert (thought.reserved, thought.reserved_on) == (0, None)
    budget.settle([(thought, NANO)])
    today.refresh_from_db()
    assert today.spent == NANO, "what is settled is settled once"
    assert reserve(world=world, thoughts=[later], ceilings=[9 * NANO])


@pytest.mark.django_db
def test_what_is_settled_after_midnight_counts_for_the_day_on_which_it_was_set_aside(
    small_town: Found,
) -> None:
    world = small_town()
    spend(world, SEPTEMBER, 0, reserved=5)
    (thought,) = open_thoughts(world, 1, reserved=5 * NANO, reserved_on=SEPTEMBER)
    budget.settle([(thought, 2 * NANO)])
    day = Spending.objects.get(world=world)
    assert (day.day, day.reserved, day.spent) == (SEPTEMBER, 0, 2 * NANO)


@pytest.mark.django_db
def test_what_was_set_aside_for_a_call_whose_end_nobody_saw_counts_as_spent(
    small_town: Found,
) -> None:
    world = small_town()
    (thought,) = open_thoughts(world, 1)
    reserve(world=world, thoughts=[thought], ceilings=[3 * NANO])
    thoughts.write_off([thought])
    today = today_of(world)
    assert (today.reserved, today.spent) == (0, 3 * NANO)
    thought.refresh_from_db()
    assert (thought.cost, thought.reserved, thought.reserved_on) == (3 * NANO, 0, None)
    thoughts.write_off([thought])
    today.refresh_from_db()
    assert today.spent == 3 * NANO


def _in_threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Let so many threads begin at once; as many of them as the pool allows have a connection."""
    ready = threading.Barrier(count, timeout=30)

    def run(number: int) -> Any:
        try:
            ready.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_of_64_who_ask_at_once_for_a_tenth_of_the_cap_ten_get_it(small_town: Found) -> None:
    world = small_town()
    allow(world, monthly_usd=1000, daily_usd=10)
    asked = open_thoughts(world, 64)
    granted = _in_threads(
        64, lambda i: len(reserve(world=world, thoughts=[asked[i]], ceilings=[NANO]))
    )
    assert sum(granted) == 10
    today = today_of(world)
    assert (today.reserved, today.spent, today.calls) == (10 * NANO, 0, 10)
    assert Thought.objects.filter(reserved=NANO).count() == 10


@pytest.mark.django_db(transaction=True)
def test_spending_never_exceeds_the_cap_at_any_moment_at_which_one_looks(
    small_town: Found,
) -> None:
    world = small_town()
    allow(world, monthly_usd=1000, daily_usd=10)
    cap, workers, rounds = 10 * NANO, 16, 15
    asked = open_thoughts(world, workers * rounds)
    paid = [0] * workers
    refused = [0] * workers
    over = threading.Event()
    seen = []

    def watch() -> None:
        while not over.is_set():
            with connection.cursor() as cursor:
                cursor.execute("SELECT coalesce(sum(spent + reserved), 0) FROM agents_spending")
                seen.append(int(cursor.fetchone()[0]))
        connection.close()

    def work(worker: int) -> None:
        luck = random.Random(worker)
        for turn in range(rounds):
            thought = asked[worker * rounds + turn]
            most = luck.randrange(3 * NANO)
            if not reserve(world=world, thoughts=[thought], ceilings=[most]):
                refused[worker] += 1
                continue
            cost = luck.randrange(most // 10 + 1)
            with transaction.atomic():
                budget.settle([(thought, cost)])
                thought.save(update_fields=["reserved", "reserved_on"])
            paid[worker] += cost

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        _in_threads(workers, work)
    finally:
        over.set()
        watcher.join()
    today = today_of(world)
    assert (today.reserved, today.spent) == (0, sum(paid))
    assert len(seen) > 10
    assert max(seen) <= cap
    assert max(seen) > cap // 2, "nobody came near the cap: this shows nothing"
    assert sum(refused) > 0
