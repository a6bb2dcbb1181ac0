"""Stories of residents whose words are a model's: asking, answers, silence, and what stands in."""

from collections.abc import Callable
from typing import Any

import pytest

from agents import events
from agents.conversations.speech import SPEECH
from agents.conversations.vocabulary import Act, Ending, Love, Phase
from agents.models import AgentTalk, Conversation, Relationship, Thought
from agents.provenance import Source
from agents.systems.mind_orders import MIND, STATE
from agents.systems.replies import reply_key
from memory.models import Memory
from tests.laws.talk import Reader, chatty
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.engine.lines import FULL
from world.models import Event, World
from world.residence import forget
from world.scenario import Scenario
from world.telling import tell, tell_answers

pytestmark = pytest.mark.django_db(transaction=True)

CODE = 77
MIND_OF_ALL = {"model": "m", "code": CODE, "cadence": 600}


@pytest.fixture
def town(found_town: Callable[..., World], hamlet: Scenario) -> World:
    """A hamlet where everybody talks, and everybody has a model that is never asked to decide."""
    world = found_town(seed=3, scenario=chatty(hamlet))
    tell(world=world, kind=MIND.name, payload=MIND_OF_ALL)
    return world


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def waiting(world: World) -> list[Thought]:
    return list(
        Thought.objects.filter(world=world, purpose="speak", status="waiting")
        .select_related("actor")
        .order_by("pk")
    )


def until_asked(world: World, wanted: Callable[[Thought], bool] = lambda _: True) -> Thought:
    """Live until a model is asked what its resident says; others get common answers at once."""
    until = world.lived_until + 20 * HOUR
    while True:
        assert world.lived_until < until, "nobody was asked"
        for thought in waiting(world):
            if wanted(thought):
                return thought
            reply(world, thought, text=f"嗯，{thought.asked_at}。")
        live(world, MINUTE)


def reply(world: World, thought: Thought, **answer: Any) -> None:
    """Let the model say this, or fail."""
    key = reply_key(thought.purpose, thought.asked_at)
    tell_answers(
        world=world,
        kind=SPEECH.name,
        answers=[(thought.actor.number, key, {"asked_at": thought.asked_at} | answer)],
        source=Source.MODEL,
        told_by="test",
    )
    Thought.objects.filter(pk=thought.pk).update(status="answered")


def said(world: World, thought: Thought) -> Event:
    """What was said after all that was said when this was asked."""
    situation = thought.situation
    return Event.objects.get(
        world=world,
        kind=events.SAID,
        amount=situation["conversation"],
        until=situation["turn"],
    )


def ending(thought: Thought) -> Conversation:
    number = thought.situation["conversation"]
    return Conversation.objects.get(world=thought.world, number=number)


def test_what_a_model_says_is_said_as_it_says_it(town: World) -> None:
    thought = until_asked(town)
    listener = thought.situation["listener"]
    assert thought.situation["model"] == CODE
    assert thought.situation["does"] == ["say", "silent"]
    reply(
        town,
        thought,
        text="早啊，吃了吗？",
        emotion="happy",
        topic="life",
        impression=2,
    )
    before = regard(town, thought.actor.number, listener)
    live(town, MINUTE)
    event = said(town, thought)
    assert (event.actor, event.other) == (thought.actor.number, listener)
    assert event.source == Source.MODEL
    assert event.data == {"text": "早啊，吃了吗？", "thought": thought.asked_at, "impression": 2}
    assert event.world_time >= thought.asked_at + town.grid
    assert regard(town, thought.actor.number, listener) == before + 2_000
    assert town.inbox.get(kind=SPEECH.name).outcome == "accepted"


def regard(world: World, one: int, other: int) -> int:
    tie = Relationship.objects.filter(
        actor__world=world, actor__number=one, other__number=other
    ).first()
    return tie.regard if tie else 0


