"""Killing those who ask loses no thought, pays none twice, and applies no decision twice."""

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.db.models import Sum

from agents import events
from agents.fake_llm.running import FakeModel, fake_llm
from agents.minds import thoughts
from agents.minds.catalogue import give_mind
from agents.models import Spending, Thought
from tests import minds_process
from tests.laws.models import model_at
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import Event, World
from world.pace import resume
from world.replay import found_replay

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with fake_llm(latency=0.6, spread=0.6) as running:
        yield running


@pytest.fixture
def asking(found_town: Found, read_scenario: Callable[..., object], fake: FakeModel) -> World:
    """A town of fifty in which everybody waits for an answer, with its clock running."""
    world = found_town(seed=8, scenario=read_scenario("sunshine"))
    give_mind(world=world, model=model_at(fake))
    advance(world_id=world.pk, until=world.instant + 10 * MINUTE)
    world.refresh_from_db()
    resume(world=world)
    assert Thought.objects.filter(world=world, status="waiting").count() == 50
    return world


def start(in_flight: int = 96) -> "subprocess.Popen[str]":
    worker = minds_process.start(
        database=str(connection.settings_dict["NAME"]),
        in_flight=in_flight,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "asking\n"
    return worker


def check(world: World, fake: FakeModel, *, lost: int) -> None:
    """Every thought was answered once, and the books say what the endpoint says."""
    answered = Thought.objects.filter(world=world)
    assert set(answered.values_list("status", "failure")) == {("answered", "")}
    told = world.inbox.filter(kind="thought_reply")
    assert Counter(told.values_list("subject", flat=True)) == dict.fromkeys(range(1, 51), 1)
    spent = Spending.objects.get(world=world)
    assert spent.reserved == 0
    assert spent.spent == answered.aggregate(cost=Sum("cost"))["cost"]
    assert fake.counters()["requests"] == 50 + lost, "a thought was asked more often than it had to"
    advance(world_id=world.pk, until=world.lived_until + HOUR)
    world.refresh_from_db()
    applied = Event.objects.filter(world=world, kind=events.ANSWERED, reason=0)
    assert applied.values("actor", "amount").distinct().count() == applied.count()
    again = found_replay(of=world, slug="again")
    advance(world_id=again.pk, until=world.lived_until)
    assert history_hash(again) == history_hash(world)


def test_a_worker_killed_in_the_middle_of_a_batch(
    asking: World, fake: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    luck = random.Random(2)
    killed_calls = 0
    for _ in range(3):
        with start() as worker:
            time.sleep(luck.uniform(0.5, 1.2))
            before = fake.counters()["requests"]
            worker.kill()
            worker.wait()
        open_ = Thought.objects.filter(world=asking, status="claimed")
        killed_calls += open_.count()
        # Nobody renews the lease of the dead; the test does not wait until it has run out.
        open_.update(lease_until="2020-01-01T00:00:00Z")
        assert before <= 50 + killed_calls
    assert killed_calls, "no worker was killed at work"
    with start() as worker:
        assert worker.wait(timeout=60) == 0
    written_off = fake.counters()["requests"] - 50
    assert 0 <= written_off <= killed_calls
    check(asking, fake, lost=written_off)


def test_a_worker_told_to_stop_gives_its_claims_back_at_once(
    asking: World, fake: FakeModel
) -> None:
    fake.control(latency=8, spread=0)
    with start() as worker:
        deadline = time.monotonic() + 30
        while fake.counters()["in_flight"] < 50:
            assert time.monotonic() < deadline, "they are not all under way"
            time.sleep(0.05)
        began = time.monotonic()
        worker.terminate()
        assert worker.wait(timeout=10) == 0
        assert time.monotonic() - began < 5
    assert set(Thought.objects.values_list("status", flat=True)) == {"waiting"}
    assert fake.counters()["abandoned"] == 50
    spent = Spending.objects.get()
    assert spent.reserved == 0
    assert spent.spent > 0, "what the calls may have cost counts"
    fake.control(latency=0.1)
    with start() as worker:
        assert worker.wait(timeout=60) == 0
    check(asking, fake, lost=50)


def test_two_workers_never_ask_the_same(asking: World, fake: FakeModel) -> None:
    with start(8) as one, start(8) as other:
        assert {one.wait(timeout=60), other.wait(timeout=60)} == {0}
    assert len(set(Thought.objects.values_list("claim", flat=True))) > 1
    assert not thoughts.claimable().exists()
    check(asking, fake, lost=0)
