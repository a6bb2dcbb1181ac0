"""Laying memories down: whole batches, by one COPY."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import orjson
from django.db import connection
from psycopg import sql

from memory import lexical
from memory.models import Embedder, Memory
from world import binary
from world.hot_tables import binary_cursor, copy_in

_FIXED = {
    "actor_id": "i8",
    "embedder_id": "i8",
    "at": "i8",
    "recalled_at": "i8",
    "cause": "i8",
    "place": "i4",
    "source": "i4",
    "recalls": "i4",
    "ordinal": "i2",
    "kind": "i2",
    "importance": "i2",
    "valence": "i2",
    "stand_in": "i2",
}
_VARIABLE = ("subject", "people", "text_zh", "text_en", "vector", "replaced", "evidence")
_COPY = sql.SQL("COPY {table} ({fields}) FROM STDIN (FORMAT binary)").format(
    table=sql.Identifier(Memory._meta.db_table),
    fields=sql.SQL(", ").join(map(sql.Identifier, (*_FIXED, *_VARIABLE))),
)
_JSONB_VERSION = b"\x01"


Text = Mapping[Literal["zh", "en"], str]


@dataclass(frozen=True, slots=True)
class Impression:
    """Something to be remembered; fields as of `Memory`. text: by language, one of them or both.

    actor: who remembers: a primary key when it is laid down.
    """

    actor: int
    at: int
    kind: int
    importance: int
    subject: str
    text: Text
    place: int = 0
    source: int = 0
    cause: int = 0
    valence: int = 0
    stand_in: int = 0
    people: Sequence[int] = field(default=())
    replaced: Mapping[str, Any] | None = None
    evidence: Sequence[tuple[int, int]] | None = None


def remember(impressions: Sequence[Impression]) -> None:
    """Lay these down, in their order, with their lexical vectors."""
    if not impressions:
        return
    embedder = lexical_embedder().pk
    ordinals = _ordinals(impressions)
    columns: list[Any] = [
        np.array(values, dtype=np.int64)
        for values in zip(
            *(
                (
                    each.actor,
                    embedder,
                    each.at,
                    each.at,
                    each.cause,
                    each.place,
                    each.source,
                    0,
                    ordinal,
                    each.kind,
                    each.importance,
                    each.valence,
                    each.stand_in,
                )
                for each, ordinal in zip(impressions, ordinals, strict=True)
            ),
            strict=True,
        )
    ]
    texts = [_both(each.text) for each in impressions]
    vectors = lexical.embed(f"{zh} {en}" if zh != en else zh for zh, en in texts)
    width = (len(_FIXED) + len(_VARIABLE)).to_bytes(2, "big")
    rows = []
    fixed = binary.encode_rows(list(_FIXED.values()), columns)
    size = len(fixed) // len(impressions)
    for index, (each, (zh, en)) in enumerate(zip(impressions, texts, strict=True)):
        begin = index * size + len(width)
        rows.append(
            width
            + fixed[begin : (index + 1) * size]
            + b"".join(
                binary.encode_text_field(content)
                for content in (
                    each.subject.encode(),
                    _JSONB_VERSION + orjson.dumps(list(each.people)),
                    zh.encode(),
                    en.encode(),
                    encoded_halfvec(vectors[index]),
                )
            )
            + _encoded_json(each.replaced)
            + _encoded_json(each.evidence)
        )
    copy_in(binary_cursor(), _COPY, *rows)


def lexical_embedder() -> Embedder:
    """Whoever makes the vectors that are written with memories."""
    embedder, _ = Embedder.objects.get_or_create(name=Embedder.LEXICAL, dimension=lexical.DIMENSION)
    return embedder


def encoded_halfvec(vector: np.ndarray[Any, np.dtype[np.float32]]) -> bytes:
    """A vector as `halfvec_recv` of pgvector reads it."""
    return len(vector).to_bytes(2, "big") + b"\0\0" + vector.astype(">f2").tobytes()


def _encoded_json(content: Mapping[str, Any] | Sequence[Any] | None) -> bytes:
    """A field of a COPY row that may be NULL."""
    if content is None:
        return (-1).to_bytes(4, "big", signed=True)
    return binary.encode_text_field(_JSONB_VERSION + orjson.dumps(content))


def _both(text: Text) -> tuple[str, str]:
    zh, en = text.get("zh", ""), text.get("en", "")
    return zh or en, en or zh


_LAST = """
SELECT asked.actor, asked.at, last.ordinal
FROM unnest(%s::bigint[], %s::bigint[]) AS asked(actor, at)
CROSS JOIN LATERAL (
    SELECT ordinal
    FROM memory_memory
    WHERE actor_id = asked.actor AND at = asked.at
    ORDER BY ordinal DESC
    LIMIT 1
) last
"""
"""The limit lets it look once for each asked, whatever the planner believes about the table."""


def _ordinals(impressions: Sequence[Impression]) -> list[int]:
    """Which memory of its owner and time each is, those that are laid down already counted."""
    following: dict[tuple[int, int], int] = dict.fromkeys(
        ((each.actor, each.at) for each in impressions), 0
    )
    actors, times = zip(*following, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(actors), list(times)])
        following |= {(actor, at): last + 1 for actor, at, last in cursor.fetchall()}
    ordinals = []
    for each in impressions:
        ordinals.append(following[each.actor, each.at])
        following[each.actor, each.at] += 1
    return ordinals
