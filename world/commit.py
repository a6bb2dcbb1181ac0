"""Commit: everything that came of some instants, written at once.

The caller holds the world's row lock in an open transaction. State, events and inbox answers go
with it or not at all; nothing else in the house writes hot tables or events.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
from psycopg import sql

from world import binary, registry
from world.engine.columns import Columns
from world.engine.events import EVENT, FIELDS, EventBatch
from world.engine.inbox import Answer, Stamp
from world.hot_tables import binary_cursor, copy_in
from world.models import Event, InboxEntry, World

_EVENT_FIELDS = ("world_id", "seq", *FIELDS)
_EVENT_DTYPES = ["i8", "i8", *(EVENT[name].str[1:] for name in FIELDS)]
_COPY_EVENTS = sql.SQL("COPY {table} ({fields}, data) FROM STDIN (FORMAT binary)").format(
    table=sql.Identifier(Event._meta.db_table),
    fields=sql.SQL(", ").join(map(sql.Identifier, _EVENT_FIELDS)),
)
_JSONB_VERSION = b"\x01"


def commit(
    world: World,
    columns: Columns,
    events: EventBatch,
    answers: Sequence[Answer],
    *,
    position: Stamp,
    lived_until: int,
) -> None:
    """Write what changed, and move the world's row on to `position` and `lived_until`.

    Raises IntegrityError if a recorder finds something that cannot be true.
    """
    for name, table in columns.tables.items():
        registry.hot_tables[name].write(table)
    write_events(world, events)
    for record in registry.recorders.values():
        record(world, columns, events)
    _answer(answers)
    world.version += 1
    world.seq += len(events)
    world.instant, world.round = position
    world.lived_until = lived_until
    world.save(update_fields=["version", "seq", "instant", "round", "lived_until"])


def write_events(world: World, events: EventBatch) -> None:
    """Write events under the numbers after world.seq, which the caller moves on."""
    if not len(events):
        return
    rows = events.rows
    count = len(rows)
    columns: list[Any] = [
        np.full(count, world.pk),
        np.arange(world.seq + 1, world.seq + 1 + count),
        *(rows[name] for name in FIELDS),
    ]
    plain = np.ones(count, dtype=np.bool_)
    plain[list(events.data)] = False
    chunks = [binary.encode_rows(_EVENT_DTYPES, [column[plain] for column in columns], nulls=1)]
    width = len(_EVENT_FIELDS) + 1
    for index, payload in sorted(events.data.items()):
        row = binary.encode_rows(_EVENT_DTYPES, [column[[index]] for column in columns])
        content = _JSONB_VERSION + orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)
        chunks.append(width.to_bytes(2, "big") + row[2:] + binary.encode_text_field(content))
    copy_in(binary_cursor(), _COPY_EVENTS, *chunks)


def _answer(answers: Sequence[Answer]) -> None:
    """Answers to a model's replies come by the hundred, so they go out in two statements."""
    accepted = [answer.identity for answer in answers if answer.accepted]
    refused = {answer.identity: answer.reason for answer in answers if not answer.accepted}
    if accepted:
        InboxEntry.objects.filter(pk__in=accepted).update(outcome=InboxEntry.Outcome.ACCEPTED)
    for reason in sorted(set(refused.values())):
        identities = [identity for identity, told in refused.items() if told == reason]
        InboxEntry.objects.filter(pk__in=identities).update(
            outcome=InboxEntry.Outcome.REFUSED, reason=reason
        )
