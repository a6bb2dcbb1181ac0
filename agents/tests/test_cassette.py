"""The cassette: a run is repeated without asking anybody, or says why it cannot be."""

from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.fake_llm.running import FakeModel
from agents.minds.budget import policy_of
from agents.minds.cassette import key_of_request
from agents.minds.catalogue import give_mind
from agents.minds.decision import Decision
from agents.minds.headless import UnrecordedError, advance_thinking
from agents.models import Agent, LanguageModel, Recording, Thought
from agents.tests.models import language_model
from agents.tests.towns import money_of
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import World

Found = Callable[..., World]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_gate")]

SPAN = 5 * HOUR


@pytest.fixture
def model(small_town: Found, fake: FakeModel) -> LanguageModel:
    return language_model(base_url=fake.base_url, timeout_seconds=5)


@pytest.fixture
def founded(small_town: Found, model: LanguageModel) -> Callable[[], World]:
    """The same town each time, whose residents think with the model."""

    def make(residents: int = 4) -> World:
        world = small_town(residents=residents, seed=5)
        give_mind(world=world, model=model)
        policy = policy_of(world)
        policy.language = "en"
        policy.save()
        return world

    return make


SHAPE = Decision.shape


def live(world: World, span: int = SPAN) -> str:
    """Live a while; returns the hash of the history."""
    advance_thinking(world=world, until=world.instant + span)
    world.refresh_from_db()
    return history_hash(world)


def said(world: World) -> list[tuple[Any, ...]]:
    rows = Thought.objects.filter(world=world).order_by("asked_at", "actor__number")
    return list(
        rows.values_list(
            *("actor__number", "asked_at", "messages", "reply", "parsed", "failure"),
            *("tokens_in", "tokens_cached", "tokens_out"),
        )
    )


def test_a_replay_says_the_same_for_free_and_has_the_same_history(
    founded: Callable[[], World], fake: FakeModel, settings: Any
) -> None:
    settings.LLM_CASSETTE = "record"
    fake.control(latency=0.01, spread=1)
    first = founded()
    history = live(first)
    calls = fake.counters()["requests"]
    assert calls == Recording.objects.count() > 3

    settings.LLM_CASSETTE = "replay"
    fake.reset()
    fake.control(**{"500": 1}, latency=5)
    again = founded()
    assert live(again) == history
    assert fake.counters()["requests"] == 0
    assert money_of(again) == (0, 0)
    assert money_of(first)[1] > 0
    assert said(again) == said(first)
    told = Thought.objects.filter(world=again)
    assert set(told.values_list("via", "calls", "cost")) == {("cassette", 0, 0)}


def test_the_history_does_not_hang_on_how_long_models_take_or_how_many_are_asked_at_once(
    founded: Callable[[], World], fake: FakeModel, settings: Any
) -> None:
    history = live(founded(), HOUR)

    @hypothesis.settings(max_examples=5)
    @given(st.floats(0, 0.2), st.floats(0, 1.5), st.integers(1, 64))
    def whatever(latency: float, spread: float, in_flight: int) -> None:
        settings.MINDS_IN_FLIGHT = in_flight
        fake.control(latency=latency, spread=spread)
        assert live(founded(), HOUR) == history

    whatever()
    assert Recording.objects.count() == 0


def test_a_recording_goes_on_where_it_ended(
    founded: Callable[[], World], fake: FakeModel, settings: Any
) -> None:
    settings.LLM_CASSETTE = "record"
    live(founded(), HOUR)
    known = Recording.objects.count()
    fake.reset()
    live(founded(), 6 * HOUR)
    assert fake.counters()["requests"] == Recording.objects.count() - known > 0


def test_a_prompt_that_has_changed_is_told_with_the_line_that_has(
    founded: Callable[[], World], settings: Any
) -> None:
    settings.LLM_CASSETTE = "record"
    live(founded(), 20 * MINUTE)
    settings.LLM_CASSETTE = "replay"
    again = founded()
    changed = Agent.objects.get(actor__world=again, actor__number=2)
    changed.goal_en = "Grow roses."
    changed.save()
    with pytest.raises(UnrecordedError) as told:
        live(again, 20 * MINUTE)
    first, *rest = str(told.value).splitlines()
    assert first == "1 calls are not on the cassette:"
    (line,) = rest
    asked_at = Thought.objects.get(world=again, failure="unrecorded").asked_at
    assert line.startswith(f"resident 2, decide at {asked_at}, turn 0: line ")
    assert "of the prompt was 'What you want: " in line
    assert line.endswith("and is 'What you want: Grow roses.'")


def test_what_nobody_recorded_and_what_other_parameters_asked_is_told(
    founded: Callable[[], World], fake: FakeModel, settings: Any
) -> None:
    settings.LLM_CASSETTE = "replay"
    with pytest.raises(UnrecordedError, match="turn 0: nothing was recorded for this moment"):
        live(founded(), 20 * MINUTE)
    settings.LLM_CASSETTE = "record"
    live(founded(), 20 * MINUTE)
    fake.reset()
    LanguageModel.objects.update(temperature=0.5)
    settings.LLM_CASSETTE = "replay"
    with pytest.raises(
        UnrecordedError, match="the prompt is the same, but not the model or its parameters"
    ):
        live(founded(), 20 * MINUTE)
    assert fake.counters()["requests"] == 0


@pytest.mark.parametrize(
    ("fault", "failure"), [("500", "unreachable"), ("malformed", "invalid"), ("empty", "invalid")]
)
def test_failures_are_replayed_too(
    founded: Callable[..., World], fake: FakeModel, settings: Any, fault: str, failure: str
) -> None:
    settings.LLM_CASSETTE = "record"
    fake.control(**{fault: 0.5})
    first = founded()
    history = live(first, HOUR)
    failures = set(Thought.objects.values_list("failure", flat=True))
    assert {"", failure} & failures == {"", failure} or fault != "500"
    repaired = Thought.objects.filter(world=first, failure="", calls=2).exists()
    assert failure in failures or repaired
    settings.LLM_CASSETTE = "replay"
    fake.reset()
    fake.control()
    again = founded()
    assert live(again, HOUR) == history
    assert said(again) == said(first)
    assert fake.counters()["requests"] == 0


def test_a_key_hangs_on_all_that_the_answer_does(model: LanguageModel) -> None:
    messages = [{"role": "user", "content": "What now?"}]
    keys = {key_of_request(model, messages, SHAPE)}
    for change in (
        {"name": "other"},
        {"remote_name": "other"},
        {"temperature": 0.1},
        {"max_output_tokens": 7},
        {"structure": "json_object"},
        {"extra_body": {"thinking": {"type": "enabled"}}},
    ):
        other = LanguageModel.objects.get(pk=model.pk)
        for name, value in change.items():
            setattr(other, name, value)
        keys.add(key_of_request(other, messages, SHAPE))
    keys.add(key_of_request(model, [{"role": "user", "content": "What now"}], SHAPE))
    assert len(keys) == 8
    model.base_url, model.concurrency, model.key_variable = "http://elsewhere/v1", 1, "OTHER"
    assert key_of_request(model, messages, SHAPE) in keys, "where it is asked does not matter"
