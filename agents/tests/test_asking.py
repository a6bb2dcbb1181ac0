"""Asking: thoughts are put to a model over a real socket, and whatever comes of it is settled."""

import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

from agents.events import MOVED, STARTED
from agents.fake_llm.running import FakeModel
from agents.minds.asking import Asking
from agents.minds.prompts import prompts_for
from agents.models import LanguageModel, Thought
from agents.provenance import Source
from agents.tests.models import language_model
from agents.tests.spoiling import spoil_the_first
from agents.tests.towns import let_ask, money_of, set_policy, start_clock
from world.advance import advance
from world.engine.gametime import MINUTE
from world.models import Event, World

Found = Callable[..., World]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fresh_gate", "no_errors"),
]


@pytest.fixture
def no_errors(caplog: pytest.LogCaptureFixture) -> Any:
    """Whatever goes wrong at a model, nothing went wrong in here."""
    yield
    assert [each for each in caplog.get_records("call") if each.levelno >= logging.ERROR] == []


@pytest.fixture
def model(small_town: Found, fake: FakeModel) -> LanguageModel:
    return language_model(base_url=fake.base_url, timeout_seconds=5)


@pytest.fixture
def ready(small_town: Found, model: LanguageModel) -> Callable[..., World]:
    """A town whose residents have asked, and whose clock runs."""

    def make(*, residents: int = 1, **policy: Any) -> World:
        world = small_town(residents=residents)
        set_policy(world, language="en", **policy)
        let_ask(world, model)
        start_clock(world)
        return world

    return make


def ask(in_flight: int = 16, **more: Any) -> int:
    return Asking(in_flight=in_flight, **more).run()


def the_thought(world: World) -> Thought:
    """The only thought of a world."""
    return Thought.objects.get(world=world)


def deeds(world: World) -> list[Event]:
    """What residents began to do, once the replies have taken effect."""
    advance(world_id=world.pk, until=world.lived_until + MINUTE)
    return list(Event.objects.filter(world=world, kind__in=(MOVED, STARTED), source__gt=0))


def test_a_good_reply_becomes_a_plan_that_is_told_to_the_world_and_paid_for(
    ready: Found, fake: FakeModel
) -> None:
    world = ready(residents=5)
    assert ask() == 5
    cost = 0
    for thought in Thought.objects.filter(world=world):
        assert (thought.status, thought.failure, thought.via) == ("answered", "", "wire")
        assert thought.model_name == "fake-chat"
        (prompt,) = prompts_for([thought], language="en", asking="plan")
        assert thought.messages[:2] == prompt
        (entry,) = world.inbox.filter(
            kind="thought_reply", subject=thought.actor.number, outcome="waiting"
        )
        assert entry.key == f"decide.{thought.asked_at}"
        assert thought.parsed is not None
        assert entry.payload["thought"] == thought.parsed["thought"]
        assert len(entry.payload["steps"]) == len(thought.parsed["steps"])
        assert thought.cost == (
            1000 * (thought.tokens_in - thought.tokens_cached)
            + 100 * thought.tokens_cached
            + 2000 * thought.tokens_out
        )
        cost += thought.cost
    assert money_of(world) == (0, cost)
    counted = fake.counters()
    sums = [
        sum(Thought.objects.values_list(field, flat=True))
        for field in ("calls", "tokens_in", "tokens_cached", "tokens_out")
    ]
    assert sums == [
        counted[name]
        for name in ("requests", "prompt_tokens", "cached_tokens", "completion_tokens")
    ]
    assert {deed.source for deed in deeds(world)} == {Source.MODEL}
    assert ask() == 0, "nothing is asked twice"


