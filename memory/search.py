"""Search across a town: who remembers anything of a matter."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from memory.retrieval import written

LEAST = 0.1
"""Relevance below which a lexical memory has hardly a word in common with what is asked: hashed
features of unrelated texts meet by chance in about 1 / sqrt(384) = 0.05."""


@dataclass(frozen=True, slots=True)
class Found:
    """A memory (a primary key), and the cosine between its vector and the query's."""

    memory: int
    relevance: float


_SEARCH = """
WITH asked AS MATERIALIZED (SELECT %s::text::halfvec AS vector)
SELECT id, relevance FROM (
    SELECT memory.id, memory.at, memory.ordinal, actor.number,
           -(memory.vector <#> asked.vector) AS relevance
    FROM memory_memory memory
    JOIN world_actor actor ON actor.id = memory.actor_id
    CROSS JOIN asked
    WHERE actor.world_id = %s AND memory.embedder_id = %s
    OFFSET 0
) scored
WHERE relevance >= %s
ORDER BY relevance DESC, at DESC, number, ordinal DESC
LIMIT %s
"""


def search(
    world: int, embedder: int, vector: NDArray[np.float32], *, most: int = 50
) -> list[Found]:
    """What anybody in a world (a primary key) remembers of a matter, the most relevant first.

    embedder: the primary key of who made the vector, float32[dimension]; only what it embedded can
    be found. Exact: everything is looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, [written(vector), world, embedder, LEAST, most])
        return [Found(*row) for row in cursor.fetchall()]
