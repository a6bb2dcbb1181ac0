"""Law 5: no place above capacity, none entered while closed, no teleporting.

History alone is the witness: where everybody is follows from the events.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from agents import events
from agents.duty import Shifts
from agents.models import AgentState
from agents.systems.timing import STAFF_WITHIN
from tests.laws.orders import plan_orders
from world import residence
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.engine.places import Places
from world.engine.routes import Walks
from world.models import Event, World

Found = Callable[..., World]


@dataclass
class Whereabouts:
    """Where residents are, as the events tell it: a place (0: the street), or on a walk."""

    place: dict[int, int]
    walks: dict[int, Event] = field(default_factory=dict)

    def follow(self, event: Event) -> int | None:
        """Take in an event; returns the place that somebody entered by it, if so."""
        if event.kind in (events.MOVED_IN, events.MOVED_AWAY):
            self.place[event.actor] = 0
            self.walks.pop(event.actor, None)
        elif event.kind == events.MOVED:
            self.place[event.actor] = 0
            self.walks[event.actor] = event
        elif event.kind == events.REFUSED:
            del self.walks[event.actor]
        elif event.kind == events.STARTED and event.actor in self.walks:
            walk = self.walks.pop(event.actor)
            assert event.place == walk.place, "arrived somewhere else"
            assert event.world_time == walk.until, "did not take the time of the walk"
            self.place[event.actor] = event.place
            return event.place
        elif event.kind == events.STARTED:
            assert event.place == self.place[event.actor], "is somewhere without having walked"
        return None


@pytest.fixture(scope="module")
def _lived(found_shared: Found) -> int:
    world = found_shared(seed=11)
    until = world.instant + 2 * DAY
    plan_orders(world, until=until, count=80, seed=4)
    advance(world_id=world.pk, until=until)
    return world.pk


@pytest.fixture
def lived(_lived: int, db: None) -> World:
    """A hamlet after two eventful days, one of them free of work."""
    return World.objects.get(pk=_lived)


def told(world: World) -> Iterator[Event]:
    """Movements in the order of their instants; within one, as they were emitted."""
    kinds = (*(events.MOVED, events.REFUSED, events.STARTED), events.MOVED_IN, events.MOVED_AWAY)
    return world.events.filter(kind__in=kinds).order_by("seq").iterator()


def departed(world: World) -> set[int]:
    """The numbers of those who have moved away."""
    gone = world.actors.filter(livelihood__left_at__gt=0)
    return set(gone.values_list("number", flat=True))


def homes(world: World) -> dict[int, AgentState]:
    states = AgentState.objects.filter(actor__world=world).select_related("actor")
    return {state.actor.number: state for state in states}


def test_every_move_takes_its_travel_time(lived: World) -> None:
    walks: Walks = residence.constants_of(lived)["walks"]
    moved = [event for event in told(lived) if event.kind == events.MOVED]
    assert len(moved) > 200
    origin = np.array([event.amount for event in moved])
    goal = np.array([event.place for event in moved]) - 1
    took = np.array([event.until - event.world_time for event in moved])
    np.testing.assert_array_equal(took, walks.travel_seconds(origin, goal))


def test_nobody_is_anywhere_without_having_walked_there(lived: World) -> None:
    people = homes(lived)
    whereabouts = Whereabouts({number: state.home for number, state in people.items()})
    entered = [whereabouts.follow(event) for event in told(lived)]
    assert sum(place is not None for place in entered) > 200
    for number, state in people.items():
        assert state.place == whereabouts.place[number]


def test_no_place_is_ever_above_its_capacity(lived: World) -> None:
    people = homes(lived)
    capacity = dict(lived.locations.values_list("number", "capacity"))
    whereabouts = Whereabouts({number: state.home for number, state in people.items()})
    fullest = 0.0
    for event in told(lived):
        place = whereabouts.follow(event)
        if place is None:
            continue
        guests = [
            number
            for number, where in whereabouts.place.items()
            if where == place and people[number].home != place
        ]
        assert len(guests) <= capacity[place]
        fullest = max(fullest, len(guests) / capacity[place])
    assert fullest > 0.3, "nothing was ever near to full"


def test_closed_places_are_entered_by_their_staff_alone(lived: World) -> None:
    constants = residence.constants_of(lived)
    places: Places = constants["places"]
    shifts: Shifts = constants["shifts"]
    people = homes(lived)
    whereabouts = Whereabouts({number: state.home for number, state in people.items()})
    early, gone = 0, departed(lived)
    for event in told(lived):
        place = whereabouts.follow(event)
        state = people[event.actor]
        # Where those worked who have moved away is not known any more.
        if place is None or place == state.home or event.actor in gone:
            continue
        if not places.is_open(np.array([place - 1]), event.world_time)[0]:
            assert place == state.workplace
            shift, workdays = np.array([state.shift]), np.array([state.workdays])
            assert shifts.near_duty(shift, workdays, event.world_time, STAFF_WITHIN)[0]
            early += 1
    assert early > 0, "nobody came to work before the doors opened"


def test_somebody_was_turned_away_and_heard_why(lived: World) -> None:
    refused = lived.events.filter(kind=events.REFUSED)
    assert refused.exists()
    assert set(refused.values_list("reason", flat=True)) <= {1, 2, 3}
    for event in refused:
        again = lived.events.filter(
            actor=event.actor, world_time=event.world_time, kind__in=(events.MOVED, events.STARTED)
        )
        assert again.exists(), "a refused resident chooses once more in the same instant"


def test_a_full_place_takes_no_more(found_town: Found) -> None:
    """Everybody is sent to the store at once, which has eight seats."""
    from world.telling import tell

    world = found_town()
    store = world.locations.get(kind="store")
    people = homes(world)
    assert len(people) > store.capacity
    for number in people:
        tell(
            world=world,
            kind="agent_move",
            subject=number,
            payload={"place": store.number},
            source=3,
        )
    advance(world_id=world.pk, until=world.instant + HOUR)
    turned_away = world.events.filter(kind=events.REFUSED, place=store.number, reason=2)
    assert turned_away.count() >= len(people) - store.capacity