@pytest.mark.parametrize(
    ("fault", "failure", "calls", "paid"),
    [
        ("429", "unreachable", 2, False),
        ("500", "unreachable", 2, False),
        ("unauthorized", "unreachable", 1, False),
        ("timeout", "timeout", 1, True),
        ("slow_first_byte", "timeout", 1, True),
        ("dropped", "unreachable", 2, True),
        ("malformed", "invalid", 2, True),
        ("blank", "invalid", 2, True),
        ("wrong_schema", "invalid", 2, True),
        ("empty", "invalid", 2, True),
        ("impossible", "impossible", 2, True),
    ],
)
def test_whatever_goes_wrong_is_named_paid_and_stood_in_for(
    *,
    ready: Found,
    model: LanguageModel,
    fake: FakeModel,
    fault: str,
    failure: str,
    calls: int,
    paid: bool,
) -> None:
    LanguageModel.objects.update(timeout_seconds=1)
    world = ready()
    fake.control(**{fault: 1})
    assert ask() == 1
    thought = the_thought(world)
    assert (thought.status, thought.failure) == ("answered", failure)
    assert thought.detail
    assert thought.parsed is None
    assert (thought.calls, fake.counters()["requests"]) == (calls, calls)
    reserved, spent = money_of(world)
    assert (reserved, thought.reserved, thought.reserved_on) == (0, 0, None)
    assert spent == thought.cost
    assert (spent > 0) is paid
    (entry,) = world.inbox.filter(kind="thought_reply")
    assert (entry.payload["failure"], entry.payload["steps"]) == (failure, [])
    (deed,) = deeds(world)
    assert deed.source == Source.INSTINCT
    assert deed.data == {"stand_in": failure}


@pytest.mark.parametrize("fault", ["malformed", "blank", "wrong_schema", "impossible"])
def test_an_answer_that_cannot_be_used_is_told_why_and_given_again(
    ready: Found, fake: FakeModel, fault: str
) -> None:
    world = ready()
    spoil_the_first(fake, fault, ask)
    thought = the_thought(world)
    assert (thought.failure, thought.calls) == ("", 2)
    assert thought.parsed is not None
    _, _, said, told = thought.messages
    assert (said["role"], told["role"]) == ("assistant", "user")
    assert said["content"].strip(), "some endpoints refuse a message without content"
    assert "That answer cannot be used: " in told["content"]
    if fault == "impossible":
        assert "There is no place 999999." in told["content"]
    second = fake.requests()[-1]
    assert second["messages"] == thought.messages
    assert {deed.source for deed in deeds(world)} == {Source.MODEL}


def test_a_model_that_is_disabled_keyless_or_priceless_is_not_asked(
    ready: Found, model: LanguageModel, fake: FakeModel
) -> None:
    def reason(change: Callable[[], Any]) -> str:
        world = ready()
        change()
        assert ask() == 1
        assert money_of(world) == (0, 0)
        thought = the_thought(world)
        assert (thought.failure, thought.calls) == ("unreachable", 0)
        return thought.detail

    rows = LanguageModel.objects.filter(pk=model.pk)
    assert "disabled" in reason(lambda: rows.update(enabled=False))
    rows.update(enabled=True)
    told = reason(lambda: rows.update(key_variable="NOT_SET_ANYWHERE"))
    assert told == (
        "this process has neither NOT_SET_ANYWHERE nor NOT_SET_ANYWHERE_FILE in its environment"
    )
    rows.update(key_variable="")
    assert "has no price" in reason(lambda: model.prices.all().delete())
    assert "gone" in reason(rows.delete)
    assert fake.counters()["requests"] == 0


def test_nobody_is_asked_when_the_budget_is_used_up(ready: Found, fake: FakeModel) -> None:
    world = ready(residents=3, daily_usd=0)
    assert ask() == 3
    assert set(Thought.objects.values_list("failure", "calls")) == {("budget", 0)}
    assert fake.counters()["requests"] == 0
    assert money_of(world) == (0, 0)
    assert {deed.data["stand_in"] for deed in deeds(world) if deed.data} == {"budget"}


def test_a_world_that_stands_still_is_not_asked_for(ready: Found, fake: FakeModel) -> None:
    from world import pace

    world = ready()
    pace.pause(world=world)
    assert ask() == 0
    pace.resume(world=world)
    assert ask() == 1


def test_a_worker_that_is_told_to_stop_gives_back_what_it_had(
    ready: Found, fake: FakeModel
) -> None:
    world = ready(residents=4)
    fake.control(latency=30)
    began = time.monotonic()

    def stopping() -> bool:
        return fake.counters()["in_flight"] == 4 and time.monotonic() > began + 0.5

    assert ask(stopping=stopping) == 0
    assert time.monotonic() - began < 5
    for thought in Thought.objects.filter(world=world):
        assert (thought.status, thought.claim, thought.lease_until) == ("waiting", None, None)
        assert (thought.reserved, thought.attempts) == (0, 1)
        assert thought.cost > 0, "nobody saw the end of the call, so it counts as spent"
    reserved, spent = money_of(world)
    assert reserved == 0
    assert spent == sum(Thought.objects.values_list("cost", flat=True))
    fake.control(latency=0)
    assert ask() == 4
    assert set(Thought.objects.values_list("status", "failure")) == {("answered", "")}
