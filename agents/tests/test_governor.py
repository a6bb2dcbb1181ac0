"""The governor: what the engine is told of models, and how fast the clock may go."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from agents.events import MINDS_STATE
from agents.minds import gate
from agents.minds.budget import Budget
from agents.minds.catalogue import give_mind
from agents.minds.gate import BADLY, Gate
from agents.minds.governor import LADDER, Pace, govern, govern_all, next_cadence, pace_of
from agents.minds.pacing import GIVEN_UP_AFTER, usual_latency, wait_for_minds
from agents.minds.waking import ALIVE
from agents.models import AgentMind, LanguageModel, Spending, Thought
from agents.models.spending import NANO
from agents.provenance import StandIn
from agents.systems.deliberation import CADENCE
from agents.tests.models import language_model
from agents.tests.towns import let_ask, set_policy, start_clock
from world import pace
from world.advance import advance
from world.engine.gametime import MINUTE
from world.models import Event, World

Found = Callable[..., World]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_gate")]

NOON = dt.datetime(2026, 9, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shortly before midnight, no spending is too fast for what is left of the day."""
    noon = timezone.now().replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def model() -> LanguageModel:
    return language_model()


@pytest.fixture
def world(small_town: Found, model: LanguageModel) -> World:
    """A town whose clock runs and whose residents have asked their model."""
    town = let_ask(small_town(residents=2), model)
    start_clock(town)
    return town


def states(world: World) -> list[dict[str, Any]]:
    """What the world was told of its models, the oldest first."""
    return list(
        world.inbox.filter(kind="minds_state").order_by("pk").values_list("payload", flat=True)
    )


def lived_by(world: World) -> set[tuple[str, int]]:
    """Why models are closed to residents, and their cadence, once they know."""
    world.refresh_from_db()
    last = world.inbox.order_by("-at").values_list("at", flat=True)[0]
    advance(world_id=world.pk, until=max(last, world.lived_until))
    minds = AgentMind.objects.filter(actor__world=world, code__gt=0)
    return {
        (StandIn(closed).name.lower() if closed else "", cadence)
        for closed, cadence in minds.values_list("closed", "cadence")
    }


def spent_lately(world: World, dollars: float) -> None:
    """Say that thoughts which were answered just now cost so much."""
    nano = int(dollars * NANO)
    Thought.objects.filter(world=world).update(cost=0)
    thought = Thought.objects.filter(world=world).latest("pk")
    Thought.objects.filter(pk=thought.pk).update(cost=nano, answered_real=timezone.now())


def fail(model: LanguageModel, times: int) -> None:
    """Let so many calls to a model fail."""

    async def run() -> None:
        async with Gate() as gates:
            for _ in range(times):
                _, _, token = await gates.admit(model, urgent=True, lease_seconds=5)
                await gates.leave(model, token, BADLY)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("step", "pace_", "then"),
    [
        (0, Pace(1.11, 1), 1),
        (5, Pace(9, 1), 6),
        (6, Pace(9, 1), 6),
        (3, Pace(1.1, 1), 3),
        (3, Pace(0.4, 1), 3),
        (3, Pace(0.39, 1), 2),
        (3, Pace(0, 1), 2),
        (0, Pace(0, 0), 0),
        (3, Pace(0.1, 0), 4),
    ],
)
def test_the_cadence_climbs_while_money_runs_out_too_early(
    step: int, pace_: Pace, then: int
) -> None:
    assert next_cadence(LADDER[step], pace_) == LADDER[then]


def test_a_cadence_between_two_rungs_stands_on_the_lower_one() -> None:
    assert LADDER[0] == CADENCE
    assert next_cadence(LADDER[2] + 1, Pace(9, 1)) == LADDER[3]
    assert next_cadence(1, Pace(0.5, 1)) == LADDER[0]