def test_a_conversation_of_models_runs_to_its_end_and_is_remembered(town: World) -> None:
    first = until_asked(town)
    number = first.situation["conversation"]
    while Conversation.objects.get(world=town, number=number).ended is None:
        for thought in waiting(town):
            turn = thought.situation["turn"]
            does = thought.situation["does"]
            reply(town, thought, text=f"第{turn}句。", does=does[0], emotion="neutral")
        live(town, MINUTE)
    conversation = Conversation.objects.get(world=town, number=number)
    assert conversation.ending in (Ending.GOODBYE, Ending.LIMIT)
    assert conversation.messages >= 2
    memory = Memory.objects.filter(
        actor__world=town, cause=number, kind=Memory.Kind.CONVERSATION
    ).first()
    assert memory is not None
    assert "第" in memory.text_zh
    reader = Reader(town)
    reader.read()


def test_the_one_who_meant_to_begin_may_think_better_of_it(town: World) -> None:
    thought = until_asked(town)
    reply(town, thought, text="", does="silent")
    live(town, MINUTE)
    over = ending(thought)
    assert (over.ending, over.messages) == (Ending.SILENCE, 0)
    assert not Event.objects.filter(
        world=town, kind=events.TIE_CHANGED, data__conversation=over.number
    ).exists(), "nothing was said, so nothing has changed"


def test_the_other_may_decline(town: World) -> None:
    thought = until_asked(town, lambda each: "decline" in each.situation["does"])
    reply(town, thought, text="我现在没空。", does="decline", emotion="tired")
    live(town, MINUTE)
    assert ending(thought).ending == Ending.DECLINED


@pytest.mark.parametrize(("failure", "told"), [("timeout", "timeout"), ("nonsense", "invalid")])
def test_instinct_speaks_where_the_model_fails_and_says_why(
    town: World, failure: str, told: str
) -> None:
    thought = until_asked(town)
    reply(town, thought, failure=failure)
    live(town, MINUTE)
    event = said(town, thought)
    assert event.source == Source.INSTINCT
    assert (event.data or {})["stand_in"] == told
    assert "line" in (event.data or {})


def test_instinct_speaks_when_the_answer_comes_too_late_and_the_answer_is_unused(
    town: World,
) -> None:
    thought = until_asked(town, lambda each: each.situation["turn"] == 0)
    talk = AgentTalk.objects.get(actor=thought.actor)
    assert talk.asked_at == thought.asked_at
    live(town, 31 * MINUTE)
    event = said(town, thought)
    assert event.world_time == thought.asked_at + 30 * MINUTE
    assert (event.data or {})["stand_in"] == "late"
    thought.refresh_from_db()
    assert thought.status == "withdrawn"
    reply(town, thought, text="对不起，刚才走神了。")
    live(town, MINUTE)
    entry = town.inbox.get(kind=SPEECH.name)
    assert (entry.outcome, entry.reason) == ("refused", "late")


def test_fifty_minutes_of_silence_end_a_conversation(town: World) -> None:
    """Whoever waits for a slow model gives up at the latest when silence has lasted too long."""
    thought = until_asked(town, lambda each: each.situation["turn"] == 2)
    number = thought.situation["conversation"]
    # Both have been silent for longer than a model can be late: set back, as nobody can be so slow.
    AgentTalk.objects.filter(actor__world=town, host__gt=0, phase__gt=Phase.NONE).update(
        spoke_at=thought.asked_at - 49 * MINUTE
    )
    forget(town.pk)
    live(town, 35 * MINUTE)
    over = Conversation.objects.get(world=town, number=number)
    assert over.ending == Ending.SILENCE
    assert over.messages == 2, "what was said before it is not lost"


def test_a_closed_model_is_not_asked(town: World) -> None:
    live(town, MINUTE)
    closed = MIND_OF_ALL | {"closed": "unreachable"}
    tell(world=town, kind=STATE.name, payload=closed)
    live(town, 8 * HOUR)
    assert not Thought.objects.filter(world=town, purpose="speak").exists()
    company = Conversation.objects.filter(world=town, why__lt=3, messages__gt=0)
    assert company.exists()
    sentences = Event.objects.filter(
        world=town, kind=events.SAID, amount__in=company.values("number")
    )
    assert {(event.data or {}).get("stand_in") for event in sentences} == {"unreachable"}


