"""Hosting: whoever gives a party looks for people and asks them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agents import events
from agents.conversations.vocabulary import Why
from agents.founding import found_town
from agents.models import AgentState, Conversation, Knowledge, News
from agents.provenance import Motive
from agents.systems.news import ANNOUNCE
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.models import Event, World
from world.scenario import Scenario
from world.telling import tell

pytestmark = pytest.mark.django_db(transaction=True)

HOST, PLACE = 1, 1


@pytest.fixture
def sunshine(read_scenario: Callable[[str], Scenario]) -> Scenario:
    return read_scenario("sunshine")


def live(world: World, seconds: int) -> None:
    advance(world_id=world.pk, until=world.lived_until + seconds)
    world.refresh_from_db()


def invite(world: World, *, host: int = HOST) -> int:
    """Let somebody give a party in two days; gives its number."""
    starts = world.lived_until + 2 * DAY
    tell(world=world, kind=ANNOUNCE.name, payload={"host": host, "place": PLACE, "starts": starts})
    live(world, HOUR)
    return News.objects.get(world=world).number


def heard_of(world: World, number: int) -> dict[int, int]:
    """Since when people know of it, by number."""
    known = Knowledge.objects.filter(news__world=world, news__number=number)
    return dict(known.values_list("actor__number", "heard_at"))


def test_a_host_begins_talks_to_ask_people_who_do_not_know(sunshine: Scenario) -> None:
    world = found_town(scenario=sunshine, seed=3, residents=25)
    number = invite(world)
    live(world, DAY)
    known = heard_of(world, number)
    assert len(known) > 3
    talks = Conversation.objects.filter(world=world, why=Why.HOSTING).order_by("began")
    asked = [talk for talk in talks if talk.initiator == HOST]
    assert asked
    assert len(asked) == len(talks), "others than the host asked people"
    for talk in asked:
        begun = Event.objects.get(world=world, seq=talk.first_seq)
        assert known.get(begun.other, world.lived_until) >= talk.began, "they knew already"
        words = Event.objects.filter(world=world, kind=events.SAID, amount=talk.number)
        # A greeting and a goodbye are all there is time for, sometimes.
        if words.filter(actor=HOST).count() > 2:
            assert words.filter(actor=HOST, data__line="news/own-party").exists()


def test_staff_who_give_a_party_ask_those_whom_they_serve(sunshine: Scenario) -> None:
    world = found_town(scenario=sunshine, seed=3, residents=50)
    cafe = world.locations.filter(kind="cafe").order_by("number").first()
    assert cafe is not None
    staff = AgentState.objects.filter(actor__world=world, workplace=cafe.number)
    host = staff.order_by("actor__number").values_list("actor__number", flat=True)[0]
    number = invite(world, host=host)
    live(world, 14 * HOUR)
    over_the_counter = Event.objects.filter(
        world=world, kind=events.SAID, actor=host, data__line="news/own-party"
    ).filter(amount__in=Conversation.objects.filter(why=Why.SERVICE).values("number"))
    guests = set(over_the_counter.values_list("other", flat=True))
    assert guests
    assert guests <= set(heard_of(world, number))


def test_a_host_goes_out_for_company_until_everybody_knows(sunshine: Scenario) -> None:
    """Of two towns of one seed, the host who looks for guests is out for company more."""
    times = []
    for guests in (0.0, 60.0):
        instinct = sunshine["instinct"].model_copy(update={"guests": guests})
        content = sunshine.content | {"instinct": instinct}
        world = found_town(
            scenario=replace(sunshine, content=content), seed=3, slug=f"g{guests:.0f}", residents=25
        )
        invite(world)
        live(world, DAY)
        out = Event.objects.filter(world=world, actor=HOST, reason=Motive.COMPANY)
        times.append(out.filter(kind__in=(events.MOVED, events.STARTED)).count())
    assert times[1] > times[0]
