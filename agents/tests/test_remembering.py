"""What residents keep of what befalls them, against a hamlet that talks a lot."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from agents import events
from agents.conversations.reading import message
from agents.conversations.selectors import sentences
from agents.conversations.vocabulary import Emotion, Topic, Why
from agents.models import Conversation, Participation
from agents.remembering.rules import TalkMemorySpec
from agents.remembering.talks import importance_of
from agents.tests.pages import told
from memory.models import Memory
from tests.laws.talk import chatty
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import Event, World
from world.scenario import Scenario
from world.stage import stage_of

Found = Callable[..., World]

KEPT = ("actor__number", "at", "ordinal", "kind", "importance", "subject", "people", "text_zh")


@pytest.fixture(scope="module")
def lived(found_shared: Found, hamlet: Scenario) -> int:
    world = found_shared(seed=3, scenario=chatty(hamlet))
    advance(world_id=world.pk, until=world.instant + 6 * HOUR)
    return world.pk


@pytest.fixture
def town(lived: int, db: None) -> World:
    """A hamlet after its first morning."""
    return World.objects.get(pk=lived)


def talks_of(world: World) -> list[Memory]:
    kept = Memory.objects.filter(actor__world=world, kind=Memory.Kind.CONVERSATION)
    return list(kept.select_related("actor").order_by("at", "actor__number"))


def test_each_side_keeps_a_conversation_once_it_is_over(town: World) -> None:
    expected = set()
    for part in Participation.objects.filter(conversation__world=town).exclude(left=None):
        conversation = part.conversation
        others = conversation.participations.exclude(actor=part.actor)
        heard = any(
            part.joined <= event.world_time <= (part.left or 0) for event in sentences(conversation)
        )
        if heard and others.exists():
            expected.add((conversation.number, part.actor.number, part.left))
    assert len(expected) > 50
    kept = [(each.cause, each.actor.number, each.at) for each in talks_of(town)]
    assert len(kept) == len(set(kept))
    assert set(kept) == expected


def test_what_is_quoted_was_said_and_by_whom(town: World) -> None:
    stage = stage_of(town)
    for memory in talks_of(town)[:60]:
        conversation = Conversation.objects.get(world=town, number=memory.cause)
        with translation.override("zh-hans"):
            said = [message(stage, event) for event in sentences(conversation)]
        others = [each for each in said if each.speaker.id != memory.actor.number]
        assert set(memory.people) >= {each.speaker.id for each in others}
        assert memory.actor.number not in memory.people
        assert any(each.text in memory.text_zh for each in said)
        for each in others:
            if each.text in memory.text_zh:
                assert stage.person(each.speaker.id)["name"]["zh"] in memory.text_zh
        assert memory.place == conversation.place
        assert stage.place(memory.place)["name"]["en"] in memory.text_en


def test_what_is_kept_does_not_hang_on_how_the_town_is_advanced(
    found_town: Found, hamlet: Scenario
) -> None:
    kept = []
    for steps in (1, 90):
        world = found_town(seed=5, scenario=chatty(hamlet))
        begin = world.instant
        for step in range(1, steps + 1):
            advance(world_id=world.pk, until=begin + 90 * 60 * step // steps)
        memories = Memory.objects.filter(actor__world=world).order_by(*KEPT[:3])
        kept.append(list(memories.values_list(*KEPT)))
    assert kept[0] == kept[1]
    assert any(row[3] == Memory.Kind.CONVERSATION for row in kept[0])


def test_people_remember_why_they_know_each_other(
    found_town: Found, read_scenario: Callable[[str], Scenario]
) -> None:
    scenario = read_scenario("sunshine")
    world = found_town(scenario=scenario)
    known = Memory.objects.filter(actor__world=world, subject="known")
    assert known.count() == 2 * len(scenario["ties"])
    first = known.filter(actor__number=1).order_by("ordinal").first()
    assert first is not None
    assert scenario["ties"][0].because.zh in first.text_zh
    assert scenario["ties"][0].because.en in first.text_en


def test_doors_and_needs_are_kept_in_mind(town: World) -> None:
    for kind, subjects in (
        (events.REFUSED, {"closed", "full", "unaffordable"}),
        (events.NEEDED, {"need"}),
    ):
        befell = Event.objects.filter(world=town, kind=kind).values_list("actor", "world_time")
        kept = Memory.objects.filter(actor__world=town, subject__in=subjects)
        assert sorted(kept.values_list("actor__number", "at")) == sorted(befell)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((Why.CHANCE, Topic.CASUAL, 2, Emotion.NEUTRAL, 2_000), 30),
        ((Why.CHANCE, Topic.CASUAL, 5, Emotion.NEUTRAL, 2_000), 40),
        ((Why.CHANCE, Topic.CASUAL, 8, Emotion.NEUTRAL, 2_000), 50),
        ((Why.CHANCE, Topic.CASUAL, 8, Emotion.ANGRY, 2_000), 65),
        ((Why.CHANCE, Topic.CASUAL, 8, Emotion.ANGRY, 5_000), 85),
        ((Why.LONELY, Topic.DEEP, 8, Emotion.TENDER, 5_000), 100),
        ((Why.CHANCE, Topic.PLAN, 2, Emotion.HAPPY, 4_999), 45),
        ((Why.SERVICE, Topic.NONE, 2, Emotion.NEUTRAL, 500), 15),
    ],
)
def test_how_much_a_conversation_matters(
    hamlet: Scenario, told: tuple[Why, Topic, int, Emotion, int], expected: int
) -> None:
    why, topic, count, feeling, moved = told
    spec: TalkMemorySpec = hamlet["memory"].talk
    emotions = [Emotion.NEUTRAL] * (count - 1) + [feeling]
    assert importance_of(spec, why=why, topic=topic, emotions=emotions, moved=moved) == expected


def test_the_door_of_memories(town: World, client: Client) -> None:
    world, number = f"world={town.slug}", talks_of(town)[0].actor.number
    page = told(client, f"agents/{number}/memories?{world}&limit=100")
    everything = Memory.objects.filter(actor__world=town, actor__number=number)
    assert page["total"] == everything.count() > 0
    times = [each["time"] for each in page["memories"]]
    assert times == sorted(times, reverse=True)
    talks = told(client, f"agents/{number}/memories?{world}&kind=conversation")
    assert 0 < talks["total"] <= page["total"]
    first = talks["memories"][0]
    assert first["scores"] is None
    whole = told(client, f"conversations/{first['conversation']}?{world}")
    assert {each["id"] for each in first["people"]} <= {
        each["id"] for each in whole["participants"]
    }
    english = told(client, f"agents/{number}/memories?{world}&kind=conversation", language="en")
    assert english["memories"][0]["text"] != first["text"]
    assert told(client, f"agents/{number}/memories?{world}&kind=dream", 400)["code"] == (
        "INVALID_PARAMETER"
    )
    assert told(client, f"agents/99/memories?{world}", 404)["code"] == "AGENT_NOT_FOUND"


def test_the_profile_has_the_closest_ties_and_the_latest_memories(
    town: World, client: Client
) -> None:
    world, number = f"world={town.slug}", talks_of(town)[0].actor.number
    whole = told(client, f"agents/{number}?{world}")
    ties = told(client, f"agents/{number}/relationships?{world}&limit=10")["relationships"]
    assert whole["relationships"] == ties
    latest = told(client, f"agents/{number}/memories?{world}&limit=5")["memories"]
    assert whole["recent_memories"] == latest
    assert ties
    assert latest


def test_asking_for_a_memory_finds_it_and_says_why(town: World, client: Client) -> None:
    memory = max(talks_of(town), key=lambda each: len(each.text_zh))
    words = memory.text_zh.split("：“")[1].split("”")[0]
    page = told(
        client, f"agents/{memory.actor.number}/memories?world={town.slug}&q={words}&limit=5"
    )
    assert words in page["memories"][0]["text"]
    scores = [each["scores"] for each in page["memories"]]
    totals = [each["total"] for each in scores]
    assert totals == sorted(totals, reverse=True)
    assert all(
        0 <= each[part] <= 1 for each in scores for part in ("recency", "importance", "relevance")
    )
    assert scores[0]["relevance"] > 0.3
    memory.refresh_from_db()
    assert memory.recalls == 0, "a reader is not the one who remembers"


def test_operators_search_the_whole_town(town: World, client: Client, admin_client: Client) -> None:
    memory = max(talks_of(town), key=lambda each: len(each.text_zh))
    words = memory.text_zh.split("：“")[1].split("”")[0]
    path = f"memories/search?world={town.slug}&q={words}"
    assert told(client, path, 401)["code"] == "NOT_AUTHENTICATED"
    answer = told(admin_client, path)
    assert (answer["embedder"], answer["exact"]) == ("lexical", True)
    assert memory.actor.number in {each["agent"]["id"] for each in answer["memories"]}
    relevance = [each["text"].count(words) for each in answer["memories"]]
    assert relevance[0]
    assert told(admin_client, f"memories/search?world={town.slug}", 400)["code"] == (
        "INVALID_PARAMETER"
    )
    assert told(admin_client, f"{path}{'x' * 401}", 400)["code"] == "INVALID_PARAMETER"
    assert told(admin_client, f"memories/search?world={town.slug}&q=%00", 400)["code"] == (
        "INVALID_PARAMETER"
    )


def test_admin_shows_what_is_remembered(town: World, admin_client: Client) -> None:
    memory = talks_of(town)[0]
    page = admin_client.get(f"/admin/memory/memory/{memory.pk}/change/").content.decode()
    assert memory.text_zh.split("“")[0] in page
    found = admin_client.get(f"/admin/memory/memory/?q={memory.actor.name_zh}").content.decode()
    assert memory.actor.name_zh in found
