"""Words: what operators say to residents, who follow it in their own way, or do not."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.commands import understood
from agents.minds.prompts import prompts_for
from agents.models import AgentState, Personality, Thought
from agents.provenance import Source, Surprise
from agents.systems.mind_orders import MIND
from agents.systems.orders import WORDS
from world.advance import advance, advance_once
from world.engine.gametime import HOUR, MINUTE
from world.models import Event, InboxEntry, World
from world.residence import forget
from world.stage import stage_of
from world.telling import tell

pytestmark = pytest.mark.django_db(transaction=True)

WHO, CODE = 1, 77


@pytest.fixture
def town(small_town: Callable[..., World]) -> World:
    """A hamlet of three in the morning, who are awake."""
    world = small_town()
    live(world, 3 * HOUR)
    return world


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def say(world: World, text: str, **more: Any) -> InboxEntry:
    """Say something to the first resident, in the next instant; gives the row as answered."""
    payload = {"text": text} | understood(stage_of(world), text) | more
    entry = tell(world=world, kind=WORDS.name, subject=WHO, payload=payload)
    live(world, MINUTE)
    entry.refresh_from_db()
    return entry


def state(world: World) -> AgentState:
    return AgentState.objects.get(actor__world=world, actor__number=WHO)


def as_agreeable(world: World, points: int) -> None:
    Personality.objects.filter(actor__world=world).update(agreeableness=points)
    forget(world.pk)


def idle(world: World) -> None:
    """The first resident stands about at home, with nothing better to do."""
    tell(world=world, kind="agent_move", subject=WHO, payload={"place": state(world).home})
    live(world, 40 * MINUTE)
    tell(world=world, kind="agent_activity", subject=WHO, payload={"activity": "idle"})
    live(world, MINUTE)


@pytest.mark.parametrize(
    ("text", "place", "activity"),
    [
        ("去公园走走吧", "", ""),
        ("去绿荫公园看书", "park", "read"),
        ("Try reading in Green Park", "park", "read"),
        ("什么也别做", "", ""),
    ],
)
def test_of_what_is_said_instinct_understands_names(
    town: World, text: str, place: str, activity: str
) -> None:
    stage = stage_of(town)
    told = understood(stage, text)
    assert told["activity"] == activity
    if place:
        assert stage.locations[told["place"]].kind == place


def test_the_agreeable_mostly_do_as_they_are_told(town: World) -> None:
    as_agreeable(town, 100)
    idle(town)
    entry = say(town, "去中心广场休息一下")
    assert entry.outcome == "accepted"
    plaza = town.locations.get(kind="plaza").number
    moved = Event.objects.filter(world=town, actor=WHO, kind=events.MOVED).latest("seq")
    assert (moved.place, moved.source) == (plaza, Source.INSTINCT)
    heard = Event.objects.get(world=town, kind=events.WORDS_HEARD)
    assert heard.data == {"text": "去中心广场休息一下"}


def test_the_headstrong_often_would_rather_not(town: World) -> None:
    as_agreeable(town, 0)
    outcomes = []
    for _ in range(12):
        idle(town)
        outcomes.append(say(town, "去中心广场").reason)
    assert "would_rather_not" in outcomes
    assert "" in outcomes


def test_what_instinct_does_not_understand_is_refused(town: World) -> None:
    idle(town)
    entry = say(town, "想想人生的意义")
    assert (entry.outcome, entry.reason) == ("refused", "not_understood")
    assert not Event.objects.filter(world=town, kind=events.WORDS_HEARD).exists()


def test_nobody_listens_who_sleeps_or_walks(small_town: Callable[..., World]) -> None:
    world = small_town()
    live(world, 20 * HOUR)
    assert say(world, "去中心广场").reason == "asleep"
    live(world, 6 * HOUR)
    tell(world=world, kind="agent_move", subject=WHO, payload={"place": 9})
    live(world, MINUTE)
    assert say(world, "去中心广场").reason == "walking"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_model_is_asked_at_once_what_to_make_of_it(town: World, language: Any) -> None:
    idle(town)
    tell(world=town, kind=MIND.name, subject=WHO, payload={"model": "m", "code": CODE})
    live(town, MINUTE)
    entry = say(town, "去把欠的钱还了。")
    assert entry.outcome == "accepted"
    asked = Thought.objects.filter(world=town, purpose="decide").order_by("-asked_at")
    thought = asked[0]
    assert thought.asked_at == entry.at
    assert thought.status == "waiting"
    assert thought.situation["words"] == "去把欠的钱还了。"
    assert thought.situation["surprise"][0] == Surprise.WORDS
    assert {each.status for each in asked[1:]} <= {"withdrawn"}, "nobody waits for two answers"
    (messages,) = prompts_for([thought], language=language, asking="plan")
    assert "去把欠的钱还了。" in messages[1]["content"]
    # Later questions have nothing of it.
    while (later := asked.first()) is None or later.asked_at == thought.asked_at:
        live(town, HOUR)
    assert not later.situation["words"]


def test_a_model_is_not_asked_twice_in_one_instant(small_town: Callable[..., World]) -> None:
    world = small_town()
    tell(world=world, kind=MIND.name, payload={"model": "some-model", "code": CODE})
    asked = Thought.objects.filter(world=world, actor__number=WHO)
    while not asked.exists():
        advance_once(world_id=world.pk, until=world.lived_until + world.grid)
        world.refresh_from_db()
    assert asked.get().asked_at == world.instant
    entry = tell(world=world, kind=WORDS.name, subject=WHO, payload={"text": "坐下歇歇。"})
    assert (entry.at, entry.round) == (world.instant, 1), "it comes later than what is tested"
    live(world, MINUTE)
    entry.refresh_from_db()
    assert (entry.outcome, entry.reason) == ("refused", "thinking")
    assert asked.count() == 1
