"""Resident columns: the hot state of a world as named numpy arrays.

A table has one row per actor (or place, or the world itself) in ascending order of its number, and
one array per column. Systems get at it through a `Grant`, which opens exactly the columns that the
system declared: what it only reads cannot be written, what it writes is remembered as changed.
Columns that are always used together may stand side by side in a block, a matrix with one column
each, which is opened by its own name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, SimpleNamespace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.gametime import NEVER

Rows = NDArray[np.int64]
"""Indices of rows in a table, ascending unless said otherwise."""


class ColumnError(ValueError):
    """A system names a column that does not exist, or a table is not well formed."""


@dataclass(frozen=True, slots=True)
class Column:
    """name, numpy type, and whether it is a timer: a time at which its row becomes due."""

    name: str
    dtype: str
    timer: bool = False


class Table:
    """Columns of equal length, with the rows that changed since they were last written.

    numbers: int64[n], the public number of each row, strictly ascending.
    identities: int64[n], the primary key of each row where it is stored.
    arrays: every column, [n], and every block of k columns, [n, k], by name.
    """

    def __init__(
        self,
        name: str,
        columns: Iterable[Column],
        *,
        numbers: ArrayLike,
        identities: ArrayLike,
        arrays: Mapping[str, ArrayLike],
        blocks: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """blocks: names of columns of one type by the name of their block.

        Raises ColumnError if the parts do not fit together.
        """
        self.name = name
        self.columns = tuple(columns)
        self.numbers: NDArray[np.int64] = np.array(numbers, dtype=np.int64)
        self.identities: NDArray[np.int64] = np.array(identities, dtype=np.int64)
        self.numbers.flags.writeable = self.identities.flags.writeable = False
        self.arrays: dict[str, NDArray[Any]] = {
            column.name: np.array(arrays[column.name], dtype=column.dtype)
            for column in self.columns
        }
        self.changed: NDArray[np.bool_] = np.zeros(len(self.numbers), dtype=np.bool_)
        self._timers = [column.name for column in self.columns if column.timer]
        if np.any(np.diff(self.numbers) <= 0):
            raise ColumnError(f"the rows of {name} are not in ascending order of their numbers")
        if self.identities.shape != self.numbers.shape:
            raise ColumnError(f"{name} has {len(self.identities)} keys for {len(self)} rows")
        for column, array in self.arrays.items():
            if array.shape != self.numbers.shape:
                raise ColumnError(f"{name}.{column} has {array.shape} values for {len(self)} rows")
        for block, members in blocks.items():
            self._lay_side_by_side(block, members)

    def __len__(self) -> int:
        return len(self.numbers)

    def _lay_side_by_side(self, block: str, members: Sequence[str]) -> None:
        types = {self.arrays[member].dtype for member in members}
        if len(types) != 1 or block in self.arrays:
            raise ColumnError(f"{self.name}.{block} is no block: its columns are of {types}")
        matrix = np.stack([self.arrays[member] for member in members], axis=1)
        self.arrays[block] = matrix
        for index, member in enumerate(members):
            self.arrays[member] = matrix[:, index]

    def rows_of(self, numbers: ArrayLike) -> Rows:
        """The rows with these numbers, in the order asked. Raises KeyError if one is missing."""
        rows, found = locate(self.numbers, numbers)
        if not np.all(found):
            missing = np.atleast_1d(np.asarray(numbers, dtype=np.int64))[~found][0]
            raise KeyError(f"{self.name} has no number {missing}")
        return rows

    def due_at(self) -> NDArray[np.int64]:
        """The least timer of every row, int64[n]; NEVER in a table without timers."""
        if not self._timers:
            return np.full(len(self), NEVER, dtype=np.int64)
        timers = [self.arrays[name] for name in self._timers]
        return np.asarray(np.minimum.reduce(timers), dtype=np.int64)

    def take_changes(self) -> Rows:
        """The rows that changed since the last call, ascending; they count as unchanged then."""
        rows = np.flatnonzero(self.changed)
        self.changed[:] = False
        return rows

    def grant(self, reads: Sequence[str], writes: Sequence[str]) -> SimpleNamespace:
        """`numbers` and these columns and blocks, as read-only arrays and as Writables."""
        room = SimpleNamespace(numbers=self.numbers)
        for name in reads:
            setattr(room, name, read_only(self.arrays[name]))
        for name in writes:
            setattr(room, name, Writable(self.arrays[name], self.changed))
        return room


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A view that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view


def locate(numbers: NDArray[np.int64], wanted: ArrayLike) -> tuple[Rows, NDArray[np.bool_]]:
    """Where each wanted number stands in the ascending `numbers`, and whether it does.

    Rows of numbers that do not stand there mean nothing.
    """
    sought = np.asarray(wanted, dtype=np.int64).reshape(-1)
    if not len(numbers):
        return np.zeros_like(sought), np.zeros(len(sought), dtype=np.bool_)
    rows = np.minimum(numbers.searchsorted(sought), len(numbers) - 1)
    return rows, numbers[rows] == sought


def flags(rows: Rows, count: int) -> NDArray[np.bool_]:
    """Which of so many rows are among these, which may come in any order: bool[count].

    Looked up, they say what np.isin does, in a tenth of its time.
    """
    flagged = np.zeros(count, dtype=np.bool_)
    flagged[rows] = True
    return flagged


class Writable:
    """A column or block to be written: `column[rows] = values` marks the rows as changed.

    Single cells of a block are `block[rows, members]`.
    """

    __slots__ = ("_array", "_changed")

    def __init__(self, array: NDArray[Any], changed: NDArray[np.bool_]) -> None:
        self._array = array
        self._changed = changed

    def __getitem__(self, rows: Any) -> NDArray[Any]:
        # A view would let a reader of the whole column write past the marks.
        values = self._array[rows]
        if isinstance(values, np.ndarray) and values.base is not None:
            values.flags.writeable = False
        return values  # type: ignore[no-any-return]

    def __setitem__(self, rows: Any, values: ArrayLike) -> None:
        self._array[rows] = values
        self._changed[rows[0] if isinstance(rows, tuple) else rows] = True

    def add(self, rows: Rows, amounts: ArrayLike) -> None:
        """Add to these rows; what comes more than once counts as often."""
        np.add.at(self._array, rows, amounts)
        self._changed[rows] = True


class Opens(Protocol):
    """What systems get at by the names of its columns."""

    name: str

    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Every column by its name."""

    def grant(self, reads: Sequence[str], writes: Sequence[str]) -> Any:
        """Open these columns."""


class Columns:
    """The tables of one world by name."""

    def __init__(self, tables: Iterable[Opens]) -> None:
        self.tables: dict[str, Any] = {table.name: table for table in tables}

    def __getitem__(self, name: str) -> Any:
        return self.tables[name]

    def grant(self, *, reads: Iterable[str], writes: Iterable[str]) -> SimpleNamespace:
        """Open the named columns and blocks ("table.column"): a namespace of tables with these.

        Raises ColumnError for a name that does not exist.
        """
        wanted: dict[str, tuple[list[str], list[str]]] = {}
        for names, writing in ((reads, 0), (writes, 1)):
            for name in names:
                table, column = self._find(name)
                wanted.setdefault(table, ([], []))[writing].append(column)
        return SimpleNamespace(
            **{table: self.tables[table].grant(*columns) for table, columns in wanted.items()}
        )

    def _find(self, name: str) -> tuple[str, str]:
        table, _, column = name.partition(".")
        if table not in self.tables or column not in self.tables[table].arrays:
            known = ", ".join(
                f"{each.name}.{column}" for each in self.tables.values() for column in each.arrays
            )
            raise ColumnError(f"there is no column {name!r}; there are {known}")
        return table, column
