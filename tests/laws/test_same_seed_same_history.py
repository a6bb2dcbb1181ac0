"""Law 1: same seed and inbox, same history, however it comes to be lived."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.orders import plan_orders, tell_something
from world.advance import advance, advance_once
from world.engine.clock import MICROSECOND
from world.engine.gametime import HOUR, MINUTE
from world.history import canonical_lines, history_hash
from world.models import Event, InboxEntry, World
from world.pace import heartbeat, pause, resume, set_scale
from world.replay import found_replay

Found = Callable[..., World]

SPAN = 3 * HOUR


def lived(world: World, until: int, span: int = HOUR) -> str:
    advance(world_id=world.pk, until=until, span=span)
    return history_hash(world)


@pytest.fixture
def told(found_town: Found) -> World:
    """A hamlet with an eventful inbox that has lived for SPAN."""
    world = found_town()
    plan_orders(world, until=world.instant + SPAN, count=40, seed=1)
    advance(world_id=world.pk, until=world.instant + SPAN)
    world.refresh_from_db()
    return world


def test_history_is_not_empty_and_differs_between_seeds(found_town: Found) -> None:
    one, other = found_town(seed=1), found_town(seed=2)
    until = one.instant + SPAN
    assert lived(one, until) != lived(other, until)
    assert sum(1 for _ in canonical_lines(one)) > 20


@pytest.mark.parametrize("span", [30, 90, 10 * MINUTE, 24 * HOUR])
def test_history_does_not_depend_on_the_size_of_transactions(told: World, span: int) -> None:
    again = found_replay(of=told, slug="again")
    assert lived(again, told.lived_until, span) == history_hash(told)


@settings(max_examples=8)
@given(cuts=st.lists(st.integers(1, SPAN), max_size=6), instants=st.integers(1, 50))
def test_history_does_not_depend_on_how_advancing_is_split(
    told: World, cuts: list[int], instants: int
) -> None:
    World.objects.filter(slug="again").delete()
    again = found_replay(of=told, slug="again")
    for cut in sorted(cuts):
        advance_once(world_id=again.pk, until=again.instant + cut, instants=instants)
    assert lived(again, told.lived_until) == history_hash(told)


def test_orders_change_history(found_town: Found, told: World) -> None:
    assert lived(found_town(), told.lived_until) != history_hash(told)
    assert set(told.inbox.values_list("outcome", flat=True)) == {"accepted", "refused"}


class Wall:
    """A clock on the wall that the test moves."""

    def __init__(self) -> None:
        self.real = 1_700_000_000 * MICROSECOND

    def __call__(self) -> int:
        return self.real

    def pass_seconds(self, seconds: float) -> None:
        self.real += round(seconds * MICROSECOND)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_live_world_equals_the_headless_replay_of_its_seed_and_inbox(
    found_town: Found, seed: int
) -> None:
    """Live: heartbeats come late or not at all, the operator pauses, hurries and gives orders."""
    luck, wall = random.Random(seed), Wall()
    world = found_town(seed=seed)
    resume(world=world, now=wall)
    until = world.instant + SPAN
    while (progress := heartbeat(world_id=world.pk, now=wall)).lived_until < until:
        wall.pass_seconds(luck.choice((0.3, 1, 1, 2, 4, 7, 15)))
        match luck.randrange(12):
            case 0:
                pause(world=world, now=wall)
            case 1:
                set_scale(world=world, scale=luck.choice((10, 100, 600)), now=wall)
            case 2 | 3 | 4:
                tell_something_now(world, luck, wall)
            case _:
                resume(world=world, now=wall)
    again = found_replay(of=world, slug="again")
    assert any(InboxEntry.objects.filter(world=world, round__gt=0)), "nothing was told in a pause"
    assert lived(again, progress.lived_until) == history_hash(world)


def tell_something_now(world: World, luck: random.Random, wall: Wall) -> None:
    entry = tell_something(world, luck, now=wall)
    clock = world.clock
    clock.refresh_from_db()
    if clock.paused:
        heartbeat(world_id=world.pk, now=wall)
        entry.refresh_from_db()
        assert entry.outcome != InboxEntry.Outcome.WAITING, "a paused town answers at once"
        assert entry.at == clock.anchor_game // world.grid * world.grid


def test_event_numbers_have_no_gaps(told: World) -> None:
    numbers = list(Event.objects.filter(world=told).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, told.seq + 1))
