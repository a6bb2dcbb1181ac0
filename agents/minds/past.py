"""The past: what residents did and what befell them today, from the log, for whole batches."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from agents.events import MOVED, NEEDED, REFUSED, STARTED
from world.engine.gametime import midnight_before

AT_MOST = 40
"""Events of a day that are remembered."""

KINDS = (MOVED, STARTED, REFUSED, NEEDED)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to somebody; codes as in the log."""

    time: int
    kind: int
    place: int
    activity: int
    reason: int


# By midnight, not by a window that slides: what was said once stays where it stands in the prompt,
# so that the provider's prefix cache hits.
_QUERY = """
SELECT asked.row, event.world_time, event.kind, event.place, event.activity, event.reason
FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::bigint[])
     WITH ORDINALITY AS asked(world, actor, since, until, row)
CROSS JOIN LATERAL (
    SELECT * FROM world_event
    WHERE world_id = asked.world AND actor = asked.actor AND kind = ANY(%s)
      AND world_time BETWEEN asked.since AND asked.until
    ORDER BY seq DESC LIMIT %s
) event
ORDER BY asked.row, event.seq
"""


def todays(asked: Sequence[tuple[int, int, int]]) -> list[list[Happening]]:
    """What happened to each of (world, number of an actor, time) since midnight, oldest first."""
    if not asked:
        return []
    worlds, actors, times = map(list, zip(*asked, strict=True))
    since = [midnight_before(time) for time in times]
    found: dict[int, list[Happening]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [worlds, actors, since, times, list(KINDS), AT_MOST])
        for row, *columns in cursor.fetchall():
            found[row].append(Happening(*columns))
    return [found[row] for row in range(1, len(asked) + 1)]
