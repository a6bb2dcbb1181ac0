"""What happened, as columns: the events of an instant in the order in which they came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

EVENT = np.dtype(
    [
        ("world_time", "i8"),
        ("kind", "i2"),
        ("actor", "i4"),
        ("other", "i4"),
        ("place", "i4"),
        ("activity", "i2"),
        ("source", "i2"),
        ("reason", "i2"),
        ("amount", "i8"),
        ("until", "i8"),
    ]
)
"""The typed part of an event; 0 stands for none everywhere but in `amount`."""

FIELDS: tuple[str, ...] = tuple(EVENT.fields or ())
"""The names of the typed fields, in their order."""


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Events in order. rows: EVENT[n]; data: what does not fit typed columns, by index of row."""

    rows: NDArray[Any]
    data: dict[int, dict[str, Any]]

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, int]]:
        """The typed fields of each event, by name."""
        return [dict(zip(FIELDS, row, strict=True)) for row in self.rows.tolist()]

    @classmethod
    def joined(cls, batches: Sequence["EventBatch"]) -> "EventBatch":
        """One batch of several, in their order."""
        rows = [np.zeros(0, dtype=EVENT), *(batch.rows for batch in batches)]
        begins = np.cumsum([len(chunk) for chunk in rows]).tolist()
        data = {
            begin + index: payload
            for begin, batch in zip(begins, batches, strict=False)
            for index, payload in batch.data.items()
        }
        return cls(rows=np.concatenate(rows, dtype=EVENT), data=data)


_ROOM = 1024
"""Events for which a log has room at first."""


class EventLog:
    """Collects what systems emit; empties into one batch."""

    def __init__(self) -> None:
        self._data: dict[int, dict[str, Any]] = {}
        self._count = 0
        self._rows: NDArray[Any] = np.zeros(0, dtype=EVENT)
        self._make_room(_ROOM)

    def __len__(self) -> int:
        return self._count

    def emit(
        self,
        kind: int,
        world_time: int,
        *,
        actor: ArrayLike = 0,
        other: ArrayLike = 0,
        place: ArrayLike = 0,
        activity: ArrayLike = 0,
        source: ArrayLike = 0,
        reason: ArrayLike = 0,
        amount: ArrayLike = 0,
        until: ArrayLike = 0,
        data: Sequence[dict[str, Any] | None] | None = None,
    ) -> None:
        """Add one event for each element of the arguments: one value for all, or n of them.

        Raises ValueError if they are of different lengths, `data` among them.
        """
        fields = (actor, other, place, activity, source, reason, amount, until)
        lengths = {
            len(np.asarray(field))
            for field in fields
            if not isinstance(field, int) and np.ndim(field)
        }
        if len(lengths) > 1:
            raise ValueError(f"fields of lengths {sorted(lengths)} do not make events")
        count = lengths.pop() if lengths else 1
        if data is not None and len(data) != count:
            raise ValueError(f"there is data for {len(data)} events of {count}")
        if count == 0:
            return
        begin, end = self._count, self._count + count
        if end > len(self._rows):
            self._make_room(2 * end)
        for column, field in zip(self._columns, (world_time, kind, *fields), strict=True):
            column[begin:end] = field
        for index, payload in enumerate(data or (), start=begin):
            if payload is not None:
                self._data[index] = payload
        self._count = end

    def take(self) -> EventBatch:
        """Everything emitted since the last call."""
        batch = EventBatch(rows=self._rows[: self._count].copy(), data=self._data)
        self._data, self._count = {}, 0
        return batch

    def _make_room(self, room: int) -> None:
        """Let there be rows for so many events, the first of them those that there are."""
        rows = np.zeros(room, dtype=EVENT)
        rows[: self._count] = self._rows[: self._count]
        self._rows = rows
        # Looking up fields by name for each event would take most of the time.
        self._columns = [rows[name] for name in FIELDS]
