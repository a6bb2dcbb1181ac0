"""Replaying a world: its own seed and inbox, lived again by another world."""

from django.db import transaction

from world.founding import found_again
from world.models import InboxEntry, World
from world.realtime import RealTime, real_now

COPIED = ("at", "round", "kind", "subject", "key", "payload", "source", "told_by")


@transaction.atomic
def found_replay(*, of: World, slug: str, now: RealTime = real_now) -> World:
    """Found a world on the scenario, the seed and the inbox of another one.

    Advanced as far as the original, it has the same history. Rows that the original has not lived
    yet come along.
    """
    world = found_again(of=of, seed=of.seed, slug=slug, now=now)
    # In the order of arrival, which breaks ties between operators' orders.
    InboxEntry.objects.bulk_create(
        InboxEntry(world=world, **{field: getattr(entry, field) for field in COPIED})
        for entry in of.inbox.order_by("pk")
    )
    return world
