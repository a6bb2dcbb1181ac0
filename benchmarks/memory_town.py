"""A town full of memories, laid down quickly: a few thousand ordinary ones, told over and over."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import connection

from memory import lexical
from memory.models import Memory
from memory.tests.ordinary import Life
from memory.writing import remember
from world.engine.gametime import DAY
from world.scenario import Scenario

DAYS = 60
NOW = DAYS * DAY
DISTINCT = 4000
AT_ONCE = 50_000

_FIELDS = ", ".join(
    field.column
    for field in Memory._meta.concrete_fields
    if field.column not in {"id", "actor_id", "at", "recalled_at", "ordinal"}
)
_FILL = f"""
INSERT INTO memory_memory (actor_id, at, recalled_at, ordinal, {_FIELDS})
SELECT fresh.actor, fresh.at, fresh.at, 0, {_FIELDS}
FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) WITH ORDINALITY
     AS fresh(actor, at, pattern, row)
JOIN pattern ON pattern.row = fresh.pattern
ORDER BY fresh.row
"""
_PATTERNS = f"""
CREATE TEMPORARY TABLE pattern AS
SELECT row_number() OVER (ORDER BY id)::int - 1 AS row, {_FIELDS}
FROM memory_memory
"""


@dataclass(frozen=True)
class Laid:
    """What was laid down, in columns, in order of time. patterns: which of `vectors` each has."""

    owners: Any
    at: Any
    importance: Any
    patterns: Any
    vectors: Any


def fill(scenario: Scenario, shares: dict[int, int], seed: int = 1) -> Laid:
    """Lay down so many memories for each actor (a primary key), all of them in turn over DAYS.

    Nothing else is remembered afterwards.
    """
    empty()
    life = Life(scenario, seed).memories(DISTINCT, DAYS)
    remember([replace(each, actor=next(iter(shares))) for each in life])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pattern")
        cursor.execute(_PATTERNS)
        cursor.execute("ANALYZE pattern")
    empty()
    chance = np.random.default_rng(seed)
    owners = chance.permutation(np.repeat(list(shares), list(shares.values())))
    patterns = chance.integers(0, DISTINCT, len(owners))
    at = np.arange(len(owners), dtype=np.int64) * NOW // len(owners)
    with connection.cursor() as cursor:
        for begin in range(0, len(owners), AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            rows = [column[part].tolist() for column in (owners, at, patterns)]
            cursor.execute(_FILL, rows)
        cursor.execute("VACUUM (ANALYZE) memory_memory")
    texts = [each.text for each in life]
    vectors = lexical.embed(f"{text['zh']} {text['en']}" for text in texts)
    importance = np.array([each.importance for each in life])[patterns]
    return Laid(owners, at, importance, patterns, vectors)


def side_by_side() -> None:
    """Put the memories of each owner beside each other in the table."""
    with connection.cursor() as cursor:
        cursor.execute("CLUSTER memory_memory USING memory_of_actor")
        cursor.execute("VACUUM (ANALYZE) memory_memory")


def empty() -> None:
    """Let everybody forget everything."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE memory_memory, memory_modelvector")
