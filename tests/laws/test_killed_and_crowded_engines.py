"""Laws 1, 2 and 4 with engines in processes of their own: killed, and two at a time."""

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet

from agents import events
from agents.provenance import Source
from agents.systems.orders import DO
from economy.audit import audit
from economy.events import PAID
from economy.models import DayFigures
from economy.money import Category
from tests import engine_process
from tests.laws.orders import plan_orders, tell_something
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.events import RULE_CHANGED
from world.happenings import BY_OPERATORS, HAPPENING
from world.history import history_hash
from world.models import Event, Happening, InboxEntry, World
from world.replay import found_replay
from world.scenario import Scenario

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)


def start_engine(world: World, until: int, span: int) -> "subprocess.Popen[str]":
    database = str(connection.settings_dict["NAME"])
    return engine_process.start(world.pk, database=database, until=until, span=span)


def kill_within(engine: "subprocess.Popen[str]", seconds: float) -> bool:
    """Let it commit at least once, then kill it at an arbitrary moment; whether it was alive."""
    assert engine.stdout is not None
    engine.stdout.readline()
    time.sleep(seconds)
    engine.kill()
    return engine.wait() != 0


def live_through_kills(world: World, until: int, kills: int, luck: random.Random) -> int:
    """Advance a world by engines of which `kills` are killed, with orders told all the while."""
    killed = 0
    for _ in range(kills):
        tell_something(world, luck)
        with start_engine(world, until, span=luck.choice((30, 120, 600))) as engine:
            killed += kill_within(engine, luck.uniform(0, 0.3))
    with start_engine(world, until, span=HOUR) as engine:
        engine.communicate(timeout=120)
    return killed


def happened_once(world: World, orders: "QuerySet[InboxEntry]") -> bool:
    """Every happening that was ordered began at the instant of its stamp, and no other did."""
    begun = Happening.objects.filter(world=world, kind__in=BY_OPERATORS)
    return Counter(orders.values_list("at", flat=True)) == Counter(
        begun.values_list("began", flat=True)
    )


def check_that_orders_took_effect_once(world: World) -> None:
    """Every order that was accepted is one event, at the very instant of its stamp.

    Of several activities for one resident in one instant, the last is what they begin.
    """
    orders = world.inbox.filter(outcome=InboxEntry.Outcome.ACCEPTED)
    assert happened_once(world, orders.filter(kind=HAPPENING.name))
    orders = orders.exclude(kind=HAPPENING.name)
    assert not world.inbox.filter(outcome=InboxEntry.Outcome.WAITING).exists()
    told = Counter(orders.exclude(kind=DO.name).values_list("at", "subject"))
    told += Counter(orders.filter(kind=DO.name).values_list("at", "subject").distinct())
    happened = Event.objects.filter(world=world)
    deeds = happened.filter(
        source=Source.OPERATOR,
        kind__in=(
            *(events.MOVED, events.STARTED, events.EDITED, events.WORDS_HEARD),
            events.MOVED_AWAY,
        ),
    ).exclude(kind=events.STARTED, reason=0)
    announced = happened.filter(
        source=Source.OPERATOR, kind__in=(events.ANNOUNCED, RULE_CHANGED, events.MOVED_IN)
    )
    grants = happened.filter(kind=PAID, reason=Category.GRANT)
    treasury = world.actors.get(kind="treasury").number
    done = Counter(deeds.values_list("world_time", "actor"))
    done += Counter((instant, 0) for instant in announced.values_list("world_time", flat=True))
    done += Counter(grants.filter(actor=treasury).values_list("world_time", "other"))
    done += Counter(grants.filter(other=treasury).values_list("world_time", "actor"))
    assert told
    assert told - done == Counter(), "an order had no effect at its instant"


@pytest.mark.parametrize(
    ("seed", "kills", "hours"),
    [(1, 4, 24), pytest.param(2, 100, 24 * 14, marks=pytest.mark.long)],
)
def test_killed_engines_lose_and_double_nothing(
    found_town: Found, hamlet: Scenario, seed: int, kills: int, hours: int
) -> None:
    # Somebody comes to live here every other day.
    population = hamlet["population"].model_copy(update={"chance": 500_000})
    scenario = Scenario(content=dict(hamlet.content) | {"population": population})
    world = found_town(seed=seed, scenario=scenario)
    until = world.instant + hours * HOUR
    luck = random.Random(seed)
    plan_orders(world, until=until, count=60, seed=seed)
    killed = live_through_kills(world, until, kills, luck)
    world.refresh_from_db()
    assert world.lived_until == until
    assert killed > 0, "no engine was killed at work"

    again = found_replay(of=world, slug="again")
    advance(world_id=again.pk, until=until)
    assert history_hash(again) == history_hash(world)
    check_that_orders_took_effect_once(world)
    assert audit(world).passed
    assert DayFigures.objects.filter(world=world).count() == until // DAY
    assert list(
        Event.objects.filter(world=world).order_by("seq").values_list("seq", flat=True)
    ) == list(range(1, world.seq + 1))


def test_two_engines_never_double_or_lose_an_instant(found_town: Found) -> None:
    world = found_town()
    until = world.instant + 12 * HOUR
    plan_orders(world, until=until, count=30, seed=3)
    with start_engine(world, until, 60) as one, start_engine(world, until, 90) as other:
        lines = [engine.communicate(timeout=120)[0].splitlines() for engine in (one, other)]
    instants = [sum(int(line.split()[2]) for line in told) for told in lines]
    assert min(instants) > 0, "one engine did all the work, so nothing was contended"
    world.refresh_from_db()

    again = found_replay(of=world, slug="again")
    alone = advance(world_id=again.pk, until=until)
    assert history_hash(again) == history_hash(world)
    assert sum(instants) == alone.instants
    check_that_orders_took_effect_once(world)
