"""Orders that an operator might give to a hamlet, for tests that need an eventful inbox."""

import random

from world.engine.gametime import HOUR
from world.models import InboxEntry, World
from world.realtime import RealTime, real_now
from world.telling import tell

ACTIVITIES = ("idle", "rest", "eat", "sleep", "read", "work", "dance")
PLACES = range(13)
SUBJECTS = range(1, 14)
KINDS = (
    *("agent_move", "agent_activity", "agent_words", "agent_edit", "agent_purse"),
    *("announcement", "rule", "happening"),
)
COMINGS = 0.02
"""How often somebody is invited or let go instead: a hamlet is soon full, and sooner empty."""
LEAVING = (4, 11, 12, 13, 14)
"""Whoever may be let go; nobody's place in the hamlet is theirs alone."""
RULES = (
    *(("curfew", 1), ("festival", 1), ("crisis", 1), ("day_off", 1), ("crisis", 0)),
    *(("curfew", 0), ("pension", 50_000), ("tax", 150), ("allowance", None), ("curfew", 7)),
)


def tell_something(world: World, luck: random.Random, *, now: RealTime = real_now) -> InboxEntry:
    """Tell the world one order; some make no sense, as operators' orders do."""
    subject = luck.choice(SUBJECTS)
    payload: dict[str, object]
    kind = luck.choice(KINDS)
    if luck.random() < COMINGS:
        kind = luck.choice(("agent_invite", "agent_invite", "agent_depart"))
    match kind:
        case "agent_invite":
            subject = 0
            payload = {"occupation": luck.choice(("", "waiter", "retired", "wizard"))}
        case "agent_depart":
            subject = luck.choice(LEAVING)
            payload = {}
        case "agent_move":
            payload = {"place": luck.choice(PLACES)}
        case "agent_activity":
            payload = {"activity": luck.choice(ACTIVITIES)}
        case "agent_words":
            words = luck.choice(("去看看你的朋友。", "Have a rest."))
            payload = {"text": words, "place": luck.choice(PLACES)}
        case "agent_edit":
            needs = {luck.choice(("energy", "satiety", "joy")): luck.randrange(101)}
            payload = {"needs": needs, "traits": {"extraversion": luck.randrange(101)}}
        case "rule":
            subject = 0
            rule, value = luck.choice(RULES)
            payload = {"rule": rule, "value": value, "days": luck.choice((0, 1, 2))}
        case "happening":
            subject = 0
            payload = {
                "kind": luck.choice(("celebration", "disaster", "shock")),
                "place": luck.choice(PLACES),
                "hours": luck.randrange(1, 30),
                "strength": luck.randrange(500, 1500),
            }
        case "announcement":
            subject = 0
            payload = {
                "text": {"zh": "停水。", "en": "No water."},
                "urgency": luck.choice(("low", "normal", "high", "urgent")),
                "place": luck.choice((0, *PLACES)),
            }
            if luck.random() < 0.3:
                payload |= {
                    "host": luck.choice(SUBJECTS),
                    "starts": world.lived_until + 3 * HOUR,
                    "place": 1,
                }
        case _:
            payload = {"fen": luck.randrange(-500_000, 500_000, 100)}
    return tell(world=world, kind=kind, subject=subject, payload=payload, source=3, now=now)


def plan_orders(world: World, *, until: int, count: int, seed: int) -> None:
    """Put orders into the inbox of a world that has not begun, at instants up to `until`."""
    luck = random.Random(seed)
    for _ in range(count):
        entry = tell_something(world, luck)
        entry.at = luck.randrange(world.instant + world.grid, until, world.grid)
        entry.round = luck.choice((0, 0, 0, 1, 2))
        entry.save()
