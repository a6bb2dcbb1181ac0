"""Operators invite people to live in the hamlet, and let them move away."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from agents import events
from agents.conversations.vocabulary import Ending
from agents.models import AgentMind, AgentState, AgentTalk, Conversation, Livelihood, Position
from agents.population.vocabulary import Attraction, Departure
from agents.tests.conftest import Ask
from agents.tests.models import language_model
from agents.tests.test_livelihoods import live_until, told, with_rules
from world import residence
from world.advance import advance
from world.engine.gametime import HOUR, NEVER
from world.history import history_hash
from world.models import InboxEntry, World
from world.scenario import Scenario
from world.telling import tell

pytestmark = pytest.mark.django_db

Found = Callable[..., World]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def quiet(hamlet: Scenario) -> Scenario:
    """A hamlet to which nobody comes by themselves."""
    return with_rules(hamlet, "population", chance=0, job=0, lonely=0)


def rest_of_it(world: World, hours: int = 1) -> World:
    world.refresh_from_db()
    return live_until(world, world.lived_until + hours * HOUR)


def test_whoever_is_invited_comes_and_works_where_there_is_work(
    found_town: Found, quiet: Scenario, ask: Ask
) -> None:
    world = found_town(scenario=quiet)
    assert ask(f"/api/agents?world={world.slug}", {"occupation": "waiter"})[0] == 202
    rest_of_it(world, 6)
    (came,) = told(world, events.MOVED_IN)
    assert came.reason == Attraction.ORDER
    entry = InboxEntry.objects.get(world=world, kind="agent_invite")
    assert (entry.outcome, came.world_time) == (InboxEntry.Outcome.ACCEPTED, entry.at)
    state = AgentState.objects.get(actor__world=world, actor__number=came.actor)
    occupations = [spec.key for spec in quiet["occupations"]]
    free = Position.objects.filter(world=world, occupation=occupations.index("waiter"))
    expected = "waiter" if state.workplace else "unemployed"
    assert occupations[state.occupation] == expected
    assert bool(state.workplace) == (state.workplace in free.values_list("place", flat=True))
    deeds = world.events.filter(actor=came.actor, kind__in=(events.MOVED, events.STARTED))
    assert deeds.exists(), "they live as everybody does"


def test_many_invited_at_once_share_neither_number_nor_bed_nor_post(
    found_town: Found, quiet: Scenario
) -> None:
    """Until the hamlet is full, which the others are told."""
    world = found_town(scenario=quiet)
    room = quiet["town"].population_cap - len(quiet["residents"])
    at = world.instant + HOUR
    for _ in range(room + 3):
        entry = tell(world=world, kind="agent_invite", payload={})
        InboxEntry.objects.filter(pk=entry.pk).update(at=at)
    rest_of_it(world, 2)
    came = told(world, events.MOVED_IN)
    assert 0 < len(came) <= room
    assert {event.world_time for event in came} == {at}
    assert len({event.actor for event in came}) == len(came)
    outcomes = InboxEntry.objects.filter(world=world).values_list("outcome", "reason")
    refused = [reason for outcome, reason in outcomes if outcome == InboxEntry.Outcome.REFUSED]
    assert refused == ["full"] * (room + 3 - len(came))
    beds = residence.constants_of(world)["beds"]
    homes = AgentState.objects.filter(actor__world=world).values_list("home", flat=True)
    assert np.all(np.bincount(list(homes), minlength=len(beds) + 1)[1:] <= beds)
    for post in Position.objects.filter(world=world):
        held = AgentState.objects.filter(actor__world=world, workplace=post.place, shift=post.shift)
        assert held.count() <= post.posts


@pytest.mark.parametrize(
    ("body", "said"), [({"occupation": "wizard"}, "no such occupation"), ({"job": "x"}, "job")]
)
def test_nobody_can_be_invited_who_is_nothing_there_is(
    found_town: Found, ask: Ask, body: dict[str, Any], said: str
) -> None:
    world = found_town()
    status, answer = ask(f"/api/agents?world={world.slug}", body)
    assert (status, answer["error"]["code"]) == (400, "INVALID_PARAMETER")
    assert said in str(answer["error"])
    assert not InboxEntry.objects.filter(world=world).exists()


def test_newcomers_think_as_most_people_do(found_town: Found, quiet: Scenario) -> None:
    world = found_town(scenario=quiet)
    model = language_model()
    most = AgentMind.objects.filter(actor__world=world).order_by("actor__number")
    few = [mind.pk for mind in most[:3]]
    AgentMind.objects.filter(actor__world=world).exclude(pk__in=few).update(
        code=model.code, cadence=1800, closed=1
    )
    residence.forget_all()
    tell(world=world, kind="agent_invite", payload={})
    rest_of_it(world)
    (came,) = told(world, events.MOVED_IN)
    mind = AgentMind.objects.get(actor__world=world, actor__number=came.actor)
    assert (mind.code, mind.cadence, mind.closed) == (model.code, 1800, 1)


def test_whoever_is_let_go_is_gone_at_once_even_from_a_talk(talking: World, ask: Ask) -> None:
    """The others hear no more of it; a talk of two is over."""
    talk = AgentTalk.objects.filter(actor__world=talking, host__gt=0).earliest("actor__number")
    number = talk.actor.number
    company = AgentTalk.objects.filter(actor__world=talking, host=talk.host).count()
    talks = Conversation.objects.filter(world=talking, ended=None).count()
    status, answer = ask(f"/api/agents/{number}?world={talking.slug}", method="delete")
    assert status == 202
    assert answer["data"]["agent"]["id"] == number
    entry = InboxEntry.objects.get(world=talking, kind="agent_depart")
    talking.refresh_from_db()
    advance(world_id=talking.pk, until=entry.at)
    (gone,) = told(talking, events.MOVED_AWAY)
    assert (gone.actor, gone.reason, gone.world_time) == (number, Departure.ORDER, entry.at)
    assert Livelihood.objects.get(actor=talk.actor).left_at == entry.at
    talk.refresh_from_db()
    assert talk.host == 0
    ending = told(talking, events.TALK_ENDED if company == 2 else events.TALK_LEFT)
    assert ending[-1].reason == Ending.ORDER
    assert Conversation.objects.filter(world=talking, ended=None).count() <= talks
    state = AgentState.objects.get(actor=talk.actor)
    assert {state.think_at, state.ends_at, state.arrives_at, state.alert_at} == {NEVER}
    rest_of_it(talking, 12)
    after = talking.events.filter(actor=number, world_time__gt=entry.at)
    assert not after.exclude(kind=events.TIE_CHANGED).exists()
    _, answer = ask(f"/api/agents/{number}?world={talking.slug}", language="zh-CN")
    assert answer["data"]["departed"]["text"] == "管理员的安排"


def test_it_does_not_matter_how_time_is_cut(found_town: Found, quiet: Scenario) -> None:
    worlds = [found_town(scenario=quiet), found_town(scenario=quiet)]
    for world, span in zip(worlds, (6 * HOUR, 120), strict=True):
        for hour, kind, subject in (
            (1, "agent_invite", 0),
            (1, "agent_depart", 3),
            (2, "agent_depart", 5),
            (2, "agent_invite", 0),
            (3, "agent_depart", 5),
            (3, "agent_depart", 99),
        ):
            entry = tell(world=world, kind=kind, subject=subject)
            InboxEntry.objects.filter(pk=entry.pk).update(at=world.instant + hour * HOUR)
        advance(world_id=world.pk, until=world.instant + 6 * HOUR, span=span)
    assert history_hash(worlds[0]) == history_hash(worlds[1])
    reasons = InboxEntry.objects.filter(world=worlds[0]).order_by("pk")
    assert [entry.reason for entry in reasons] == ["", "", "", "", "departed", "unknown_agent"]


def test_a_town_that_stands_still_takes_people_in(found_town: Found, quiet: Scenario) -> None:
    world = found_town(scenario=quiet)
    world.clock.paused = True
    world.clock.save()
    entries = [tell(world=world, kind="agent_invite", payload={}) for _ in range(2)]
    rest_of_it(world)
    came = told(world, events.MOVED_IN)
    assert len({event.actor for event in came}) == 2
    assert {entry.round for entry in entries} != {0}


def test_admin_invites_and_lets_go(
    admin_client: Client, found_town: Found, quiet: Scenario
) -> None:
    world = found_town(scenario=quiet)
    somebody = world.actors.filter(kind="resident").earliest("number")
    listed = admin_client.get(reverse("admin:agents_agent_changelist")).content.decode()
    inviting, letting_go = (
        reverse("admin:agents_agent_invite"),
        reverse("admin:agents_agent_let_go"),
    )
    assert inviting in listed
    assert letting_go in listed
    inviting, letting_go = (f"{path}?world={world.slug}" for path in (inviting, letting_go))
    for language, title in (("zh", "邀请新居民"), ("en", "Invite a newcomer")):
        page = admin_client.get(inviting, headers={"Accept-Language": language})
        assert title in page.content.decode()
    answer = admin_client.post(inviting, {"occupation": "artist"}, headers=ENGLISH, follow=True)
    (said,) = (str(message) for message in answer.context["messages"])
    assert said.startswith("Comes at 2026-03-02T")
    from_one = reverse("admin:agents_agent_let_this_one_go", args=[somebody.agent.pk])
    page = admin_client.get(from_one, headers=ENGLISH, follow=True)
    assert page.context["form"]["resident"].value() == str(somebody.number)
    unsure = admin_client.post(letting_go, {"resident": somebody.number}, headers=ENGLISH)
    assert "This field is required" in unsure.content.decode()
    assert not InboxEntry.objects.filter(world=world, kind="agent_depart").exists()
    sure = {"resident": somebody.number, "sure": "on"}
    answer = admin_client.post(letting_go, sure, headers=ENGLISH, follow=True)
    (said,) = (str(message) for message in answer.context["messages"])
    assert said.startswith("Moves away at 2026-03-02T")
    rest_of_it(world)
    assert [event.actor for event in told(world, events.MOVED_AWAY)] == [somebody.number]
    assert [event.reason for event in told(world, events.MOVED_IN)] == [Attraction.ORDER]
