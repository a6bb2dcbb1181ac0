"""Advancing a world: whole instants, each transaction under the world's row lock."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction

from world import residence
from world.commit import commit
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.engine.gametime import HOUR
from world.engine.inbox import Answer, InboxRow
from world.engine.outbox import Question
from world.event_writer import WORTHWHILE, EventWriter
from world.integrity import IntegrityError, stop_broken_world
from world.measures import COMMIT_SECONDS, INSTANTS
from world.models import InboxEntry, World
from world.telling import seal_inbox, sealed_rows

Announce = Callable[[World, EventBatch, int], None]
Watch = Callable[[Columns, int], object]
"""Looks at columns, to which nothing happens before the game time given with them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a world got.

    lived_until: game seconds; nothing is left to do before it. instants: lived by this call.
    busy: somebody else was advancing the world, so this call left it alone. done: nothing is left
    to do up to the time that was asked for.
    """

    lived_until: int
    instants: int = 0
    busy: bool = False
    done: bool = False


class WorldNotActiveError(RuntimeError):
    """The world was stopped or archived."""


def advance(*, world_id: int, until: int, span: int = HOUR, watch: Watch | None = None) -> Progress:
    """Live a world until the game time `until`, or until somebody else is found doing so.

    span: game seconds that one transaction covers at most; history does not depend on it.
    watch: called before each instant, and at the end of each transaction, in it. Raises
    WorldNotActiveError for a world that must not go on.
    """
    instants = 0
    while True:
        progress = advance_once(world_id=world_id, until=until, span=span, watch=watch)
        instants += progress.instants
        if progress.busy or progress.done:
            return replace(progress, instants=instants)


def advance_once(
    *,
    world_id: int,
    until: int,
    span: int = HOUR,
    instants: int | None = None,
    announce: Announce | None = None,
    watch: Watch | None = None,
) -> Progress:
    """Live a world towards `until` in one transaction, of `instants` at most if that is given.

    announce: called after the commit with the world, the events and the number before the first.
    watch: as of `advance`.
    Raises WorldNotActiveError as `advance` does, and IntegrityError if what came of it cannot be
    true; the world is stopped then.
    """
    world = World.objects.get(pk=world_id)
    if world.status != World.Status.ACTIVE:
        raise WorldNotActiveError(f"the world {world.slug} is {world.status}")
    target = min(until, world.lived_until + span)
    if world.lived_until >= target and not _orders_wait(world, target):
        return Progress(world.lived_until, done=True)
    seal = seal_inbox(world_id=world_id, until=target)
    began = time.perf_counter()
    try:
        with transaction.atomic():
            locked = (
                World.objects.select_for_update(no_key=True, skip_locked=True)
                .filter(pk=world_id)
                .first()
            )
            if locked is None:
                return Progress(world.lived_until, busy=True)
            rows = sealed_rows(world_id, seal)
            progress = _live(
                locked,
                rows,
                target=target,
                until=until,
                limit=instants,
                announce=announce,
                watch=watch,
            )
    except BaseException as error:
        residence.forget(world_id)
        if isinstance(error, IntegrityError):
            stop_broken_world(world_id=world_id, reason=str(error))
        raise
    COMMIT_SECONDS.observe(time.perf_counter() - began)
    INSTANTS.labels(world.slug).inc(progress.instants)
    return progress


def _orders_wait(world: World, target: int) -> bool:
    waiting = InboxEntry.Outcome.WAITING
    return world.inbox.filter(outcome=waiting, at__lte=target).exists()


def _live(
    world: World,
    rows: list[InboxRow],
    *,
    target: int,
    until: int,
    limit: int | None,
    announce: Announce | None,
    watch: Watch | None,
) -> Progress:
    """Live what is due up to `target`, with these rows of the inbox, and write it."""
    pipeline = residence.pipeline_of(world)
    answers: list[Answer] = []
    questions: list[Question] = []
    count, recasts = 0, False
    with EventWriter(world) as writer:
        while (stamp := pipeline.next_stamp(rows)).instant <= target and count != limit:
            if watch is not None:
                watch(pipeline.columns, stamp.instant)
            now = [row for row in rows if row.stamp == stamp]
            rows = rows[len(now) :]
            step = pipeline.live(stamp, now)
            answers += step.answers
            questions += step.questions
            count += 1
            if recasts := step.recasts:
                break
            if len(pipeline.log) >= WORTHWHILE:
                writer.write(pipeline.log.take())
        writer.write(pipeline.log.take())
    lived_until = target if stamp.instant > target else pipeline.position.instant
    if watch is not None:
        watch(pipeline.columns, lived_until + (stamp.instant > target))
    events, before = writer.written(), world.seq
    commit(
        world,
        pipeline.columns,
        events,
        answers,
        questions,
        position=pipeline.position,
        lived_until=max(lived_until, world.lived_until),
    )
    residence.keep(world, residence.load(world) if recasts else pipeline)
    if announce is not None and len(events):
        transaction.on_commit(partial(announce, world, events, before))
    return Progress(world.lived_until, count, done=stamp.instant > until)
