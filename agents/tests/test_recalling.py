"""Recalling: people come back to what they have done together, and tell of what befell them."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from agents import events
from agents.appointments.vocabulary import State
from agents.conversations.lived import FRESH
from agents.conversations.recalling import PAST
from agents.conversations.vocabulary import Change
from agents.models import Appointment, Relationship
from tests.laws.talk import chatty
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Event, World
from world.scenario import Scenario

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)

PLACE, WHEN = 2, HOUR
KNOWN, FRIENDS = 15_000, 40_000
"""Strength of ties, milli-points."""


@pytest.fixture
def town(found_town: Found, hamlet: Scenario) -> World:
    """Everybody knows everybody, talks whenever they may, and quarrels with nobody."""
    scenario = chatty(hamlet)
    talk = scenario["talk"].model_copy(update={"quarrel": 0.0})
    content = scenario.content | {"talk": talk}
    world = found_town(seed=6, scenario=replace(scenario, content=content))
    people = list(world.actors.filter(kind="resident"))
    Relationship.objects.bulk_create(
        (
            Relationship(actor=one, other=other, strength=KNOWN, known_since=1)
            for one, other in permutations(people, 2)
        ),
        ignore_conflicts=True,
    )
    Relationship.objects.filter(actor__world=world).update(strength=KNOWN)
    return world


def live(world: World, hours: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + hours * HOUR)
    world.refresh_from_db()


def met(world: World, state: State, *, at: int = WHEN, news: int = 0) -> set[tuple[int, int]]:
    """Let everybody have met the next one, or not; gives who was with whom, by number."""
    people = list(world.actors.filter(kind="resident").order_by("number"))
    pairs = list(pairwise(people))
    Appointment.objects.bulk_create(
        Appointment(actor=one, other=other, at=at, place=PLACE, activity=0, state=state, news=news)
        for one, other in pairs
    )
    return {(one.number, other.number) for one, other in pairs}


def said(world: World, line: str) -> list[Event]:
    spoken = Event.objects.filter(world=world, kind=events.SAID, data__line=line)
    return list(spoken.order_by("seq"))


@pytest.mark.parametrize(
    ("state", "news", "line"),
    [
        (State.KEPT, 0, "share/life.met"),
        (State.KEPT, 7, "share/life.party"),
        (State.STOOD_UP, 0, "share/complaint.stood-up"),
    ],
)
def test_they_tell_others_once_of_what_happened_since_they_talked(
    town: World, state: State, news: int, line: str
) -> None:
    with_whom = met(town, state, news=news)
    live(town, 12)
    told = said(town, line)
    assert told
    for event in told:
        about = (event.data or {})["person"]
        assert (event.actor, about) in with_whom
        assert about != event.other
        assert (event.data or {})["place"] == PLACE
        assert event.world_time > WHEN + PAST
    heard = [(event.actor, event.other) for event in told]
    assert len(set(heard)) == len(heard), "they have talked since"


def test_they_come_back_to_what_they_did_together(town: World) -> None:
    with_whom = met(town, State.KEPT)
    live(town, 12)
    told = said(town, "recall/meeting")
    assert told
    for event in told:
        assert (event.actor, event.other) in with_whom
        assert (event.data or {})["place"] == PLACE
        assert event.world_time > WHEN + PAST
    assert len({(event.actor, event.other) for event in told}) == len(told)


def test_what_is_long_past_is_not_told_any_more(town: World) -> None:
    met(town, State.KEPT, at=town.lived_until - FRESH)
    live(town, 12)
    assert not said(town, "share/life.met")
    assert not said(town, "recall/meeting")


def test_a_quarrel_weighs_on_those_who_had_it(town: World) -> None:
    friends = Relationship.objects.filter(actor__world=town)
    friends.update(strength=FRIENDS)
    quarrelled = friends.filter(other__number=1)
    with_whom = set(quarrelled.values_list("actor__number", "other__number"))
    quarrelled.update(sore=1)
    live(town, DAY // HOUR)
    told = said(town, "share/relationship.sore")
    assert told
    # Whoever is sore may quarrel again, which leaves the other sore as well.
    quarrels = Event.objects.filter(world=town, kind=events.TIE_CHANGED, reason=Change.QUARREL)
    for event in told:
        about = (event.data or {})["person"]
        again = quarrels.filter(actor=event.actor, other=about, seq__lt=event.seq)
        assert (event.actor, about) in with_whom or again.exists()
        assert about != event.other
