"""Pairs: hot state of ordered pairs of numbers, of which most do not exist - who knows whom.

A table has one row for each pair that was ever needed. It grows while the world lives; rows keep
their place, and nothing may depend on which place that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.columns import Column, ColumnError, Rows, Writable, read_only

NUMBER = 2**31
"""Numbers of a pair lie below."""

_FEW = 4096
"""Pairs up to which new ones are put among the others at once."""

_MERGE_ABOVE = 1024
"""New pairs among many up to which they are kept apart, so that not every new one moves all others.
"""


class Pairs:
    """Columns by pair, with the rows that changed since they were last written."""

    def __init__(
        self,
        name: str,
        columns: Iterable[Column],
        *,
        firsts: ArrayLike,
        seconds: ArrayLike,
        arrays: Mapping[str, ArrayLike],
        world_id: int = 0,
    ) -> None:
        """firsts, seconds: int[n], in any order. arrays: [n] of every column.
        world_id: where they are stored.

        Raises ColumnError if a pair comes twice or the parts do not fit together.
        """
        self.name = name
        self.world_id = world_id
        self.columns = tuple(columns)
        self._keys = _keys(firsts, seconds)
        self._count = len(self._keys)
        self._changed = np.zeros(self._count, dtype=np.bool_)
        self._arrays: dict[str, NDArray[Any]] = {
            column.name: np.array(arrays[column.name], dtype=column.dtype)
            for column in self.columns
        }
        for column, array in self._arrays.items():
            if len(array) != self._count:
                raise ColumnError(f"{name}.{column} has {len(array)} values for {self._count} rows")
        self._main = _Index.of(self._keys, np.arange(self._count))
        self._recent = _Index.of(self._keys[:0], np.arange(0))
        if np.any(np.diff(self._main.keys) == 0):
            raise ColumnError(f"a pair of {name} comes twice")

    def __len__(self) -> int:
        return self._count

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every column, [n], as it is now; a row that is new may lie in other memory."""
        return {name: array[: self._count] for name, array in self._arrays.items()}

    def column(self, name: str) -> NDArray[Any]:
        """One column, [n], as it is now."""
        return self._arrays[name][: self._count]

    @property
    def changed(self) -> NDArray[np.bool_]:
        """bool[n], which rows changed since they were last taken."""
        return self._changed[: self._count]

    def firsts(self, rows: Any = slice(None)) -> NDArray[np.int64]:
        """The first numbers of rows."""
        firsts: NDArray[np.int64] = self._keys[: self._count][rows] // NUMBER
        return firsts

    def seconds(self, rows: Any = slice(None)) -> NDArray[np.int64]:
        """The second numbers of rows."""
        seconds: NDArray[np.int64] = self._keys[: self._count][rows] % NUMBER
        return seconds

    def find(self, firsts: ArrayLike, seconds: ArrayLike) -> Rows:
        """The row of each pair, -1 where there is none."""
        keys = _keys(firsts, seconds)
        rows = self._main.find(keys)
        if len(self._recent.keys):
            rows = np.maximum(rows, self._recent.find(keys))
        return rows

    def ensure(self, firsts: ArrayLike, seconds: ArrayLike) -> Rows:
        """The row of each pair; one that did not exist is full of zeros."""
        rows = self.find(firsts, seconds)
        if rows.min(initial=0) < 0:
            missing = np.unique(_keys(firsts, seconds)[rows < 0])
            self._append(missing)
            rows = self.find(firsts, seconds)
        return rows

    def of(self, first: int) -> Rows:
        """The rows of all pairs with this first number, ascending by the second."""
        rows = self._main.between(first)
        if not len(self._recent.keys):
            return rows
        rows = np.concatenate([rows, self._recent.between(first)])
        return rows[np.argsort(self._keys[rows], kind="stable")]

    def take_changes(self) -> Rows:
        """The rows that changed since the last call, ascending; they count as unchanged then."""
        rows = np.flatnonzero(self.changed)
        self._changed[:] = False
        return rows

    def grant(self, reads: Sequence[str], writes: Sequence[str]) -> "PairsGrant":
        """These columns, and finding and adding pairs."""
        return PairsGrant(self, reads=reads, writes=writes)

    def _append(self, keys: NDArray[np.int64]) -> None:
        begin, end = self._count, self._count + len(keys)
        if end > len(self._keys):
            room = max(end, 2 * len(self._keys), 64)
            self._keys = _enlarged(self._keys, room)
            self._changed = _enlarged(self._changed, room)
            self._arrays = {name: _enlarged(array, room) for name, array in self._arrays.items()}
        self._count = end
        self._keys[begin:end] = keys
        self._changed[begin:end] = True
        for array in self._arrays.values():
            array[begin:end] = 0
        self._recent = self._recent.joined(_Index.of(keys, np.arange(begin, end)))
        apart = max(_MERGE_ABOVE, len(self._main.keys) // 16) if end > _FEW else 0
        if len(self._recent.keys) > apart:
            self._main = self._main.joined(self._recent)
            self._recent = _Index.of(self._keys[:0], np.arange(0))


class _Index:
    """Keys in ascending order, and the row of each."""

    __slots__ = ("keys", "rows")

    def __init__(self, keys: NDArray[np.int64], rows: Rows) -> None:
        self.keys = keys
        self.rows = rows

    @classmethod
    def of(cls, keys: NDArray[np.int64], rows: Rows) -> "_Index":
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], rows[order])

    def joined(self, other: "_Index") -> "_Index":
        return _Index.of(
            np.concatenate([self.keys, other.keys]), np.concatenate([self.rows, other.rows])
        )

    def find(self, keys: NDArray[np.int64]) -> Rows:
        if not len(self.keys):
            return np.full(len(keys), -1, dtype=np.int64)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.rows[at], -1)

    def between(self, first: int) -> Rows:
        begin, end = self.keys.searchsorted([first * NUMBER, (first + 1) * NUMBER])
        return self.rows[begin:end]


