"""Events on their way into the log, while the world lives on.

From the first events of a transaction to the last, one COPY stays open: the database stores what
came about while the engine works out what comes next.
"""

from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

import numpy as np
import orjson
from psycopg import Copy, sql

from world import binary
from world.engine.events import EVENT, FIELDS, EventBatch
from world.hot_tables import binary_cursor
from world.models import Event, World

WORTHWHILE = 2_000
"""Events that should have gathered before they are sent."""

_COLUMNS = ("world_id", "seq", *FIELDS)
_DTYPES = ["i8", "i8", *(EVENT[name].str[1:] for name in FIELDS)]
_COPY = sql.SQL("COPY {table} ({fields}, data) FROM STDIN (FORMAT binary)").format(
    table=sql.Identifier(Event._meta.db_table),
    fields=sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
)
_JSONB_VERSION = b"\x01"


class EventWriter:
    """Writes events of a world under the numbers after world.seq, which the caller moves on.

    A context in an open transaction. Once something was written, nobody else can use the
    connection until the context ends; if it ends with an error, the transaction must be undone.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._batches: list[EventBatch] = []
        self._count = 0
        self._stack = ExitStack()
        self._copy: Copy | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._copy is not None and error is None:
            self._copy.write(binary.TRAILER)
        self._stack.__exit__(kind, error, traceback)

    def write(self, batch: EventBatch) -> None:
        """Send these events, which come after all that were sent before."""
        if not len(batch):
            return
        if self._copy is None:
            self._copy = self._stack.enter_context(binary_cursor().copy(_COPY))
            self._copy.write(binary.HEADER)
        for rows in _encoded(batch, self._world.pk, self._world.seq + self._count + 1):
            self._copy.write(rows)
        self._batches.append(batch)
        self._count += len(batch)

    def written(self) -> EventBatch:
        """All events that were sent."""
        return EventBatch.joined(self._batches)


def _encoded(batch: EventBatch, world_id: int, first: int) -> list[bytes]:
    """Rows for COPY; `first` is the number of the first event."""
    rows, count = batch.rows, len(batch)
    columns: list[Any] = [
        np.full(count, world_id),
        np.arange(first, first + count),
        *(rows[name] for name in FIELDS),
    ]
    plain = np.ones(count, dtype=np.bool_)
    plain[list(batch.data)] = False
    chunks = [binary.encode_rows(_DTYPES, [column[plain] for column in columns], nulls=1)]
    if not batch.data:
        return chunks
    told = sorted(batch.data)
    typed = binary.encode_rows(_DTYPES, [column[told] for column in columns])
    length, count_of_fields = len(typed) // len(told), (len(_COLUMNS) + 1).to_bytes(2, "big")
    for position, index in enumerate(told):
        fields = typed[position * length + len(count_of_fields) : (position + 1) * length]
        content = _JSONB_VERSION + orjson.dumps(batch.data[index], option=orjson.OPT_SORT_KEYS)
        chunks.append(count_of_fields + fields + binary.encode_text_field(content))
    return [b"".join(chunks)]
