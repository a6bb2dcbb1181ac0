"""Bookkeeping: conversations as rows for those who read, kept from the events of each commit.

The log has all of it; these rows say where in it to look. Set-based throughout: a commit may bring
thousands of conversations.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from agents import events
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.hot_tables import PostgresArray, binary_cursor
from world.models import World

KINDS = (
    events.TALK_BEGAN,
    events.SAID,
    events.TALK_JOINED,
    events.TALK_LEFT,
    events.TALK_ENDED,
)

_BEGIN = """
INSERT INTO agents_conversation
    (world_id, topic, ending, messages, number, place, initiator, began, why, first_seq)
SELECT world.id, 0, 0, 0, fresh.*
FROM unnest(%s, %s, %s, %s, %s, %s) AS fresh, world_world world
WHERE world.id = %s
"""

_COUNT = """
UPDATE agents_conversation told SET messages = told.messages + fresh.messages
FROM unnest(%s, %s) AS fresh(number, messages)
WHERE told.world_id = %s AND told.number = fresh.number
"""

_JOIN = """
INSERT INTO agents_participation (conversation_id, actor_id, joined)
SELECT told.id, actor.id, fresh.joined
FROM unnest(%s, %s, %s) AS fresh(number, actor, joined)
JOIN agents_conversation told ON told.world_id = %s AND told.number = fresh.number
JOIN world_actor actor ON actor.world_id = told.world_id AND actor.number = fresh.actor
"""

# Somebody may leave and come back within a commit: a part ends with the first leaving after it.
_LEAVE = """
UPDATE agents_participation part SET "left" = gone.left_at
FROM (
    SELECT began.id, min(fresh.left_at) AS left_at
    FROM unnest(%s, %s, %s) AS fresh(number, actor, left_at)
    JOIN agents_conversation told ON told.world_id = %s AND told.number = fresh.number
    JOIN world_actor actor ON actor.world_id = told.world_id AND actor.number = fresh.actor
    JOIN agents_participation began
        ON began.conversation_id = told.id AND began.actor_id = actor.id
        AND began."left" IS NULL AND began.joined < fresh.left_at
    GROUP BY began.id
) gone
WHERE part.id = gone.id
"""

_END = """
WITH ended AS (
    UPDATE agents_conversation told
    SET ended = fresh.ended, ending = fresh.ending, topic = fresh.topic, last_seq = fresh.last_seq
    FROM unnest(%s, %s, %s, %s, %s)
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
    numbers, times, reasons = rows["amount"], rows["world_time"], rows["reason"]
    seq = world.seq + 1 + np.arange(len(rows))
    told = (numbers, rows["place"], rows["actor"], times, reasons, seq)
    _run(_BEGIN, [column[begun] for column in told], world)
    _run(_COUNT, np.unique(numbers[said], return_counts=True), world)
    one, other = rows["actor"], rows["other"]
    came = np.concatenate([begun, begun, joined])
    people = np.concatenate([one[begun], other[begun], one[joined]])
    _run(_JOIN, (numbers[came], people, times[came]), world)
    _run(_LEAVE, (numbers[left], one[left], times[left]), world)
    topics = [batch.data[index]["topic"] for index in ended.tolist()]
    _run(_END, (numbers[ended], times[ended], reasons[ended], topics, seq[ended]), world)


def _run(query: str, columns: Sequence[ArrayLike], world: World) -> None:
    """Run a query on equally long columns of whole numbers, and on this world."""
    arrays = [np.asarray(column, dtype=np.int64) for column in columns]
    if len(arrays[0]):
        with binary_cursor() as cursor:
            cursor.execute(query, [*(PostgresArray("i8", each) for each in arrays), world.pk])