def test_the_pace_is_what_was_spent_lately_against_what_is_left_until_midnight(
    world: World,
) -> None:
    money = Budget(NOON.date(), 12 * NANO, 0, 300 * NANO, 0)
    assert pace_of(world, money, NOON).spending == 0, "nothing was spent"
    thought = Thought.objects.filter(world=world).latest("pk")
    for minutes, cost, known in ((1, NANO, True), (1, NANO // 100, False), (11, NANO, False)):
        thought.answered_real, thought.cost = NOON - dt.timedelta(minutes=minutes), cost
        thought.save()
        assert (pace_of(world, money, NOON).spending > 0) is known
    thought.answered_real = NOON
    thought.save()
    found = pace_of(world, money, NOON)
    assert found.spending == pytest.approx(NANO / 600)
    assert found.allowed == pytest.approx(12 * NANO / (12 * 3600))


@pytest.mark.usefixtures("at_noon")
def test_a_world_is_told_to_think_less_often_and_more_often_again(world: World) -> None:
    set_policy(world, monthly_usd=1000, daily_usd=1000)
    govern(world)
    assert states(world) == []
    spent_lately(world, 500)
    govern(world)
    assert states(world) == [], "it is looked at once a minute"
    for rung in (1, 2):
        cache.clear()
        govern(world)
        assert lived_by(world) == {("", LADDER[rung])}
    spent_lately(world, 0)
    cache.clear()
    govern(world)
    assert lived_by(world) == {("", LADDER[1])}
    assert len(states(world)) == 3


@pytest.mark.usefixtures("at_noon")
def test_every_model_of_a_town_that_spends_too_fast_is_asked_less_often(
    world: World, model: LanguageModel
) -> None:
    other = language_model(name="other")
    give_mind(world=world, model=other, agent=world.actors.earliest("number"))
    lived_by(world)
    set_policy(world, monthly_usd=1000, daily_usd=1000)
    for _ in range(3):
        cache.clear()
        spent_lately(world, 500)
        govern(world)
        lived_by(world)
    minds = AgentMind.objects.filter(actor__world=world)
    cadences = dict(minds.values_list("code", "cadence"))
    assert cadences == {model.code: LADDER[3], other.code: LADDER[3]}


def test_a_budget_that_is_used_up_closes_minds_until_there_is_more(world: World) -> None:
    set_policy(world, monthly_usd=100, daily_usd=1)
    today = timezone.now().astimezone(dt.UTC).date()
    Spending.objects.create(world=world, day=today, spent=NANO)
    govern(world)
    (state,) = states(world)
    assert (state["closed"], state["model"]) == ("budget", "fake-chat")
    assert lived_by(world) == {("budget", CADENCE)}
    set_policy(world, daily_usd=2)
    govern(world)
    assert lived_by(world) == {("", CADENCE)}
    told = Event.objects.filter(world=world, kind=MINDS_STATE).order_by("seq")
    assert [event.data["closed"] for event in told if event.data] == ["budget", ""]


def test_an_open_breaker_closes_minds_until_somebody_may_try_again(
    world: World, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "OPEN_SECONDS", 1.5)
    fail(model, times=4)
    govern(world)
    assert states(world) == []
    fail(model, times=1)
    govern(world)
    assert lived_by(world) == {("unreachable", CADENCE)}
    time.sleep(1.6)
    govern(world)
    assert lived_by(world) == {("", CADENCE)}
    assert len(states(world)) == 2


def test_a_model_that_cannot_be_asked_is_closed(
    world: World, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = LanguageModel.objects.filter(pk=model.pk)
    rows.update(key_variable="KEY_OF_TESTS")
    govern(world)
    assert lived_by(world) == {("unreachable", CADENCE)}
    monkeypatch.setenv("KEY_OF_TESTS", "k")
    govern(world)
    assert lived_by(world) == {("", CADENCE)}
    rows.update(enabled=False)
    govern(world)
    assert lived_by(world) == {("unreachable", CADENCE)}
    rows.delete()
    govern(world)
    assert lived_by(world) == {("unreachable", CADENCE)}


def test_minds_are_closed_when_nobody_has_asked_for_half_a_minute(world: World) -> None:
    govern(world)
    assert states(world) == []
    long_ago = timezone.now() - dt.timedelta(seconds=31)
    Thought.objects.filter(world=world).update(asked_real=long_ago)
    cache.set(ALIVE, True, timeout=3)
    govern(world)
    assert states(world) == [], "a worker is at work"
    cache.delete(ALIVE)
    govern(world)
    assert [told["closed"] for told in states(world)] == ["unreachable"]


def test_a_state_is_not_told_twice_while_it_waits(world: World) -> None:
    set_policy(world, daily_usd=0)
    for _ in range(3):
        govern(world)
    assert [told["closed"] for told in states(world)] == ["budget"]
    assert lived_by(world) == {("budget", CADENCE)}
    govern(world)
    assert len(states(world)) == 1, "it is known"


def test_a_state_that_was_over_before_it_was_lived_is_taken_back(world: World) -> None:
    for cap in (0, 100):
        set_policy(world, monthly_usd=1000, daily_usd=cap)
        govern(world)
    lived_by(world)
    govern(world)
    assert lived_by(world) == {("", CADENCE)}


def test_worlds_that_stand_or_go_by_instinct_are_left_alone(
    world: World, small_town: Found
) -> None:
    plain = small_town(residents=1)
    start_clock(plain)
    set_policy(world, daily_usd=0)
    pace.pause(world=world)
    govern_all()
    assert states(world) == states(plain) == []
    pace.resume(world=world)
    govern_all()
    assert len(states(world)) == 1
    assert states(plain) == []


def answered(world: World, *seconds: float, via: str = "wire") -> None:
    """Say how long the last answers took."""
    actor = world.actors.earliest("number")
    Thought.objects.bulk_create(
        Thought(
            world=world,
            actor=actor,
            purpose=Thought.Purpose.DECIDE,
            asked_at=index,
            decision=1,
            urgency=10,
            situation={},
            status=Thought.Status.ANSWERED,
            answered_real=timezone.now(),
            latency_ms=round(each * 1000),
            via=via,
        )
        for index, each in enumerate(seconds)
    )


def test_the_clock_waits_for_minds_that_are_slower_than_ten_game_minutes(world: World) -> None:
    answered(world, 1, 2, 50)
    assert usual_latency(world) == 2
    oldest = Thought.objects.filter(world=world, status="waiting").earliest("asked_at").asked_at
    assert wait_for_minds(world, 60) is None
    assert wait_for_minds(world, 299) is None
    assert wait_for_minds(world, 301) == oldest + 10 * MINUTE
    set_policy(world, minds_yield=True)
    assert wait_for_minds(world, 301) is None


def test_the_clock_waits_for_a_question_that_has_waited_too_long_already(world: World) -> None:
    open_ = Thought.objects.filter(world=world, status="waiting")
    assert wait_for_minds(world, 60) is None
    open_.update(asked_real=timezone.now() - dt.timedelta(seconds=11))
    assert wait_for_minds(world, 50) is None
    assert wait_for_minds(world, 60) == open_.earliest("asked_at").asked_at + 10 * MINUTE
    open_.update(asked_real=timezone.now() - GIVEN_UP_AFTER)
    assert wait_for_minds(world, 60) is None
    open_.update(asked_real=timezone.now(), status="answered")
    answered(world, 100)
    assert wait_for_minds(world, 3600) is None, "nobody was asked"


def test_what_came_from_a_cassette_says_nothing_of_how_long_models_take(world: World) -> None:
    answered(world, 30, via="cassette")
    assert usual_latency(world) == 0
