"""Keeping pace: a world lives up to its clock; one that cannot is slowed down and skips nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from world import pace
from world.advance import advance_once
from world.engine.clock import MICROSECOND
from world.models import Event, World, WorldClock
from world.pace import heartbeat, set_scale, start
from world.stream import announcing

Found = Callable[..., World]

MORNING = 1_790_000_000 * MICROSECOND


class Wall:
    """The real time, which stands still unless it is told to pass."""

    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> int:
        return self.time


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def town(found_town: Found, wall: Wall) -> World:
    """A hamlet whose clock runs at sixty times the usual pace."""
    world = found_town()
    start(world=world, now=wall)
    set_scale(world=world, scale=600, now=wall)
    heartbeat(world_id=world.pk, now=wall)
    world.refresh_from_db()
    return world


@pytest.fixture
def transactions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many instants each transaction of the engine lived."""
    lived: list[int] = []

    def watched(**arguments: Any) -> Any:
        progress = advance_once(**arguments)
        lived.append(progress.instants)
        return progress

    monkeypatch.setattr(pace, "advance_once", watched)
    return lived


def test_a_world_that_lags_lives_more_instants_in_a_transaction(
    town: World, wall: Wall, transactions: list[int]
) -> None:
    wall.time += 4 * MICROSECOND
    heartbeat(world_id=town.pk, now=wall)
    town.refresh_from_db()
    assert town.lived_until == WorldClock.objects.get(world=town).clock.now(wall.time)
    assert max(transactions) > 5
    assert WorldClock.objects.get(world=town).why == "operator", "nobody held the clock"


def test_at_the_usual_pace_an_instant_has_a_transaction_of_its_own(
    town: World, wall: Wall, transactions: list[int]
) -> None:
    set_scale(world=town, scale=10, now=wall)
    for _ in range(60):
        wall.time += MICROSECOND // 10
        heartbeat(world_id=town.pk, now=wall)
    assert max(transactions) == 1


def test_a_clock_that_ran_away_is_held_where_the_world_is(
    town: World, wall: Wall, transactions: list[int]
) -> None:
    wall.time += 6 * MICROSECOND
    progress = heartbeat(world_id=town.pk, now=wall)
    row = WorldClock.objects.get(world=town)
    assert row.why == "behind"
    assert progress.lived_until == row.clock.now(wall.time) == town.lived_until
    assert transactions == [0]
    wall.time += MICROSECOND // 2
    assert heartbeat(world_id=town.pk, now=wall).lived_until == town.lived_until + 300


def test_every_instant_has_a_frame_of_its_own_however_many_were_committed_at_once(
    town: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(announcing, "_send", lambda _, message: sent.append(message))
    before, until = town.seq, town.lived_until + 3600
    with django_capture_on_commit_callbacks(execute=True):
        advance_once(world_id=town.pk, until=until, announce=announcing.announce_instants)
    town.refresh_from_db()
    seqs = [before, *(message["seq"] for message in sent)]
    assert [message["prev_seq"] for message in sent] == seqs[:-1]
    assert seqs[-1] == town.seq
    times = Event.objects.filter(world=town, seq__gt=before).values_list("world_time", flat=True)
    assert len(sent) == len(set(times)) > 1


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_on_the_wall_that_is_set_neither_stops_nor_hurries_a_world(
    town: World, wall: Wall, hours: int
) -> None:
    for _ in range(3):
        wall.time += MICROSECOND
        heartbeat(world_id=town.pk, now=wall)
    town.refresh_from_db()
    lived = town.lived_until
    wall.time += hours * 3600 * MICROSECOND
    for _ in range(3):
        wall.time += MICROSECOND
        heartbeat(world_id=town.pk, now=wall)
    town.refresh_from_db()
    assert 0 < town.lived_until - lived <= 3 * 600
