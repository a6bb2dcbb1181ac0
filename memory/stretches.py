"""Stretches: what was kept in spans of time, for whole batches in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import orjson
from django.db import connection


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an actor (a primary key) kept later than `since`, until `until` (game times)."""

    actor: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A memory without what it is found by; fields as of `memory.models.Memory`."""

    at: int
    ordinal: int
    kind: int
    importance: int
    valence: int
    cause: int
    place: int
    source: int
    subject: str
    people: Sequence[int]
    text_zh: str
    text_en: str

    @property
    def identity(self) -> tuple[int, int]:
        """Which of its owner's memories it is."""
        return self.at, self.ordinal


_PEOPLE = [each.name for each in fields(Kept)].index("people")

_QUERY = """
SELECT asked.row, memory.*
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])
     WITH ORDINALITY AS asked(actor, since, until, row)
CROSS JOIN LATERAL (
    SELECT at, ordinal, kind, importance, valence, cause, place, source, subject, people,
           text_zh, text_en
    FROM memory_memory
    WHERE actor_id = asked.actor AND at > asked.since AND at <= asked.until
      AND {kind}
    ORDER BY at DESC, ordinal DESC
    LIMIT %s
) memory
ORDER BY asked.row, memory.at, memory.ordinal
"""


def kept_in(
    stretches: Sequence[Stretch], *, most: int, kind: int | None = None
) -> list[list[Kept]]:
    """Of each stretch the latest memories, at most so many, the oldest first.

    kind: only memories of this kind.
    """
    kept: list[list[Kept]] = [[] for _ in stretches]
    if not stretches:
        return kept
    asked = [[getattr(each, name) for each in stretches] for name in ("actor", "since", "until")]
    query = _QUERY.format(kind="true" if kind is None else "kind = %s")
    with connection.cursor() as cursor:
        cursor.execute(query, [*asked, *([] if kind is None else [kind]), most])
        for row, *columns in cursor.fetchall():
            columns[_PEOPLE] = orjson.loads(columns[_PEOPLE])
            kept[row - 1].append(Kept(*columns))
    return kept