def test_a_stretched_budget_pays_for_a_share_of_what_is_said(town: World) -> None:
    live(town, MINUTE)
    tell(world=town, kind=STATE.name, payload=MIND_OF_ALL | {"cadence": 2400})
    until = town.lived_until + 10 * HOUR
    while town.lived_until < until:
        for thought in waiting(town):
            reply(town, thought, text=f"嗯，{thought.asked_at}。")
        live(town, MINUTE)
    company = Conversation.objects.filter(world=town, why__lt=3).values("number")
    sentences = Event.objects.filter(world=town, kind=events.SAID, amount__in=company)
    by_model = sentences.filter(source=Source.MODEL).count()
    by_instinct = sentences.filter(data__stand_in="budget").count()
    assert by_model + by_instinct > 60
    assert 0.12 < by_model / (by_model + by_instinct) < 0.4


def test_a_word_with_staff_is_routine_and_asks_nobody(
    found_town: Callable[..., World], hamlet: Scenario
) -> None:
    town = found_town(seed=3, scenario=chatty(hamlet))
    # By noon people are where they work.
    live(town, 6 * HOUR)
    tell(world=town, kind=MIND.name, payload=MIND_OF_ALL)
    since = town.lived_until
    live(town, 3 * HOUR)
    served = Conversation.objects.filter(
        world=town, why__in=(3, 4), messages__gt=0, began__gt=since
    )
    assert served.exists()
    sentences = Event.objects.filter(
        world=town, kind=events.SAID, amount__in=served.values("number")
    )
    assert {event.source for event in sentences} == {Source.INSTINCT}
    assert not any("stand_in" in (event.data or {}) for event in sentences)


def test_whoever_gets_instinct_for_a_mind_speaks_at_once(town: World) -> None:
    thought = until_asked(town)
    tell(
        world=town,
        kind=MIND.name,
        subject=thought.actor.number,
        payload={"model": "instinct", "code": 0},
    )
    live(town, MINUTE)
    event = said(town, thought)
    assert event.source == Source.INSTINCT
    assert "stand_in" not in (event.data or {}), "it is nobody's place that instinct takes"
    thought.refresh_from_db()
    assert thought.status == "withdrawn"


def test_love_is_a_models_to_confess_and_to_accept(town: World) -> None:
    thought = until_asked(
        town, lambda each: each.situation["turn"] > 3 and len(each.situation["others"]) == 1
    )
    one, other = thought.actor.number, thought.situation["listener"]
    assert "confess" not in thought.situation["does"], "they are not that close"
    Relationship.objects.filter(actor__world=town).update(strength=0, love=0)
    Relationship.objects.filter(
        actor__world=town, actor__number__in=(one, other), other__number__in=(one, other)
    ).update(strength=FULL, regard=FULL)
    forget(town.pk)
    reply(town, thought, text="我喜欢你。", does="confess", emotion="tender")
    live(town, MINUTE // 2)
    answering = until_asked(
        town, lambda each: each.situation["conversation"] == thought.situation["conversation"]
    )
    assert {"accept", "reject"} <= set(answering.situation["does"])
    assert answering.situation["act"] == Act.CONFESS
    reply(town, answering, text="我也是。", does="accept", emotion="tender")
    live(town, MINUTE)
    ties = Relationship.objects.filter(
        actor__world=town, actor__number__in=(one, other), other__number__in=(one, other)
    )
    assert {tie.love for tie in ties} == {Love.LOVERS}


def test_what_cannot_be_done_is_only_said(town: World) -> None:
    thought = until_asked(town, lambda each: each.situation["turn"] == 2)
    reply(town, thought, text="嫁给我吧。", does="accept")
    live(town, MINUTE)
    assert said(town, thought).source == Source.MODEL
    assert not Relationship.objects.filter(actor__world=town, love=Love.LOVERS).exists()
    assert ending(thought).ended is None


def test_in_a_group_the_one_who_is_named_answers(town: World) -> None:
    thought = until_asked(town, lambda each: len(each.situation["others"]) > 1)
    others = [other["number"] for other in thought.situation["others"]]
    chosen = next(number for number in others if number != thought.situation["listener"])
    reply(town, thought, text="你说呢？", to=chosen)
    live(town, MINUTE // 2)
    assert said(town, thought).other == chosen
    following = until_asked(
        town, lambda each: each.situation["conversation"] == thought.situation["conversation"]
    )
    assert following.actor.number == chosen
