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


class EventLog:
    """Collects what systems emit; empties into one batch."""

    def __init__(self) -> None:
        self._chunks: list[NDArray[Any]] = []
        self._data: dict[int, dict[str, Any]] = {}
        self._count = 0

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
        lengths = {len(np.asarray(field)) for field in fields if np.ndim(field)}
        if len(lengths) > 1:
            raise ValueError(f"fields of lengths {sorted(lengths)} do not make events")
        count = lengths.pop() if lengths else 1
        if data is not None and len(data) != count:
            raise ValueError(f"there is data for {len(data)} events of {count}")
        if count == 0:
            return
        chunk = np.zeros(count, dtype=EVENT)
        chunk["world_time"] = world_time
        chunk["kind"] = kind
        for name, field in zip(FIELDS[2:], fields, strict=True):
            chunk[name] = field
        for index, payload in enumerate(data or ()):
            if payload is not None:
                self._data[self._count + index] = payload
        self._chunks.append(chunk)
        self._count += count

    def take(self) -> EventBatch:
        """Everything emitted since the last call."""
        # Without its dtype, numpy would work out a common one chunk by chunk.
        rows = np.concatenate(self._chunks or [np.zeros(0, dtype=EVENT)], dtype=EVENT)
        batch = EventBatch(rows=rows, data=self._data)
        self._chunks, self._data, self._count = [], {}, 0
        return batch
