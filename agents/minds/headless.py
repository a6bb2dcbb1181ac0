"""Headless minds: a world without watchers waits for every reply, however long it takes.

A reply takes effect exactly one grid step after its question. So nothing of the wall clock gets
into the history, and the same seed with the same replies gives the same one.
"""

import time

from django.conf import settings

from agents.minds.thoughts import OPEN
from agents.models import Thought
from agents.provenance import StandIn
from world import residence
from world.advance import Progress, Watch, advance_once
from world.engine.gametime import next_after
from world.models import InboxEntry, World

LEASE_POLL_SECONDS = 1.0


class UnrecordedError(RuntimeError):
    """A replay came to calls that are not on the cassette; says which, and what has changed."""


def has_models(world: World) -> bool:
    """Whether somebody in a world thinks with a model, or is told to."""
    waiting = world.inbox.filter(kind="agent_mind", outcome=InboxEntry.Outcome.WAITING)
    return world.actors.filter(mind__code__gt=0).exists() or waiting.exists()


def advance_thinking(*, world: World, until: int, watch: Watch | None = None) -> Progress:
    """Live a world until the game time `until`, and put every thought to its model on the way.

    watch: as of `advance`. Raises what `advance` does, and UnrecordedError where a replay finds no
    reply.
    """
    instants = 0
    # A run that was stopped may have left questions behind.
    answer(world)
    while True:
        world.refresh_from_db()
        target = min(_next_instant(world), until)
        progress = advance_once(world_id=world.pk, until=target, watch=watch)
        instants += progress.instants
        if progress.instants:
            answer(world)
        if progress.busy or (progress.done and target == until):
            return Progress(progress.lived_until, instants, progress.busy, progress.done)


def answer(world: World) -> None:
    """Put all open thoughts of a world to their models, and their replies into its inbox."""
    world.refresh_from_db()
    open_ = Thought.objects.filter(world=world, status__in=OPEN)
    if not open_.exists():
        return
    # The client is large, and a town that lives on instinct needs none.
    from agents.minds.asking import Asking

    while open_.exists():
        Asking(in_flight=settings.MINDS_IN_FLIGHT, world=world).run()
        if open_.exists():
            # Somebody died with a claim on it, which has to run out.
            time.sleep(LEASE_POLL_SECONDS)
    unrecorded = Thought.objects.filter(
        world=world, asked_at=world.lived_until, failure=StandIn.UNRECORDED.name.lower()
    )
    details = list(unrecorded.values_list("detail", flat=True))
    if details:
        raise UnrecordedError(
            f"{len(details)} calls are not on the cassette:\n" + "\n".join(details)
        )


def _next_instant(world: World) -> int:
    """When something next happens, so that nothing is sealed beyond it."""
    pipeline = residence.kept_pipeline(world.pk, world.version)
    if pipeline is None:
        return next_after(world.lived_until, world.grid)
    due = pipeline.next_stamp([]).instant
    told = (
        world.inbox.filter(outcome=InboxEntry.Outcome.WAITING)
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )
    return due if told is None else min(due, told)
