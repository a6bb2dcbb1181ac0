"""What comes to mind to those who are asked, and that it is noted once they act on it."""

import random
from collections.abc import Callable

import pytest
from django.test import Client

from agents import events
from agents.minds.prompts import prompts_for
from agents.minds.recollection import MOST
from agents.minds.voice import Language
from agents.models import Thought
from agents.provenance import Source
from agents.tests.models import language_model
from agents.tests.towns import let_ask
from memory.models import Memory
from tests.laws.minds import answer_somehow, think_with_a_model
from tests.laws.talk import chatty
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.models import Event, World
from world.scenario import Scenario

Found = Callable[..., World]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_gate")]


@pytest.fixture(scope="module")
def asked(found_shared: Found, hamlet: Scenario) -> int:
    world = found_shared(seed=3, scenario=chatty(hamlet))
    advance(world_id=world.pk, until=world.instant + 6 * HOUR)
    world.refresh_from_db()
    return let_ask(world, language_model()).pk


@pytest.fixture
def town(asked: int) -> World:
    """A hamlet that has talked for a morning, in which everybody is asked then."""
    return World.objects.get(pk=asked)


def test_only_what_is_past_comes_to_mind_and_the_best_first(town: World) -> None:
    thoughts = list(Thought.objects.filter(world=town).select_related("actor"))
    assert any(len(thought.recalled) == MOST for thought in thoughts)
    for thought in thoughts:
        assert len(thought.recalled) <= MOST
        for kept in thought.recalled:
            memory = Memory.objects.get(actor=thought.actor, at=kept["at"], ordinal=kept["ordinal"])
            assert (kept["zh"], kept["en"]) == (memory.text_zh, memory.text_en)
            assert memory.at <= thought.asked_at
        totals = [kept["total"] for kept in thought.recalled]
        assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_prompt_tells_what_comes_to_mind_oldest_first(town: World, language: Language) -> None:
    decisions = Thought.objects.filter(world=town, purpose="decide")
    thoughts = list(decisions.select_related("actor"))
    prompts = prompts_for(thoughts, language=language, asking="plan")
    heading = {"zh": "\n想起的事\n", "en": "\nWhat comes to mind\n"}[language]
    for messages, thought in zip(prompts, thoughts, strict=True):
        _, _, after = messages[1]["content"].partition(heading)
        lines = after.partition("\n\n")[0].splitlines() if after else []
        told = sorted(thought.recalled, key=lambda each: (each["at"], each["ordinal"]))
        assert len(lines) == len(told)
        for line, kept in zip(lines, told, strict=True):
            assert kept[language] in line


def test_it_is_noted_when_an_answer_is_carried_out_and_not_otherwise(
    found_town: Found, hamlet: Scenario
) -> None:
    world, luck = found_town(seed=3, scenario=chatty(hamlet)), random.Random(3)
    advance(world_id=world.pk, until=world.instant + 4 * HOUR)
    assert not Memory.objects.filter(actor__world=world, recalls__gt=0).exists()
    think_with_a_model(world)
    world.refresh_from_db()
    until = world.lived_until + 4 * HOUR
    while world.lived_until < until:
        advance(world_id=world.pk, until=world.lived_until + 2 * MINUTE)
        world.refresh_from_db()
        answer_somehow(world, luck)
    world.refresh_from_db()
    answers = Event.objects.filter(world=world, kind=events.ANSWERED)
    outcomes = {("decide", event.actor, event.amount): event.reason for event in answers}
    assert len(set(outcomes.values())) > 1, "some answers failed"
    spoken = Event.objects.filter(world=world, kind=events.SAID, source=Source.MODEL)
    assert spoken.exists()
    outcomes |= {("speak", event.actor, (event.data or {})["thought"]): 0 for event in spoken}
    expected = {
        (thought.actor_id, each["at"], each["ordinal"])
        for thought in Thought.objects.filter(world=world).select_related("actor")
        for each in thought.recalled
        if outcomes.get((thought.purpose, thought.actor.number, thought.asked_at)) == 0
    }
    noted = Memory.objects.filter(actor__world=world, recalls__gt=0)
    assert set(noted.values_list("actor", "at", "ordinal")) == expected
    for memory in noted:
        assert memory.recalled_at > memory.at
        assert memory.recalled_at <= world.lived_until


def test_operators_see_what_had_come_to_mind(town: World, admin_client: Client) -> None:
    thought = Thought.objects.filter(world=town).exclude(recalled=[]).first()
    assert thought is not None
    answer = admin_client.get(f"/api/thoughts/{thought.key}?world={town.slug}").json()["data"]
    assert len(answer["recalled"]) == len(thought.recalled)
    for told, kept in zip(answer["recalled"], thought.recalled, strict=True):
        assert told["text"]
        assert told["scores"] == {key: kept[key] for key in told["scores"]}
