"""A live town with models: replies come when they come, and its inbox tells the whole story."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection

from agents import events
from agents.fake_llm.running import FakeModel, fake_llm
from agents.minds.asking import Asking
from agents.minds.catalogue import give_mind
from agents.minds.governor import govern
from agents.models import MindsPolicy, Spending, Thought
from agents.models.spending import NANO
from agents.provenance import Source
from tests.laws.models import model_at
from world.advance import advance
from world.engine.gametime import HOUR
from world.history import history_hash
from world.models import Event, World
from world.pace import heartbeat, pause, resume, set_scale
from world.replay import found_replay

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeModel]:
    with fake_llm(latency=0.3, spread=0.8) as running:
        yield running


def live(world: World, seconds: float, scale: int) -> None:
    """Run a world in real time with a worker beside it, as the processes of a town do."""
    over = threading.Event()

    def ask() -> None:
        try:
            while not over.is_set():
                Asking(in_flight=64, stopping=over.is_set).run()
                time.sleep(0.05)
        finally:
            connection.close()

    worker = threading.Thread(target=ask)
    worker.start()
    set_scale(world=world, scale=scale)
    resume(world=world)
    ends = time.monotonic() + seconds
    try:
        while time.monotonic() < ends:
            heartbeat(world_id=world.pk)
            govern(world)
            time.sleep(0.05)
    finally:
        pause(world=world)
        over.set()
        worker.join()
    world.refresh_from_db()


def test_a_live_history_is_that_of_the_replay_of_its_seed_and_inbox(
    found_town: Found, fake: FakeModel
) -> None:
    world = found_town(seed=21)
    give_mind(world=world, model=model_at(fake))
    live(world, seconds=12, scale=600)
    deeds = Event.objects.filter(world=world, kind__in=(events.MOVED, events.STARTED))
    assert deeds.filter(source=Source.MODEL).count() > 20
    again = found_replay(of=world, slug="again")
    advance(world_id=again.pk, until=world.lived_until)
    assert history_hash(again) == history_hash(world)
    assert not Thought.objects.filter(world=again, calls__gt=0).exists()


def test_spending_stays_below_the_cap_with_sixty_four_thoughts_at_once(
    found_town: Found, fake: FakeModel, read_scenario: Callable[..., object]
) -> None:
    fake.reset()
    world = found_town(seed=4, scenario=read_scenario("sunshine"))
    model = model_at(fake, name="dear", timeout_seconds=30)
    give_mind(world=world, model=model)
    advance(world_id=world.pk, until=world.instant + HOUR // 6)
    resume(world=world)
    waiting = Thought.objects.filter(world=world, status="waiting").count()
    assert waiting == 50
    cap = 10 * (12_000 + 2 * 1000) * 1000
    MindsPolicy.objects.update_or_create(
        world=world, defaults={"monthly_usd": 200, "daily_usd": round(cap / NANO, 2)}
    )
    highest: list[int] = []
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.is_set():
                for row in Spending.objects.filter(world=world):
                    highest.append(row.spent + row.reserved)
                time.sleep(0.01)
        finally:
            connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    asking = [Asking(in_flight=64) for _ in range(3)]
    workers = [threading.Thread(target=each.run) for each in asking]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    over.set()
    watcher.join()
    allowed = round(round(cap / NANO, 2) * NANO)
    assert max(highest) <= allowed
    assert max(highest) > allowed // 2, "the cap was never near"
    failures = Thought.objects.filter(world=world).values_list("failure", flat=True)
    assert "budget" in set(failures)
    assert fake.counters()["requests"] == sum(not failure for failure in failures)
    assert settings.LLM_CASSETTE == "off"
