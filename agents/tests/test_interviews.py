"""Interviews: residents answer in character, and the town knows nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.fake_llm.running import FakeModel
from agents.minds.catalogue import give_mind
from agents.models import Spending, Thought
from agents.tests.models import language_model
from memory.models import Memory
from world import pace
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import Event, InboxEntry, World

Ask = Callable[..., tuple[int, Any]]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_gate")]

WHO = 2


@pytest.fixture
def town(found_town: Callable[..., World]) -> World:
    """A hamlet in the evening of its first day, standing still."""
    world = found_town(seed=3)
    live(world, 12 * HOUR)
    pace.start(world=world)
    pace.pause(world=world)
    world.refresh_from_db()
    return world


@pytest.fixture
def thinking(town: World, fake: FakeModel) -> World:
    """The same, with a model for everybody."""
    model = language_model(base_url=fake.base_url, timeout_seconds=3)

    give_mind(world=town, model=model)
    live(town, MINUTE)
    return town


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


@pytest.fixture
def interview(ask: Ask) -> Ask:
    """Puts a question to the second resident, or another."""

    def put(question: Any, *, who: Any = WHO, **more: Any) -> tuple[int, Any]:
        how = {key: more.pop(key) for key in ("language", "operator") if key in more}
        return ask(f"/api/agents/{who}/interview", {"question": question} | more, **how)

    return put


def trace(world: World) -> tuple[Any, ...]:
    """All that an interview must not touch."""
    memories = Memory.objects.filter(actor__world=world).order_by("pk")
    world.refresh_from_db()
    return (
        history_hash(world),
        world.seq,
        world.version,
        list(memories.values_list("pk", "text_zh", "recalled_at", "recalls")),
        InboxEntry.objects.filter(world=world).count(),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_instinct_answers_with_what_it_remembers_of_the_question(
    town: World, interview: Ask, language: str
) -> None:
    memory = Memory.objects.filter(actor__world=town, actor__number=WHO).latest("importance")
    before = trace(town)
    question = memory.text_zh if language == "zh" else memory.text_en
    status, answer = interview(question[:500], language=language)
    assert status == 200
    told = answer["data"]
    assert told["source"] == "instinct"
    assert told["stand_in"] == ""
    assert question in told["answer"]
    assert told["memories"][0]["text"] == question
    assert told["memories"][0]["scores"]["relevance"] > 0.5
    assert told["remembered_at"] is None
    assert trace(town) == before


def test_instinct_says_so_where_it_remembers_nothing_of_it(town: World, interview: Ask) -> None:
    _, answer = interview("quantum chromodynamics?")
    assert answer["data"]["answer"].startswith("I could not say.")
    _, answer = interview("量子色动力学？", language="zh")
    assert answer["data"]["answer"].startswith("这我说不上来。")


def test_a_model_answers_and_nothing_of_it_reaches_the_town(
    thinking: World, interview: Ask, fake: FakeModel
) -> None:
    before, calls = trace(thinking), fake.counters()["requests"]
    status, answer = interview(
        "How was your day?", before=[{"question": "Who are you?", "answer": "Nobody much."}]
    )
    assert status == 200
    told = answer["data"]
    assert (told["source"], told["stand_in"]) == ("model", "")
    assert told["answer"]
    assert fake.counters()["requests"] == calls + 1
    assert trace(thinking) == before
    thought = Thought.objects.get(world=thinking, purpose="interview")
    assert told["thought"] == thought.key
    assert thought.status == "answered"
    assert thought.cost > 0
    assert Spending.objects.get(world=thinking).spent >= thought.cost
    assert not Spending.objects.exclude(reserved=0).exists()
    system, user = (message["content"] for message in thought.messages)
    assert "How was your day?" in user
    assert "Nobody much." in user
    assert "being interviewed" in system
    # The town goes on as one in which nobody was interviewed.
    live(thinking, 30 * MINUTE)
    assert not Event.objects.filter(world=thinking, kind=events.INTERVIEWED).exists()


def test_somebody_may_be_asked_again_while_the_town_stands_still(
    thinking: World, interview: Ask
) -> None:
    for _ in range(3):
        assert interview("And now?")[0] == 200
    assert Thought.objects.filter(world=thinking, purpose="interview").count() == 3


def test_where_the_model_fails_instinct_answers_and_says_so(
    thinking: World, interview: Ask, fake: FakeModel
) -> None:
    fake.control(**{"500": 1.0})
    before = trace(thinking)
    _, answer = interview("How was your day?")
    assert answer["data"]["source"] == "instinct"
    assert answer["data"]["stand_in"] == "unreachable"
    assert answer["data"]["answer"]
    assert trace(thinking) == before
    assert not Spending.objects.exclude(reserved=0).exists()


def test_what_is_to_be_remembered_is_an_event_and_a_memory(town: World, interview: Ask) -> None:
    _, answer = interview("Do you like it here?", remember=True)
    assert answer["data"]["remembered_at"] is not None
    live(town, MINUTE)
    event = Event.objects.get(world=town, kind=events.INTERVIEWED)
    assert event.actor == WHO
    assert event.data == {
        "question": "Do you like it here?",
        "answer": answer["data"]["answer"],
    }
    memory = Memory.objects.get(actor__world=town, kind=Memory.Kind.INTERVIEW)
    assert memory.actor.number == WHO
    assert "Do you like it here?" in memory.text_zh


@pytest.mark.parametrize(
    ("question", "more", "status"),
    [
        ("", {}, 400),
        ("   ", {}, 400),
        ("x" * 501, {}, 400),
        (7, {}, 400),
        ("x", {"remember": "perhaps"}, 400),
        ("x", {"before": [{"question": "x"}]}, 400),
        ("x", {"mood": "good"}, 400),
        ("x", {"who": 999}, 404),
        ("x", {"who": "nobody"}, 404),
        ("x", {"operator": False}, 401),
    ],
)
def test_questions_that_make_no_sense_are_told(
    town: World, interview: Ask, question: Any, more: dict[str, Any], status: int
) -> None:
    assert interview(question, **more)[0] == status
