"""Retrieval: what comes to mind, for whole batches in one statement.

What somebody remembers is ordered by recency + importance + relevance, each between 0 and 1, with
weights. Recency is DECAY to the power of the game hours since it last came to mind; importance is
that of the memory; relevance is the cosine between its vector and the query's, 0 if it is negative
or if the query's embedder has made none of it. The sum is that of Park et al., "Generative Agents"
(2023), whose parts are stretched over the memories at hand instead.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from memory.measures import RECALL_SECONDS
from memory.models import MOST
from world.engine.gametime import HOUR

DECAY = 0.995
RATE = -math.log(DECAY) / HOUR
FORGOTTEN = 10_000 * HOUR
"""Game seconds after which recency is as good as nothing, and would not be a number much later."""


Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a score counts."""

    recency: float
    importance: float
    relevance: float


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody (a primary key of an actor) thinks about at a game time.

    vector: unit, float32[dimension]; embedder: the primary key of who made it.
    """

    actor: int
    at: int
    embedder: int
    vector: Vector


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that came to mind, and why: each part of its score, and the weighted sum.

    memory: its primary key; at, ordinal: its identity among those of its owner.
    """

    memory: int
    at: int
    ordinal: int
    recency: float
    importance: float
    relevance: float
    score: float


# The parts of a score are made again for the few that are found: to carry them along, or the
# vector, for everything that is looked at takes a tenth longer. What is found is materialised, for
# a planner that takes the table to be small would look for it anew beside every memory.
_QUERY = """
WITH asked AS MATERIALIZED (
    SELECT actor, at, embedder, vector::halfvec AS vector, row
    FROM unnest(
        %(actors)s::bigint[], %(at)s::bigint[], %(embedders)s::bigint[], %(vectors)s::text[]
    ) WITH ORDINALITY AS told(actor, at, embedder, vector, row)
), found AS MATERIALIZED (
    SELECT asked.row, best.id, best.score
    FROM asked
    CROSS JOIN LATERAL (
        SELECT memory.id,
               %(recency)s::float8 * {recency} + %(importance)s::float8 * {importance}
               + %(relevance)s::float8 * {relevance} AS score
        FROM memory_memory memory {made}
        WHERE memory.actor_id = asked.actor AND memory.at <= asked.at AND {kind}
        ORDER BY score DESC, memory.at DESC, memory.ordinal DESC
        LIMIT %(limit)s
    ) best
)
SELECT asked.row, memory.id, memory.at, memory.ordinal,
       {recency}, {importance}, {relevance}, found.score
FROM found
JOIN asked ON asked.row = found.row
JOIN memory_memory memory ON memory.id = found.id {made}
ORDER BY asked.row, found.score DESC, memory.at DESC, memory.ordinal DESC
"""

_PARTS = {
    "recency": "exp(least(greatest(memory.recalled_at - asked.at, -%(forgotten)s::bigint), 0)"
    " * %(rate)s::float8)",
    "importance": "(memory.importance / %(most)s::float8)",
}
_BY_WRITTEN = _PARTS | {
    "relevance": "CASE WHEN memory.embedder_id = asked.embedder"
    " THEN greatest(-(memory.vector <#> asked.vector), 0) ELSE 0 END",
    "made": "",
}
_BY_MODEL = _PARTS | {
    "relevance": "coalesce(greatest(-(made.vector <#> asked.vector), 0), 0)",
    "made": "LEFT JOIN memory_modelvector made"
    " ON made.memory_id = memory.id AND made.embedder_id = asked.embedder",
}


@RECALL_SECONDS.time()
def recall(
    queries: Sequence[Query],
    *,
    most: int = 10,
    kind: int | None = None,
    weights: Weights | None = None,
    by_model: bool = False,
) -> list[list[Recalled]]:
    """What comes to mind to each, the best first and of equals the latest, at most so many.

    kind: only memories of this kind. weights: those of the settings without. by_model: compare with
    the vectors that a model made later, and not with those written with the memories.
    """
    if not queries:
        return []
    told: list[list[Recalled]] = [[] for _ in queries]
    each = weights or Weights(*settings.MEMORY_WEIGHTS)
    parameters: dict[str, Any] = {
        "actors": [query.actor for query in queries],
        "at": [query.at for query in queries],
        "embedders": [query.embedder for query in queries],
        "vectors": [written(query.vector) for query in queries],
        "recency": each.recency,
        "importance": each.importance,
        "relevance": each.relevance,
        "forgotten": FORGOTTEN,
        "rate": RATE,
        "most": MOST,
        "kind": kind,
        "limit": most,
    }
    query = _QUERY.format(
        **(_BY_MODEL if by_model else _BY_WRITTEN),
        kind="true" if kind is None else "memory.kind = %(kind)s",
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        for row, *columns in cursor.fetchall():
            told[row - 1].append(Recalled(*columns))
    return told


def written(vector: Vector) -> str:
    """A vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{value:.6g}" for value in vector.tolist()) + "]"


_TOUCH = """
UPDATE memory_memory memory
SET recalled_at = greatest(memory.recalled_at, fresh.recalled_at),
    recalls = memory.recalls + fresh.times
FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[], %s::int[])
     AS fresh(actor, at, ordinal, recalled_at, times)
WHERE memory.actor_id = fresh.actor AND memory.at = fresh.at AND memory.ordinal = fresh.ordinal
"""


def touch(recalled: Sequence[tuple[int, int, int, int, int]]) -> None:
    """Say that memories came to mind: (actor, at, ordinal) of each, when last, and how often."""
    if recalled:
        with connection.cursor() as cursor:
            cursor.execute(_TOUCH, [list(column) for column in zip(*recalled, strict=True)])
