"""Accumulation: how much has come together for each to reflect on, and when that is enough.

Somebody reflects at the very memory that takes the sum of importance since they last did to the
threshold (Park et al., "Generative Agents", 2023), whichever batches memories come in; what is kept
at the same time belongs to it. Where what comes of it is still to come, the sum goes on and nobody
reflects anew; what does not come within the patience of the rules is late.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from operator import itemgetter

from django.db import connection

from memory.models import Accumulation

Asks = Callable[[int], bool]
"""Whether what comes of a reflection at a game time comes from elsewhere, and later."""


class Moment(Enum):
    """What comes to pass in somebody's reflecting."""

    ENOUGH = auto()
    ASKED = auto()
    CAME = auto()
    LATE = auto()


@dataclass(frozen=True, slots=True)
class Turn:
    """Something comes to pass at a game time, after so many of the memories at hand (`after`).

    It is about what was kept later than `since`, until `until`. answer: which of those at hand.
    """

    moment: Moment
    at: int
    since: int
    until: int
    after: int
    answer: int = -1


@dataclass(frozen=True, slots=True)
class Pace:
    """threshold: importance. patience: game seconds after which what is waited for is late."""

    threshold: int
    patience: int


def turns_of(
    state: Accumulation,
    kept: Sequence[tuple[int, int]],
    answers: Sequence[tuple[int, int]],
    *,
    until: int,
    pace: Pace,
    asks: Asks,
) -> list[Turn]:
    """What comes to pass with somebody until a game time, in order; moves their state on.

    kept: (at, importance) of what they keep, in order. answers: (at, asked at) of what comes in.
    """
    turns: list[Turn] = []
    seen = 0
    told = [(at, 0, index) for index, (at, _) in enumerate(kept)]
    told += [(at, 1, index) for index, (at, _) in enumerate(answers)]
    for at, is_answer, index in sorted(told):
        turns += _late(state, at, pace, seen)
        if is_answer:
            if state.waiting and answers[index][1] == state.reflected_at:
                state.waiting = False
                turns.append(_turn(Moment.CAME, at, state, seen, index))
            continue
        seen += 1
        if at == state.reflected_at:
            continue
        state.importance += kept[index][1]
        if state.importance >= pace.threshold and not state.waiting:
            state.reflected_before, state.reflected_at = state.reflected_at, at
            state.importance, state.waiting = 0, asks(at)
            moment = Moment.ASKED if state.waiting else Moment.ENOUGH
            turns.append(_turn(moment, at, state, bisect_right(kept, at, key=itemgetter(0))))
    return [*turns, *_late(state, until, pace, seen)]


def _late(state: Accumulation, now: int, pace: Pace, seen: int) -> list[Turn]:
    """That what was waited for is late, before anything else of that time comes to pass."""
    due = state.reflected_at + pace.patience
    if not state.waiting or now < due:
        return []
    state.waiting = False
    return [_turn(Moment.LATE, due, state, seen)]


def _turn(moment: Moment, at: int, state: Accumulation, seen: int, answer: int = -1) -> Turn:
    return Turn(moment, at, state.reflected_before, state.reflected_at, seen, answer)


def accumulations(
    world: int, actors: Collection[int], *, waiting_since: int
) -> dict[int, Accumulation]:
    """Those of these actors (primary keys), and of all in a world whose reflections are late: who
    wait for one of that game time or before it."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES, [list(actors), world, waiting_since])
        states = [
            Accumulation(**dict(zip(_COLUMNS, row, strict=True))) for row in cursor.fetchall()
        ]
    found = {each.actor_id: each for each in states}
    return {actor: found.get(actor) or Accumulation(actor_id=actor) for actor in {*found, *actors}}


_COLUMNS = ("actor_id", "importance", "reflected_at", "reflected_before", "waiting")
# Two parts, for one condition with both would read the whole table.
_STATES = """
SELECT {columns} FROM memory_accumulation WHERE actor_id = ANY(%s)
UNION
SELECT {columns} FROM memory_accumulation JOIN world_actor ON world_actor.id = actor_id
WHERE world_id = %s AND waiting AND reflected_at <= %s
""".format(columns=", ".join(_COLUMNS))
_KEEP = """
INSERT INTO memory_accumulation ({columns})
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::bigint[], %s::boolean[])
ON CONFLICT (actor_id) DO UPDATE SET {changes}
""".format(
    columns=", ".join(_COLUMNS),
    changes=", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:]),
)


def keep(states: Collection[Accumulation]) -> None:
    """Write these down, in one statement."""
    if states:
        with connection.cursor() as cursor:
            cursor.execute(
                _KEEP, [[getattr(each, column) for each in states] for column in _COLUMNS]
            )