class PairsGrant:
    """Pairs as a system gets them: how many, `find`, `ensure`, `of`, and the columns declared."""

    def __init__(self, pairs: Pairs, *, reads: Iterable[str], writes: Iterable[str]) -> None:
        self._pairs = pairs
        self._reads = frozenset(reads)
        self._writes = frozenset(writes)
        self._opened: dict[str, Any] = {}
        self._opened_of = len(pairs)

    def __getattr__(self, name: str) -> Any:
        # Growing moves columns, so they are kept only as long as there are as many pairs.
        if self._opened_of != len(self._pairs):
            self._opened, self._opened_of = {}, len(self._pairs)
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> Any:
        if name in self._writes:
            return Writable(self._pairs.column(name), self._pairs.changed)
        if name in self._reads:
            return read_only(self._pairs.column(name))
        raise AttributeError(f"{self._pairs.name}.{name} was not asked for")

    def __len__(self) -> int:
        return len(self._pairs)

    def find(self, firsts: ArrayLike, seconds: ArrayLike) -> Rows:
        """As `Pairs.find`."""
        return self._pairs.find(firsts, seconds)

    def ensure(self, firsts: ArrayLike, seconds: ArrayLike) -> Rows:
        """As `Pairs.ensure`. Raises ColumnError for a system that writes no column of them."""
        if not self._writes:
            raise ColumnError(f"a system that only reads {self._pairs.name} adds pairs to it")
        return self._pairs.ensure(firsts, seconds)

    def of(self, first: int) -> Rows:
        """As `Pairs.of`."""
        return self._pairs.of(first)

    def firsts(self, rows: Rows) -> NDArray[np.int64]:
        """As `Pairs.firsts`."""
        return self._pairs.firsts(rows)

    def seconds(self, rows: Rows) -> NDArray[np.int64]:
        """As `Pairs.seconds`."""
        return self._pairs.seconds(rows)


def _keys(firsts: ArrayLike, seconds: ArrayLike) -> NDArray[np.int64]:
    first, second = np.asarray(firsts, dtype=np.int64), np.asarray(seconds, dtype=np.int64)
    return np.atleast_1d(first * NUMBER + second)


def _enlarged(array: NDArray[Any], room: int) -> NDArray[Any]:
    larger = np.zeros(room, dtype=array.dtype)
    larger[: len(array)] = array
    return larger
