"""Orders that an operator might give to a hamlet, for tests that need an eventful inbox."""

import random

from world.models import InboxEntry, World
from world.realtime import RealTime, real_now
from world.telling import tell

ACTIVITIES = ("idle", "rest", "eat", "sleep", "read", "work", "dance")
PLACES = range(13)
SUBJECTS = range(1, 14)


def tell_something(world: World, luck: random.Random, *, now: RealTime = real_now) -> InboxEntry:
    """Tell the world one order; some make no sense, as operators' orders do."""
    subject = luck.choice(SUBJECTS)
    payload: dict[str, object]
    if luck.random() < 0.5:
        kind, payload = "agent_move", {"place": luck.choice(PLACES)}
    else:
        kind, payload = "agent_activity", {"activity": luck.choice(ACTIVITIES)}
    return tell(world=world, kind=kind, subject=subject, payload=payload, source=3, now=now)


def plan_orders(world: World, *, until: int, count: int, seed: int) -> None:
    """Put orders into the inbox of a world that has not begun, at instants up to `until`."""
    luck = random.Random(seed)
    for _ in range(count):
        entry = tell_something(world, luck)
        entry.at = luck.randrange(world.instant + world.grid, until, world.grid)
        entry.round = luck.choice((0, 0, 0, 1, 2))
        entry.save()
