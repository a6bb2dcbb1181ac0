"""Asking, where workers die, endpoints babble, and somebody looks for keys."""

import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from agents.fake_llm.running import FakeModel
from agents.minds import asking, thoughts
from agents.minds.asking import Asking
from agents.minds.preparing import prepare
from agents.models import LanguageModel, Recording, Thought
from agents.tests.endpoints import completion, endpoint
from agents.tests.models import language_model
from agents.tests.towns import let_ask, money_of, set_policy, start_clock
from world.advance import advance
from world.engine.gametime import MINUTE
from world.models import Event, World

Found = Callable[..., World]

KEY = "mykey.QWERTZ0987654321"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_gate")]


@pytest.fixture
def ready(small_town: Found) -> Callable[..., World]:
    """A town whose residents have asked a model, and whose clock runs."""

    def make(model: LanguageModel, *, residents: int = 1) -> World:
        world = small_town(residents=residents)
        set_policy(world, language="en")
        let_ask(world, model)
        start_clock(world)
        return world

    return make


def ask(**more: Any) -> int:
    return Asking(in_flight=16, **more).run()


def errors_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]


def plan(step: dict[str, Any], **more: Any) -> str:
    return json.dumps({"thought": "Well.", "feeling": "calm", "steps": [step]} | more)


def test_what_a_dead_worker_had_claimed_is_taken_over_and_paid_once_more(
    ready: Found, fake: FakeModel
) -> None:
    world = ready(language_model(base_url=fake.base_url))
    prepare(thoughts.claim(count=9))
    reserved, spent = money_of(world)
    assert reserved > 0 == spent
    assert ask() == 0, "the dead worker is still believed to be at work"
    Thought.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert ask() == 1
    thought = Thought.objects.get()
    assert (thought.status, thought.failure, thought.attempts) == ("answered", "", 2)
    assert thought.cost > reserved
    assert money_of(world) == (0, thought.cost)


def test_of_two_workers_that_ask_the_same_both_pay_and_one_is_heard(
    ready: Found,
    fake: FakeModel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The first one stalled so long that its lease was over, and then its answer came."""
    world = ready(language_model(base_url=fake.base_url))
    fake.control(latency=1.5)
    monkeypatch.setattr(thoughts, "LEASE", timedelta(seconds=0.4))
    failed: list[BaseException] = []

    def first() -> None:
        try:
            ask()
        except BaseException as error:
            failed.append(error)

    worker = threading.Thread(target=first)
    worker.start()
    while fake.counters()["requests"] < 1:
        time.sleep(0.02)
    time.sleep(0.5)
    monkeypatch.setattr(thoughts, "LEASE", timedelta(seconds=30))
    ask()
    worker.join()
    assert failed == []
    assert errors_in(caplog) == []
    assert fake.counters()["requests"] == 2
    assert world.inbox.filter(kind="thought_reply").count() == 1
    thought = Thought.objects.get()
    assert (thought.status, thought.failure, thought.attempts) == ("answered", "", 2)
    reserved, spent = money_of(world)
    assert reserved == 0
    assert spent >= thought.cost > 0


@pytest.mark.parametrize(
    "said",
    [
        plan({"choice": "0/idle", "minutes": "5000"}),
        plan({"choice": "0/idle", "minutes": "0"}),
        plan({"choice": "0/idle", "minutes": 10, "why": "a\x00b"}),
        plan({"choice": "0/idle", "minutes": 10}, thought="\x00"),
        "\x00",
        '{"thought": "\ud800", "steps": []}',
        plan({"choice": "0/idle", "minutes": 10}) + "\ud83d",
    ],
    ids=["minutes-5000", "minutes-0", "nul-why", "nul-thought", "nul", "surrogate", "half-emoji"],
)
def test_no_babble_of_an_endpoint_keeps_a_worker_from_answering(
    ready: Found, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    with endpoint(lambda *_: (200, completion(said))) as base_url:
        world = ready(language_model(base_url=base_url, structure="json_object"))
        assert ask() == 1
    assert errors_in(caplog) == []
    thought = Thought.objects.get()
    assert thought.status == "answered"
    assert thought.failure in {"", "invalid"}
    assert money_of(world) == (0, thought.cost)
    advance(world_id=world.pk, until=world.lived_until + MINUTE)
    assert world.inbox.get(kind="thought_reply").outcome == "accepted"


def test_every_part_of_a_usage_may_be_missing(ready: Found) -> None:
    said = completion(plan({"choice": "0/idle", "minutes": 10}))
    del said["usage"]
    with endpoint(lambda *_: (200, said)) as base_url:
        ready(language_model(base_url=base_url))
        assert ask() == 1
    thought = Thought.objects.get()
    assert (thought.failure, thought.tokens_in, thought.tokens_out) == ("", 0, 0)


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
def test_a_key_is_nowhere_to_be_found(
    *,
    ready: Found,
    settings: Any,
    client: Client,
    admin_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    status: int,
) -> None:
    """Not even if the endpoint repeats it in what it says."""
    caplog.set_level(logging.DEBUG)
    settings.LLM_CASSETTE = "record"
    monkeypatch.setenv("KEY_OF_TESTS", KEY)
    seen = []

    def answer(headers: dict[str, str], _: dict[str, Any]) -> tuple[int, Any]:
        seen.append(headers["authorization"])
        if status == 200:
            return 200, completion("I will tell nobody.")
        return status, {"error": {"message": f"{KEY} is wrong: {headers['authorization']}"}}

    with endpoint(answer) as base_url:
        world = ready(language_model(base_url=base_url, key_variable="KEY_OF_TESTS"))
        assert ask() == 1
    assert set(seen) == {f"Bearer {KEY}"}
    advance(world_id=world.pk, until=world.lived_until + MINUTE)
    cache.clear()
    token = Token.objects.create(user=admin_user)
    thought = Thought.objects.earliest("pk")
    assert thought.failure
    told = [
        *Thought.objects.values(),
        *Recording.objects.values(),
        *Event.objects.values(),
        *world.inbox.values(),
        *LanguageModel.objects.values(),
        caplog.text,
        *capfd.readouterr(),
    ]
    for path in (
        f"thoughts/{thought.key}",
        f"agents/{thought.actor.number}/thoughts",
        f"agents/{thought.actor.number}",
        "minds/models",
        "minds/usage",
        "world/status",
    ):
        got = client.get(f"/api/{path}", headers={"Authorization": f"Token {token.key}"})
        assert got.status_code == 200
        told.append(got.content.decode())
    assert KEY not in str(told)
    assert "QWERTZ" not in str(told)


def test_what_comes_in_while_others_are_asked_is_asked_too(
    ready: Found, fake: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LOOK_SECONDS", 0.05)
    fake.control(latency=0.8)
    first = ready(language_model(base_url=fake.base_url))
    second = ready(LanguageModel.objects.get(name="fake-chat"))
    worker = threading.Thread(target=ask)
    later = Thought.objects.filter(world=second)
    later.update(status=Thought.Status.WITHDRAWN)
    worker.start()
    while fake.counters()["in_flight"] < 1:
        time.sleep(0.02)
    later.update(status=Thought.Status.WAITING)
    worker.join()
    assert fake.counters()["most_in_flight"] == 2, "nobody waits for the slowest of a batch"
    assert first.thoughts.get().status == later.get().status == "answered"
