"""The doors of conversations and ties, against a hamlet that talks a lot."""

from collections.abc import Callable

import pytest
from django.test import Client

from agents.conversations.vocabulary import Change
from agents.models import Conversation, Relationship
from agents.tests.pages import told
from tests.laws.talk import chatty
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import World
from world.scenario import Scenario

Found = Callable[..., World]


@pytest.fixture
def hamlet_that_talks(found_town: Found, hamlet: Scenario) -> World:
    """A hamlet in the middle of its first evening, with somebody talking."""
    world = found_town(seed=3, scenario=chatty(hamlet))
    until = world.instant + 12 * HOUR
    while True:
        advance(world_id=world.pk, until=until)
        if Conversation.objects.filter(world=world, ended=None, messages__gt=1).exists():
            break
        until += 60
    world.refresh_from_db()
    return world


def test_conversations_that_go_on_and_those_that_ended(
    hamlet_that_talks: World, client: Client
) -> None:
    world = f"world={hamlet_that_talks.slug}"
    active = told(client, f"conversations/active?{world}")["conversations"]
    assert all(each["ended_at"] is None for each in active)
    going = next(each for each in active if each["message_count"] > 1)
    assert going["latest_message"]["turn"] == going["message_count"]
    assert told(client, f"world/status?{world}")["active_conversations"] >= 1
    page = told(client, f"conversations/history?{world}&limit=100")
    assert page["total"] == Conversation.objects.filter(world=hamlet_that_talks).count()
    ended = next(each for each in page["conversations"] if each["message_count"] >= 5)
    whole = told(client, f"conversations/{ended['id']}?{world}")
    assert [each["turn"] for each in whole["messages"]] == list(
        range(1, ended["message_count"] + 1)
    )
    assert {each["speaker"]["id"] for each in whole["messages"]} <= {
        each["id"] for each in whole["participants"]
    }
    assert whole["messages"][-1] == ended["latest_message"]
    assert whole["ending"]
    assert whole["relationship_change"]
    for change in whole["relationship_change"]:
        assert change["conversation"] == ended["id"]
        assert change["reason"] in {each.name.lower() for each in Change}


def test_what_was_said_is_told_in_either_language(hamlet_that_talks: World, client: Client) -> None:
    world = f"world={hamlet_that_talks.slug}"
    (first, *_) = told(client, f"conversations/history?{world}")["conversations"]
    zh, en = (
        told(client, f"conversations/{first['id']}?{world}", language=language)["messages"]
        for language in ("zh", "en")
    )
    for chinese, english in zip(zh, en, strict=True):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese["text"])
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english["text"])


def test_history_by_resident_and_day(hamlet_that_talks: World, client: Client) -> None:
    world = f"world={hamlet_that_talks.slug}"
    mine = told(client, f"conversations/history?{world}&agent_id=1&limit=100")
    assert mine["total"] > 0
    assert all(1 in {each["id"] for each in line["participants"]} for line in mine["conversations"])
    on_the_day = "start_date=2026-03-02&end_date=2026-03-02"
    everything = told(client, f"conversations/history?{world}")["total"]
    assert told(client, f"conversations/history?{world}&{on_the_day}")["total"] == everything
    assert told(client, f"conversations/history?{world}&start_date=2026-03-03")["total"] == 0
    assert told(client, f"conversations/history?{world}&end_date=yesterday", 400)["code"] == (
        "INVALID_PARAMETER"
    )
    assert told(client, f"conversations/history?{world}&agent_id=99", 404)["code"] == (
        "AGENT_NOT_FOUND"
    )


@pytest.mark.parametrize("unknown", ["0", "123456789012", "abc", "9" * 40, "-1"])
def test_an_unknown_conversation_is_not_found(
    found_town: Found, client: Client, unknown: str
) -> None:
    error = told(client, f"conversations/{unknown}?world={found_town().slug}", 404)
    assert error["code"] == "CONVERSATION_NOT_FOUND"


def test_ties_and_what_made_them_so(hamlet_that_talks: World, client: Client) -> None:
    world = f"world={hamlet_that_talks.slug}"
    page = told(client, f"agents/1/relationships?{world}")
    known = Relationship.objects.filter(actor__world=hamlet_that_talks, actor__number=1)
    assert page["total"] == known.count() > 0
    strengths = [each["strength"] for each in page["relationships"]]
    assert strengths == sorted(strengths, reverse=True)
    other = max(page["relationships"], key=lambda tie: tie["talks"])["agent"]["id"]
    tie = told(client, f"agents/1/relationships/{other}?{world}&limit=100")
    for mine in (1, other):
        changes = [each for each in tie["history"] if each["agent"]["id"] == mine]
        side = tie["mine"] if mine == 1 else tie["theirs"]
        assert sum(each["after"] - each["before"] for each in changes) == pytest.approx(
            side["strength"]
        )
        spoken = [each for each in changes if each["conversation"]]
        assert told(client, f"conversations/{spoken[0]['conversation']}?{world}")["messages"]
    assert told(client, f"agents/1/relationships/1?{world}", 404)["code"] == "NOT_FOUND"


def test_admin_shows_a_conversation_with_all_that_was_said(
    hamlet_that_talks: World, admin_client: Client
) -> None:
    told = Conversation.objects.filter(world=hamlet_that_talks, messages__gte=5).first()
    assert told is not None
    page = admin_client.get(f"/admin/agents/conversation/{told.pk}/change/").content.decode()
    assert page.count("<li><span") == told.messages
    tie = Relationship.objects.filter(actor__world=hamlet_that_talks, talks__gt=0).first()
    assert tie is not None
    page = admin_client.get(f"/admin/agents/relationship/{tie.pk}/change/").content.decode()
    assert "→" in page
