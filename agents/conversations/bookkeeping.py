"""Bookkeeping: conversations as rows for those who read, kept from the events of each commit.

The log has all of it; these rows say where in it to look. Set-based throughout: a commit may bring
thousands of conversations.
"""

from collections import Counter
from typing import Any

import numpy as np
from django.db import connection

from agents import events
from agents.models import Conversation
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.models import World

KINDS = (
    events.TALK_BEGAN,
    events.SAID,
    events.TALK_JOINED,
    events.TALK_LEFT,
    events.TALK_ENDED,
)

_COUNT = """
UPDATE agents_conversation told SET messages = told.messages + fresh.messages
FROM unnest(%s::bigint[], %s::int[]) AS fresh(number, messages)
WHERE told.world_id = %s AND told.number = fresh.number
"""

_JOIN = """
INSERT INTO agents_participation (conversation_id, actor_id, joined)
SELECT told.id, actor.id, fresh.joined
FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS fresh(number, actor, joined)
JOIN agents_conversation told ON told.world_id = %s AND told.number = fresh.number
JOIN world_actor actor ON actor.world_id = told.world_id AND actor.number = fresh.actor
"""

_LEAVE = """
UPDATE agents_participation part SET "left" = fresh.left_at
FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS fresh(number, actor, left_at)
JOIN agents_conversation told ON told.world_id = %s AND told.number = fresh.number
JOIN world_actor actor ON actor.world_id = told.world_id AND actor.number = fresh.actor
WHERE part.conversation_id = told.id AND part.actor_id = actor.id AND part."left" IS NULL
"""

_END = """
WITH ended AS (
    UPDATE agents_conversation told
    SET ended = fresh.ended, ending = fresh.ending, topic = fresh.topic, last_seq = fresh.last_seq
    FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::bigint[])
         AS fresh(number, ended, ending, topic, last_seq)
    WHERE told.world_id = %s AND told.number = fresh.number
    RETURNING told.id, told.ended
)
UPDATE agents_participation part SET "left" = ended.ended
FROM ended WHERE part.conversation_id = ended.id AND part."left" IS NULL
"""


def record_conversations(world: World, columns: Columns, batch: EventBatch) -> None:
    """Write down which conversations began, went on and ended; the recorder of this app."""
    if not np.isin(batch.rows["kind"], KINDS).any():
        return
    begun, said, joined, left, ended = (
        np.flatnonzero(batch.rows["kind"] == kind) for kind in KINDS
    )
    rows = batch.rows
    Conversation.objects.bulk_create(
        Conversation(
            world=world,
            number=number,
            place=place,
            initiator=initiator,
            began=time,
            why=why,
            first_seq=world.seq + 1 + index,
        )
        for index, (number, place, initiator, time, why) in zip(
            begun.tolist(),
            rows[begun][["amount", "place", "actor", "world_time", "reason"]].tolist(),
            strict=True,
        )
    )
    counts = Counter(rows["amount"][said].tolist())
    _run(_COUNT, [list(counts), list(counts.values())], world)
    starters = [*_people(rows[begun], "actor"), *_people(rows[begun], "other")]
    _run(_JOIN, _transposed([*starters, *_people(rows[joined], "actor")], 3), world)
    _run(_LEAVE, _transposed(_people(rows[left], "actor"), 3), world)
    endings = [
        (*row, batch.data[index]["topic"], world.seq + 1 + index)
        for index, row in zip(
            ended.tolist(), rows[ended][["amount", "world_time", "reason"]].tolist(), strict=True
        )
    ]
    _run(_END, _transposed(endings, 5), world)


def _people(rows: Any, field: str) -> list[tuple[int, ...]]:
    return [tuple(row) for row in rows[["amount", field, "world_time"]].tolist()]


def _transposed(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _run(query: str, columns: list[list[Any]], world: World) -> None:
    if columns[0]:
        with connection.cursor() as cursor:
            cursor.execute(query, [*columns, world.pk])
