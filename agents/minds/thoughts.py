"""Thoughts as a queue: what the engine asks is taken down, claimed, and given back."""

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from agents.minds import budget
from agents.minds.recollection import recollect
from agents.minds.waking import wake_minds
from agents.models import Thought
from world.engine.outbox import Question
from world.models import Actor, World

URGENCY = {
    Thought.Purpose.SPEAK: 0,
    Thought.Purpose.DECIDE: 10,
    Thought.Purpose.APPRAISE: 20,
    Thought.Purpose.PLAN: 20,
    Thought.Purpose.REFLECT: 30,
    Thought.Purpose.SUMMARISE: 40,
}
"""Whoever talks is not kept waiting by whoever decides, and both not by what can wait."""

LEASE = timedelta(seconds=30)
"""How long a worker that says nothing is believed to be at work on what it claimed."""

OPEN = (Thought.Status.WAITING, Thought.Status.CLAIMED)


def take_down(purpose: Thought.Purpose, world: World, questions: Sequence[Question]) -> None:
    """The asker of a kind of questions: within a commit, makes them thoughts of this purpose.

    A question without content says that nobody waits any more for what was asked before. Only the
    last of a resident's questions can be open: where a transaction covers hours, earlier ones were
    answered by its inbox.
    """
    actors = _actors(world, questions)
    last = {question.subject: question for question in questions}
    Thought.objects.filter(
        world=world,
        actor_id__in=actors.values(),
        purpose=purpose,
        status__in=OPEN,
    ).update(status=Thought.Status.WITHDRAWN)
    asked = [
        Thought(
            world=world,
            actor_id=actors[question.subject],
            purpose=purpose,
            asked_at=question.instant,
            decision=question.content.get("decision", 0),
            urgency=URGENCY[purpose],
            situation=question.content,
            status=Thought.Status.WAITING
            if question is last[question.subject]
            else Thought.Status.WITHDRAWN,
        )
        for question in questions
        if question.content
    ]
    recollect(world, asked)
    Thought.objects.bulk_create(asked)
    transaction.on_commit(wake_minds)


def _actors(world: World, questions: Sequence[Question]) -> dict[int, int]:
    """The primary keys of those whom questions are about, by number."""
    numbers = {question.subject for question in questions}
    rows = Actor.objects.filter(world=world, number__in=numbers)
    return dict(rows.values_list("number", "pk"))


def claimable(world: World | None = None) -> QuerySet[Thought]:
    """What may be asked now: of one world, or of every world whose clock runs."""
    expired = Q(status=Thought.Status.CLAIMED, lease_until__lt=timezone.now())
    queue = Thought.objects.filter(Q(status=Thought.Status.WAITING) | expired)
    if world is not None:
        return queue.filter(world=world)
    return queue.filter(world__status=World.Status.ACTIVE, world__clock__paused=False)


@transaction.atomic
def claim(
    *,
    count: int,
    world: World | None = None,
    urgent_only: bool = False,
    besides: Collection[int] = (),
) -> list[Thought]:
    """Take up to `count` thoughts, the most urgent first, for as long as the lease is renewed.

    urgent_only: leave alone what is not a turn in a conversation. besides: primary keys of thoughts
    that one is at work on already, should one have been too slow to renew their lease.
    What somebody else holds is left alone. Whoever finds another's claim on a thought has lost it.
    """
    queue = claimable(world).exclude(pk__in=besides)
    if urgent_only:
        queue = queue.filter(urgency=URGENCY[Thought.Purpose.SPEAK])
    chosen = queue.order_by("urgency", "pk").select_for_update(skip_locked=True, of=("self",))
    thoughts = list(chosen.select_related("world", "actor__agent")[:count])
    token, until = uuid.uuid4(), timezone.now() + LEASE
    Thought.objects.filter(pk__in=[thought.pk for thought in thoughts]).update(
        status=Thought.Status.CLAIMED, claim=token, lease_until=until, attempts=F("attempts") + 1
    )
    for thought in thoughts:
        thought.claim, thought.attempts = token, thought.attempts + 1
    return thoughts


@transaction.atomic
def write_off(thoughts: Sequence[Thought]) -> None:
    """Count as spent what dead workers had set aside for calls whose end nobody saw."""
    left = [thought for thought in thoughts if thought.reserved_on is not None]
    for thought in left:
        thought.cost += thought.reserved
    budget.settle([(thought, thought.reserved) for thought in left])
    Thought.objects.bulk_update(left, ["cost", "reserved", "reserved_on"])


def renew(thoughts: Sequence[Thought]) -> None:
    """Say that one is still at work on these."""
    Thought.objects.filter(
        pk__in=[thought.pk for thought in thoughts],
        claim__in={thought.claim for thought in thoughts},
        status=Thought.Status.CLAIMED,
    ).update(lease_until=timezone.now() + LEASE)


def release(thoughts: Sequence[Thought]) -> None:
    """Give these back unasked."""
    Thought.objects.filter(
        pk__in=[thought.pk for thought in thoughts],
        claim__in={thought.claim for thought in thoughts},
        status=Thought.Status.CLAIMED,
    ).update(status=Thought.Status.WAITING, claim=None, lease_until=None)
