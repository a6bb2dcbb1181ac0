"""People come to live in the hamlet, move together, and move away."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from agents import events
from agents.conversations.vocabulary import Love
from agents.models import AgentState, Livelihood, Position, Relationship
from agents.population.vocabulary import Attraction, Departure
from agents.tests.test_livelihoods import live_until, told, with_rules
from economy.models import Account, Transfer
from economy.money import YUAN, Category
from memory.models import Memory
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR, NEVER
from world.history import history_hash
from world.models import World
from world.scenario import Scenario
from world.telling import tell

pytestmark = pytest.mark.django_db

Found = Callable[..., World]

NINE = 9 * HOUR


def with_population(scenario: Scenario, **fields: Any) -> Scenario:
    return with_rules(scenario, "population", **fields)


def out_of_work(scenario: Scenario) -> Scenario:
    """Everybody is laid off, and nobody has looked for work long enough to be offered any."""
    return with_rules(scenario, "employment", lay_offs=1_000_000, search_hours=10_000)


@pytest.fixture
def welcoming(hamlet: Scenario) -> Scenario:
    """A hamlet to which somebody comes every day, just so."""
    return with_population(hamlet, chance=1_000_000, job=0, lonely=0)


def test_newcomers_stand_before_their_home_with_money_and_a_life(
    found_town: Found, welcoming: Scenario
) -> None:
    world = found_town(scenario=welcoming)
    before = world.actors.filter(kind="resident").count()
    live_until(world, 2 * DAY)
    came = told(world, events.MOVED_IN)
    assert [event.world_time for event in came] == [NINE, DAY + NINE]
    assert world.actors.filter(kind="resident").count() == before + 2
    for event in came:
        person = world.actors.get(number=event.actor)
        assert event.data is not None
        assert event.data["name"] == {"zh": person.name_zh, "en": person.name_en}
        assert event.reason == Attraction.CHANCE
        state = AgentState.objects.get(actor=person)
        assert state.home == event.place
        assert person.agent.age == event.data["age"]
        brought = Transfer.objects.get(world=world, category=Category.OPENING, payee=person.number)
        assert brought.world_time == event.world_time + world.grid
        assert brought.amount == welcoming["population"].opening * YUAN
        deeds = world.events.filter(actor=person.number, kind__in=(events.MOVED, events.STARTED))
        assert deeds.count() > 3, "they live as everybody does"
    assert Account.objects.filter(actor__world=world).count() == world.actors.count()


def test_it_does_not_matter_how_the_days_are_cut(found_town: Found, welcoming: Scenario) -> None:
    """Newcomers are history: the same for any number of instants to a transaction."""
    whole, pieces = found_town(scenario=welcoming), found_town(scenario=welcoming)
    advance(world_id=whole.pk, until=2 * DAY, span=6 * HOUR)
    advance(world_id=pieces.pk, until=2 * DAY, span=120)
    assert history_hash(whole) == history_hash(pieces)


def test_somebody_comes_for_work_that_nobody_can_do(found_town: Found, hamlet: Scenario) -> None:
    world = found_town(scenario=with_population(hamlet, chance=0, job=1_000_000, lonely=0))
    live_until(world, DAY)
    (came,) = told(world, events.MOVED_IN)
    assert came.reason == Attraction.JOB
    state = AgentState.objects.get(actor__world=world, actor__number=came.actor)
    position = Position.objects.get(world=world, place=state.workplace, shift=state.shift)
    assert position.occupation == state.occupation
    free = [
        each.posts - AgentState.objects.filter(workplace=each.place, shift=each.shift).count()
        for each in Position.objects.filter(world=world, place=state.workplace, shift=state.shift)
    ]
    assert min(free) >= 0


def test_nobody_comes_to_a_town_that_is_full(found_town: Found, welcoming: Scenario) -> None:
    town = welcoming["town"].model_copy(update={"population_cap": len(welcoming["residents"])})
    scenario = Scenario(content=dict(welcoming.content) | {"town": town})
    world = live_until(found_town(scenario=scenario), DAY)
    assert not told(world, events.MOVED_IN)


def test_whoever_is_deep_in_debt_too_long_moves_away_and_keeps_their_history(
    found_town: Found, hamlet: Scenario
) -> None:
    world = found_town(scenario=with_population(hamlet, chance=0, job=0, lonely=0, debt_days=2))
    number = world.actors.filter(kind="resident").earliest("number").number
    tell(world=world, kind="agent_purse", subject=number, payload={"fen": -1_500_000})
    live_until(world, DAY + 2 * HOUR)
    assert not told(world, events.MOVED_AWAY), "one midnight is not enough"
    live_until(world, 4 * DAY)
    (gone,) = told(world, events.MOVED_AWAY)
    assert (gone.actor, gone.reason, gone.world_time) == (number, Departure.DEBT, 2 * DAY + NINE)
    state = AgentState.objects.get(actor__world=world, actor__number=number)
    assert (state.place, state.bound_for, state.workplace, state.shift) == (0, 0, 0, 0)
    assert {state.think_at, state.ends_at, state.arrives_at, state.alert_at} == {NEVER}
    later = world.events.filter(actor=number, world_time__gt=gone.world_time)
    assert not later.exists(), "nothing happens to whoever has gone"
    charged = Transfer.objects.filter(world=world, payer=number, world_time__gt=gone.world_time)
    assert not charged.exists(), "nor do they pay rent"
    assert Livelihood.objects.get(actor__number=number, actor__world=world).left_at
    assert Memory.objects.filter(actor__number=number, actor__world=world).exists()


def test_whoever_is_unhappy_too_long_moves_away(found_town: Found, hamlet: Scenario) -> None:
    scenario = with_population(hamlet, chance=0, job=0, lonely=0, gloom=100, gloom_days=1)
    world = live_until(found_town(scenario=scenario), DAY + 10 * HOUR)
    gone = told(world, events.MOVED_AWAY)
    assert gone
    assert {event.reason for event in gone} == {Departure.GLOOM}
    # An empty town goes on, with nobody in it.
    live_until(world, 4 * DAY)
    assert len(told(world, events.MOVED_AWAY)) == len(hamlet["residents"])


def test_whoever_finds_no_work_for_too_long_moves_away(found_town: Found, hamlet: Scenario) -> None:
    nobody_comes = {"chance": 0, "job": 0, "lonely": 0}
    staying = live_until(
        found_town(
            scenario=out_of_work(with_population(hamlet, **nobody_comes, jobless_days=None))
        ),
        6 * DAY,
    )
    assert not told(staying, events.MOVED_AWAY)
    seeking = Livelihood.objects.filter(actor__world=staying, jobless_days__gte=3)
    world = live_until(
        found_town(scenario=out_of_work(with_population(hamlet, **nobody_comes, jobless_days=3))),
        6 * DAY,
    )
    gone = told(world, events.MOVED_AWAY)
    assert {event.reason for event in gone} == {Departure.WORK}
    assert {event.actor for event in gone} == set(seeking.values_list("actor__number", flat=True))
    assert len(gone) > 1


def test_couples_move_together(found_town: Found, read_scenario: Callable[[str], Scenario]) -> None:
    sunshine = read_scenario("sunshine")
    world = found_town(scenario=with_population(sunshine, chance=0, job=0, lonely=0))
    people = list(world.actors.filter(kind="resident").select_related("state").order_by("number"))
    one, other = next(
        (one, other)
        for one in people
        for other in people
        if one.number < other.number and one.state.home != other.state.home
    )
    for me, you in ((one, other), (other, one)):
        Relationship.objects.update_or_create(
            actor=me, other=you, defaults={"strength": 90_000, "love": Love.LOVERS}
        )
    residence.forget_all()
    live_until(world, NINE + HOUR)
    moved = [event for event in told(world, events.MOVED_HOUSE) if event.actor == other.number]
    assert [(event.other, event.place, event.amount) for event in moved] == [
        (one.number, one.state.home, other.state.home)
    ]
    other.state.refresh_from_db()
    assert other.state.home == one.state.home


def test_the_balance_says_what_is_wrong(found_town: Found) -> None:
    world = live_until(found_town(), DAY)
    told_of = APIClient().get(f"/api/stats/balance?world={world.slug}").json()["data"]
    assert 0 <= told_of["health"] <= 100
    assert told_of["health"] == 100 - sum(each["costs"] for each in told_of["complaints"])
    free = sum(gap["free"] for gap in told_of["job_gaps"])
    posts = sum(Position.objects.filter(world=world).values_list("posts", flat=True))
    held = sum(
        AgentState.objects.filter(workplace=each.place, shift=each.shift).count()
        for each in Position.objects.filter(world=world)
    )
    assert free == posts - held
    Livelihood.objects.filter(actor__world=world).update(left_at=1)
    assert APIClient().get(f"/api/stats/balance?world={world.slug}").status_code == 200
