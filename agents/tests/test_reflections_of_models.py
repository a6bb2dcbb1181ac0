"""Models that reflect: how they are asked, what is understood, and what the town is told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agents.fake_llm.running import FakeModel
from agents.minds.asking import Asking
from agents.minds.catalogue import give_mind
from agents.minds.headless import advance_thinking
from agents.minds.matter import ImpossibleReplyError, UnreadableReplyError
from agents.minds.reflection import Insights, Reflection
from agents.minds.voice import Language, Voice
from agents.models import Thought
from agents.tests.models import language_model
from agents.tests.spoiling import spoil_the_first
from agents.tests.towns import start_clock
from memory.evidence import evidence_of
from memory.models import Memory
from tests.laws.talk import chatty, pensive
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.models import World
from world.scenario import Scenario
from world.stage import stage_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_gate")]

REFLECTION = Reflection()


@pytest.fixture
def thought(resting_town: World) -> Thought:
    """The first resident of a hamlet, with three memories before them."""
    actor = resting_town.actors.get(number=1)
    person = {"traits": [50] * 5, "skills": [0] * 7, "occupation": 0, "workplace": 0, "home": 1}
    memories = [
        {"at": at, "ordinal": 0, "source": source, "zh": f"事{at}。", "en": f"Thing {at}."}
        for at, source in ((10, 0), (20, 2), (30, 0))
    ]
    situation = person | {"shift": 0, "workdays": 0, "insights": 2, "memories": memories}
    return Thought(world=resting_town, actor=actor, asked_at=60, situation=situation)


@pytest.fixture
def voice(resting_town: World) -> Voice:
    return Voice(stage_of(resting_town), "zh")


@pytest.fixture
def asked(small_town: Callable[..., World], hamlet: Scenario, fake: FakeModel) -> Thought:
    """What somebody in a hamlet of a few is to come to see; nothing else waits for a model."""
    world = small_town(seed=3, scenario=pensive(chatty(hamlet), threshold=30))
    give_mind(world=world, model=language_model(base_url=fake.base_url, timeout_seconds=5))
    waiting = Thought.objects.filter(world=world, status="waiting")
    while not waiting.filter(purpose="reflect").exists():
        advance(world_id=world.pk, until=world.lived_until + 10 * MINUTE)
        world.refresh_from_db()
    thought = waiting.filter(purpose="reflect").latest("asked_at")
    waiting.exclude(pk=thought.pk).update(status="withdrawn")
    start_clock(world)
    return thought


def read(thought: Thought, voice: Voice, *insights: Any) -> Insights:
    return REFLECTION.read(json.dumps({"insights": insights}), thought, voice, "plan")


def insight(text: str = "想通了。", evidence: Any = (1,)) -> dict[str, Any]:
    return {"text": text, "evidence": evidence}


@pytest.mark.parametrize(("language", "words"), [("zh", "事20。"), ("en", "Thing 20.")])
def test_a_prompt_numbers_what_is_remembered(
    thought: Thought, language: Language, words: str
) -> None:
    ((system, user),) = REFLECTION.prompts([thought], language=language, asking="plan")
    assert "insights" in system["content"]
    (line,) = [each for each in user["content"].splitlines() if each.startswith("2. ")]
    assert words in line
    assert stage_of(thought.world).person(2)["name"][language] in line
    assert "[1]" in user["content"].splitlines()[-1]
    assert "[3]" in user["content"].splitlines()[-1]


def test_numbers_become_memories_and_what_is_too_much_is_left_out(
    thought: Thought, voice: Voice
) -> None:
    answer = read(thought, voice, insight(evidence=["3", 1, 1]), insight("再想。", 2), insight())
    told = REFLECTION.told(thought, voice, answer, "")
    assert told["insights"] == [
        {"text": "想通了。", "evidence": [(10, 0), (30, 0)]},
        {"text": "再想。", "evidence": [(20, 0)]},
    ]
    assert REFLECTION.told(thought, voice, None, "late") == {"asked_at": 60, "failure": "late"}


@pytest.mark.parametrize("evidence", [[4], [0], [-1], [1, 9], []])
def test_evidence_that_is_not_there_is_told_back(
    thought: Thought, voice: Voice, evidence: list[int]
) -> None:
    with pytest.raises(ImpossibleReplyError):
        read(thought, voice, insight(evidence=evidence))


def test_what_says_nothing_is_unreadable(thought: Thought, voice: Voice) -> None:
    for wrong in ([], [insight("  ")], [{"text": "想通了。"}], [insight(evidence=["x"])]):
        with pytest.raises(UnreadableReplyError):
            read(thought, voice, *wrong)


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [("malformed", "JSON"), ("wrong_schema", "insights: "), ("empty", "insights: ")],
)
def test_a_model_is_told_what_is_wrong_with_its_insights_and_what_it_says_then_is_kept(
    asked: Thought, fake: FakeModel, fault: str, wrong: str
) -> None:
    spoil_the_first(fake, fault, Asking(in_flight=1).run)
    asked.refresh_from_db()
    assert (asked.failure, asked.calls, asked.via) == ("", 2, "wire")
    first, second = (request["messages"] for request in fake.requests())
    *again, said, told = second
    assert again == first
    assert (said["role"], told["role"]) == ("assistant", "user")
    assert "这个回答不能用：" in told["content"]
    assert wrong in told["content"]
    advance(world_id=asked.world_id, until=asked.world.lived_until + MINUTE)
    kept = Memory.objects.filter(actor=asked.actor_id, cause=asked.asked_at, kind=3)
    texts = [each["text"] for each in (asked.parsed or {})["insights"]]
    assert texts
    assert [each.text_zh for each in kept.order_by("at", "ordinal")] == texts
    assert not any(each.stand_in for each in kept)


def test_a_town_without_watchers_reflects_by_its_model(
    small_town: Callable[..., World], hamlet: Scenario, fake: FakeModel, admin_client: Client
) -> None:
    world = small_town(residents=3, seed=3, scenario=pensive(chatty(hamlet), threshold=30))
    give_mind(world=world, model=language_model(base_url=fake.base_url, timeout_seconds=3))
    reflected = Thought.objects.filter(world=world, purpose="reflect", status="answered")
    for hour in range(1, 15):
        advance_thinking(world=world, until=world.instant + hour * HOUR)
        if reflected.count() > 1:
            break
    thought = reflected.filter(failure="").order_by("pk")[0]
    kept = Memory.objects.filter(actor=thought.actor_id, cause=thought.asked_at, kind=3)
    assert [each.text_zh for each in kept] == [
        each["text"] for each in (thought.parsed or {})["insights"]
    ]
    assert {each.at for each in kept} == {thought.asked_at + world.grid}
    assert all(evidence_of(list(kept)).values())
    answer = admin_client.get(f"/api/thoughts/{thought.key}?world={world.slug}").json()["data"]
    assert answer["purpose"] == "reflect"
    assert answer["outcome"] == "accepted"
    assert answer["thought"] == "\n".join(each.text_zh for each in kept)
