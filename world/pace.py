"""Keeping pace: pausing, speed, and the heartbeat that lives a world in real time."""

from collections.abc import Callable, Iterable

import structlog
from django.core.cache import cache
from django.db import transaction

from world import registry
from world.advance import Progress, WorldNotActiveError, advance_once
from world.engine.clock import MICROSECOND, Clock
from world.engine.gametime import on_or_before
from world.measures import FAILED_HEARTBEATS
from world.models import World, WorldClock
from world.realtime import RealTime, real_now
from world.stream.announcing import announce_clock, announce_instants

logger = structlog.get_logger(__name__)

BEHIND_BY = 5 * MICROSECOND
"""A world that lags so far is slowed down: it never skips."""

LAG_OF_AN_INSTANT = MICROSECOND // 5
"""A transaction lives one instant more for each time that the world lags by so much."""

FAILING = "heartbeat_failing_{}"
"""In the cache, with a world's name: its heartbeats fail."""

FAILING_SECONDS = 15
"""For so long it is believed after each."""

WORK_AT_MOST = 800_000
"""One heartbeat works for at most so many real microseconds."""


def pause(*, world: World, now: RealTime = real_now) -> Clock:
    """Stop the clock. Never waits for the engine."""
    return _set_clock(world, lambda clock: clock.pause(now(), "operator"))


def start(*, world: World, now: RealTime = real_now) -> Clock:
    """Let the clock of a world that nobody watched so far run on from where the world is."""
    lived_until = World.objects.values_list("lived_until", flat=True).get(pk=world.pk)
    return _set_clock(
        world, lambda clock: clock.held_at(lived_until, now(), "founded").resume(now(), "operator")
    )


def resume(*, world: World, now: RealTime = real_now) -> Clock:
    """Let the clock run again from where it stands."""
    return _set_clock(world, lambda clock: clock.resume(now(), "operator"))


def set_scale(*, world: World, scale: int, now: RealTime = real_now) -> Clock:
    """Let `scale` game seconds pass in a real one from now on. Raises ValueError below 1."""
    return _set_clock(world, lambda clock: clock.at_scale(scale, now(), "operator"))


@transaction.atomic
def _set_clock(world: World, change: Callable[[Clock], Clock]) -> Clock:
    row = WorldClock.objects.select_for_update().get(world=world)
    clock = change(row.clock)
    row.assign(clock)
    row.save()
    transaction.on_commit(lambda: announce_clock(world_id=world.pk))
    return clock


def heartbeat(*, world_id: int, now: RealTime = real_now) -> Progress:
    """Live a world up to its clock within WORK_AT_MOST, an instant to a transaction.

    A world that lags lives more of them in one, the more the further it lags: what a transaction
    costs beside its instants is most of the work in a small town. The clock is read again before
    each, so a pause counts from the next transaction on.
    """
    began = now()
    grid = World.objects.values_list("grid", flat=True).get(pk=world_id)
    while True:
        time, lag = _read_clock(world_id, now())
        progress = advance_once(
            world_id=world_id,
            until=on_or_before(time, grid),
            instants=1 + lag // LAG_OF_AN_INSTANT,
            announce=announce_instants,
        )
        if progress.busy or progress.done or now() - began > WORK_AT_MOST:
            return progress


def failing(slugs: Iterable[str]) -> list[str]:
    """Those of these worlds whose heartbeats have failed a moment ago."""
    return [slug for slug in slugs if cache.get(FAILING.format(slug))]


def heartbeat_all() -> None:
    """One heartbeat for every active world; a world that fails does not hold up the others."""
    for world_id, slug in World.objects.filter(status=World.Status.ACTIVE).values_list(
        "pk", "slug"
    ):
        with structlog.contextvars.bound_contextvars(world=slug):
            try:
                heartbeat(world_id=world_id)
            except WorldNotActiveError:
                continue  # stopped a moment ago
            except Exception:
                FAILED_HEARTBEATS.inc()
                logger.exception("heartbeat_failed")
                # What stands in the way of a commit may be the database.
                cache.set(FAILING.format(slug), True, timeout=FAILING_SECONDS)


def _held_by_pacers(row: WorldClock, lived_until: int, real: int) -> tuple[int, str] | None:
    """Where the clock must be set back to, and what for; None if nothing has to be waited for."""
    for name, allows in registry.pacers.items():
        limit = allows(row.world, row.scale)
        if limit is not None and row.clock.now(real) > (held := max(limit, lived_until)):
            return held, name
    return None


@transaction.atomic
def _read_clock(world_id: int, real: int) -> tuple[int, int]:
    """The game time now, and by how many real microseconds the world lags.

    A clock that ran away from its world, or from what it has to wait for, is held back first.
    """
    row = WorldClock.objects.select_for_update().get(world_id=world_id)
    lived_until = World.objects.values_list("lived_until", flat=True).get(pk=world_id)
    asleep = row.alive_at > 0 and row.asleep_at(real)
    lag = row.clock.behind(lived_until, real)
    held: tuple[int, str] | None = None
    if not row.paused and (asleep or lag > BEHIND_BY):
        held, lag = (lived_until, "asleep" if asleep else "behind"), 0
    elif not row.paused:
        held = _held_by_pacers(row, lived_until, real)
    if held is not None:
        row.assign(row.clock.held_at(held[0], real, held[1]))
        transaction.on_commit(lambda: announce_clock(world_id=world_id))
    row.alive_at = real
    row.save()
    return row.clock.now(real), lag
