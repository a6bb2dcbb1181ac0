"""What is understood of the words of a model: what is said, how, about what, and to whom."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.conversations.lexicon import Lexicon
from agents.conversations.vocabulary import Emotion, Topic
from agents.fake_llm.running import FakeModel
from agents.minds.catalogue import give_mind
from agents.minds.headless import advance_thinking
from agents.minds.matter import UnreadableReplyError
from agents.minds.speech import Saying, Speech
from agents.minds.voice import Voice
from agents.models import Thought
from agents.provenance import Source
from agents.tests.models import language_model
from agents.tests.towns import set_policy
from tests.laws.talk import chatty
from world.engine.gametime import HOUR
from world.models import Event, World
from world.scenario import Scenario
from world.stage import stage_of

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)

SAYING = Saying()
USUAL = {"thought": "嗯。", "say": "你好。", "emotion": "neutral", "topic": "casual", "does": "say"}


@pytest.fixture
def voice(resting_town: World) -> Voice:
    return Voice(stage_of(resting_town), "zh")


@pytest.fixture
def thought(resting_town: World) -> Thought:
    """A turn of the first resident, with the two others of a hamlet."""
    actor = resting_town.actors.get(number=1)
    others = [{"number": 2}, {"number": 3}]
    situation = {"does": ["say", "goodbye"], "others": others, "news": [4]}
    return Thought(world=resting_town, actor=actor, asked_at=60, situation=situation)


def read(thought: Thought, voice: Voice, **told: Any) -> Speech:
    return SAYING.read(json.dumps(USUAL | told), thought, voice, "plan")


def told(thought: Thought, voice: Voice, **answer: Any) -> dict[str, Any]:
    return SAYING.told(thought, voice, read(thought, voice, **answer), "")


@pytest.mark.parametrize(
    "quoted", ["“早啊。”", "「早啊。」", '"早啊。"', " 早啊。\n", "{name}：早啊。"]
)
def test_only_what_is_said_is_said(thought: Thought, voice: Voice, quoted: str) -> None:
    name = voice.person(1)
    assert read(thought, voice, say=quoted.replace("{name}", name)).say == "早啊。"


def test_a_long_speech_is_cut_and_an_empty_one_is_none(thought: Thought, voice: Voice) -> None:
    assert len(read(thought, voice, say="啊" * 9000).say) == 400
    with pytest.raises(UnreadableReplyError, match="nothing is said"):
        read(thought, voice, say="  ")
    with pytest.raises(UnreadableReplyError, match="say"):
        SAYING.read('{"thought": "嗯"}', thought, voice, "plan")
    thought.situation["does"] = ["say", "silent"]
    assert read(thought, voice, say="", does="silent").does == "silent"


@pytest.mark.parametrize(
    ("say", "heard"),
    [
        ("气死我了，老板又让我加班，真过分！", ("angry", "work")),
        ("好累啊，昨天没睡好。", ("tired", "none")),
        ("I am so worried about my wages and my boss.", ("worried", "work")),
        ("下周一起去打球吧，太棒了！", ("excited", "plan")),
        ("石头。", ("neutral", "none")),
        ("The classic workshops reworked.", ("neutral", "none")),
    ],
)
@pytest.mark.parametrize(
    "missing", [{"emotion": "", "topic": ""}, {"emotion": "五味杂陈", "topic": 7}]
)
def test_what_is_not_told_of_emotion_and_topic_the_lexicon_tells(
    thought: Thought, voice: Voice, say: str, heard: tuple[str, str], missing: dict[str, Any]
) -> None:
    speech = read(thought, voice, say=say, **missing)
    assert (speech.emotion, speech.topic) == heard


def test_what_is_told_of_emotion_and_topic_counts(thought: Thought, voice: Voice) -> None:
    speech = read(thought, voice, say="气死我了！", emotion=" [Happy] ", topic="HELP")
    assert (speech.emotion, speech.topic) == ("happy", "help")


def test_every_word_of_the_lexicon_tells_of_what_it_stands_for(voice: Voice) -> None:
    lexicon: Lexicon = voice.stage.constants["lexicon"]
    spec = voice.stage.rules["lexicon"]
    for each in spec.emotions:
        for word in (*each.zh, *each.en):
            assert lexicon.emotions[Emotion[each.key.upper()]](f"“{word}!”") == 1, word
    for each in spec.topics:
        for word in (*each.zh, *each.en):
            assert lexicon.topics[Topic[each.key.upper()]](f"“{word}!”") >= 1, word


@pytest.mark.parametrize(
    ("points", "understood"),
    [(2, 2), (9, 3), (-9, -3), ("1", 1), ("much", 0), (None, 0), ("inf", 0)],
)
def test_impressions_stay_within_bounds(
    thought: Thought, voice: Voice, points: Any, understood: int
) -> None:
    assert told(thought, voice, impression=points)["impression"] == understood


@pytest.mark.parametrize(("told_of", "news"), [(4, 4), ("[4]", 4), (5, 0), ("much", 0), (None, 0)])
def test_only_news_that_one_knows_is_told(
    thought: Thought, voice: Voice, told_of: Any, news: int
) -> None:
    assert told(thought, voice, news=told_of)["news"] == news


def test_what_was_not_offered_is_not_done(thought: Thought, voice: Voice) -> None:
    assert read(thought, voice, does="confess").does == "say"
    assert read(thought, voice, does="[goodbye]").does == "goodbye"


def test_who_is_meant_is_named_or_called(thought: Thought, voice: Voice) -> None:
    second, third = voice.person(2), voice.person(3)
    assert told(thought, voice, to=third)["to"] == 3
    assert told(thought, voice, to=f"@{second}")["to"] == 2
    assert told(thought, voice, say=f"@{third} 你说呢？")["to"] == 3
    assert told(thought, voice, to="somebody else")["to"] == 0
    assert told(thought, voice, to=voice.person(1))["to"] == 0, "nobody talks to themselves"


@pytest.mark.usefixtures("fresh_gate")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_models_talk_by_wire_in_the_language_of_the_town(
    found_town: Found, hamlet: Scenario, fake: FakeModel, language: str
) -> None:
    world = found_town(seed=3, scenario=chatty(hamlet))
    model = language_model(base_url=fake.base_url, timeout_seconds=5)
    give_mind(world=world, model=model)
    set_policy(world, language=language)
    advance_thinking(world=world, until=world.instant + 2 * HOUR)
    spoken = Event.objects.filter(world=world, kind=events.SAID, source=Source.MODEL)
    assert spoken.count() > 5
    last = spoken.order_by("-until").first()
    assert last is not None
    assert last.data is not None
    thought = Thought.objects.get(
        world=world, actor__number=last.actor, asked_at=last.data["thought"], purpose="speak"
    )
    assert thought.failure == ""
    assert last.world_time == thought.asked_at + world.grid, "one step of the grid later"
    assert thought.parsed is not None
    assert thought.parsed["say"] == last.data["text"]
    system, user = (message["content"] for message in thought.messages)
    stage = stage_of(world)
    before = Event.objects.filter(
        world=world, kind=events.SAID, amount=last.amount, until__lt=last.until
    )
    for event in before:
        if "text" in (event.data or {}):
            assert (event.data or {})["text"] in user
    assert stage.person(last.other)["name"][language] in user
    assert all(f"[{key}]" in user for key in thought.situation["does"])
    assert ("怎样说话" if language == "zh" else "How to talk") in system
    assert f"[{thought.parsed['emotion']}]" in system
