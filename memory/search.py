"""Search across a town: who remembers anything of a matter."""

from dataclasses import dataclass

from django.db import connection

from memory.measures import SEARCH_SECONDS
from memory.retrieval import Vector, written

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
           -(made.vector <#> asked.vector) AS relevance
    FROM memory_memory memory
    JOIN world_actor actor ON actor.id = memory.actor_id
    {made}
    CROSS JOIN asked
    WHERE actor.world_id = %s AND made.embedder_id = %s
    OFFSET 0
) scored
WHERE relevance >= %s
ORDER BY relevance DESC, at DESC, number, ordinal DESC
LIMIT %s
"""


_BY_WRITTEN = _SEARCH.format(made="").replace("made.", "memory.")
_BY_MODEL = _SEARCH.format(made="JOIN memory_modelvector made ON made.memory_id = memory.id")


@SEARCH_SECONDS.time()
def search(
    world: int,
    embedder: int,
    vector: Vector,
    *,
    most: int = 50,
    least: float = LEAST,
    by_model: bool = False,
) -> list[Found]:
    """What anybody in a world (a primary key) remembers of a matter, the most relevant first.

    embedder: the primary key of who made the vector, float32[dimension]; only what it embedded can
    be found. Exact: everything is looked at. least: relevance of what is found. by_model: among the
    vectors that a model made later, and not those written with the memories.
    """
    with connection.cursor() as cursor:
        query = _BY_MODEL if by_model else _BY_WRITTEN
        cursor.execute(query, [written(vector), world, embedder, least, most])
        return [Found(*row) for row in cursor.fetchall()]
