"""Laws of talk: what nobody ever does, and that what was said and felt adds up."""

from collections.abc import Callable

import pytest

from agents.conversations.vocabulary import Phase
from agents.founding import found_town
from agents.models import Conversation, Participation, Relationship
from tests.laws.talk import Reader
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.history import history_hash
from world.models import World
from world.scenario import Scenario

pytestmark = pytest.mark.django_db

DAYS = 3


@pytest.fixture
def town(read_scenario: Callable[[str], Scenario]) -> World:
    """A town that has lived for DAYS."""
    world = found_town(scenario=read_scenario("sunshine"), seed=11)
    advance(world_id=world.pk, until=world.instant + DAYS * DAY)
    world.refresh_from_db()
    return world


def test_the_laws_of_talk(town: World) -> None:
    reader = Reader(town)
    reader.read()
    assert len(reader.talks) > 100
    check_ends(reader)
    check_rows(reader)
    check_ties(reader)
    check_columns(reader)


def check_ends(reader: Reader) -> None:
    for number, talk in reader.talks.items():
        if talk.ended is None:
            assert reader.world.lived_until - talk.began < HOUR, f"{number} never ends"


def check_rows(reader: Reader) -> None:
    """What is kept for readers is what the log tells."""
    rows = {row.number: row for row in Conversation.objects.filter(world=reader.world)}
    assert set(rows) == set(reader.talks)
    parts = Participation.objects.filter(conversation__world=reader.world, left=None)
    present = {
        (number, who) for number, who in parts.values_list("conversation__number", "actor__number")
    }
    for number, talk in reader.talks.items():
        assert (rows[number].ended, rows[number].messages) == (talk.ended, talk.said)
        assert rows[number].place == talk.place
        if talk.ended is None:
            assert {who for each, who in present if each == number} == talk.people
    assert {number for number, _ in present} == {
        number for number, talk in reader.talks.items() if talk.ended is None
    }


def check_ties(reader: Reader) -> None:
    """Both sides of every tie are what their history adds up to."""
    ties = Relationship.objects.filter(actor__world=reader.world).select_related("actor", "other")
    known = {(tie.actor.number, tie.other.number): tie.strength for tie in ties}
    assert {pair: each for pair, each in known.items() if each} == {
        pair: each for pair, each in reader.strength.items() if each
    }
    assert {(two, one) for one, two in known} == set(known), "nobody is known by one side only"


def check_columns(reader: Reader) -> None:
    """What the engine keeps of who talks is what the log tells."""
    pipeline = residence.pipeline_of(reader.world)
    talks, residents = pipeline.columns["talks"].arrays, pipeline.columns["residents"]
    for row, number in enumerate(residents.numbers.tolist()):
        talking = reader.people[number].talk
        assert bool(talks["host"][row]) == bool(talking)
        hosts = talks["phase"][row] in (Phase.GREETING, Phase.ACTIVE, Phase.CLOSING)
        assert (residents.arrays["talk_at"][row] < 2**62) == (hosts and bool(talking))


def test_talk_is_history(read_scenario: Callable[[str], Scenario]) -> None:
    """Same seed, same talk: in one go, in pieces, and with columns loaded anew."""
    hashes = set()
    for span, forgetful in ((24 * HOUR, False), (HOUR, True), (20 * 60, False)):
        world = found_town(scenario=read_scenario("hamlet"), seed=5, slug=f"talk-{span}")
        until = world.instant + 30 * HOUR
        while world.lived_until < until:
            advance(world_id=world.pk, until=min(until, world.lived_until + span), span=span)
            world.refresh_from_db()
            if forgetful:
                residence.forget_all()
        assert Conversation.objects.filter(world=world).count() > 3
        hashes.add(history_hash(world))
    assert len(hashes) == 1
