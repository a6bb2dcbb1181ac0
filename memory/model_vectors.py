"""Vectors that a model makes of memories in the background, beside the lexical ones.

A memory has one at a time: that of another embedder takes its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from memory.models import Embedder
from memory.retrieval import Vector, written


@dataclass(frozen=True, slots=True)
class Unread:
    """A memory (a primary key) that the model has not read yet, and its words in both languages."""

    memory: int
    text: str


_UNREAD = """
SELECT memory.id, memory.text_zh, memory.text_en
FROM memory_memory memory
WHERE memory.id > %s AND NOT EXISTS (
    SELECT FROM memory_modelvector made
    WHERE made.memory_id = memory.id AND made.embedder_id = %s
)
ORDER BY memory.id LIMIT %s
"""


def unread(embedder: int, *, after: int, most: int) -> list[Unread]:
    """What an embedder (a primary key) has no vector of, in the order of primary keys."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [after, embedder, most])
        return [
            Unread(memory, zh if zh == en else f"{zh}\n{en}")
            for memory, zh, en in cursor.fetchall()
        ]


# What was forgotten meanwhile is gone from the first join on.
_KEEP = """
INSERT INTO memory_modelvector (memory_id, embedder_id, vector)
SELECT memory.id, %s, fresh.vector::halfvec
FROM unnest(%s::bigint[], %s::text[]) AS fresh(memory, vector)
JOIN memory_memory memory ON memory.id = fresh.memory
ORDER BY memory.id FOR KEY SHARE OF memory
ON CONFLICT (memory_id) DO UPDATE
SET embedder_id = excluded.embedder_id, vector = excluded.vector
"""


def keep(embedder: int, memories: Sequence[int], vectors: Sequence[Vector]) -> None:
    """Keep an embedder's vectors, float32[dimension], of these memories (primary keys)."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [embedder, list(memories), [written(each) for each in vectors]])


def embedder_of(model: str, dimension: int) -> Embedder:
    """The row of a model whose vectors are so long."""
    embedder, _ = Embedder.objects.get_or_create(name=model, dimension=dimension)
    return embedder


_LACKING = """
SELECT count(*), count(*) FILTER (WHERE made.memory_id IS NULL)
FROM memory_memory memory
JOIN world_actor actor ON actor.id = memory.actor_id
LEFT JOIN memory_modelvector made
    ON made.memory_id = memory.id AND made.embedder_id = %s
WHERE {}
"""


def lacking_in_world(world: int, embedder: int) -> tuple[int, int]:
    """How many memories a world (a primary key) has, and how many of them the embedder has not."""
    return _count(_LACKING.format("actor.world_id = %s"), embedder, world)


def lacking_of(actor: int, embedder: int) -> tuple[int, int]:
    """The same for what one actor (a primary key) remembers."""
    return _count(_LACKING.format("memory.actor_id = %s"), embedder, actor)


def _count(query: str, embedder: int, whose: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [embedder, whose])
        everything, lacking = cursor.fetchone()
    return everything, lacking
