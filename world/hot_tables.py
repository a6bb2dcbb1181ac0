"""Hot tables: models whose rows the engine keeps as columns.

Loading is one binary COPY into numpy; writing is one statement for all rows that changed. Neither
calls `save()`, sends signals or touches `auto_now`: invariants of a hot table stand in CHECK
constraints.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray
from psycopg import Cursor, sql
from psycopg.adapt import Dumper
from psycopg.pq import Format

from world import binary
from world.engine.columns import Column, Rows, Table
from world.engine.gametime import NEVER
from world.engine.pairs import Pairs

if TYPE_CHECKING:
    from world.hot_pairs import HotPairs

UNNEST_BELOW = 2000
"""Rows up to which arrays as parameters beat COPY into a temporary table (benchmarks/)."""

_DTYPES = {
    models.BigIntegerField: "i8",
    models.SmallIntegerField: "i2",
    models.IntegerField: "i4",
}


class TimerField(models.BigIntegerField):
    """A game time at which the row becomes due; NEVER when nothing is pending."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", NEVER)
        super().__init__(*args, **kwargs)


def columns_of(model: type[models.Model], but: Sequence[str] = ()) -> tuple[Column, ...]:
    """The fields of a model as columns, in their order, but for its primary key and those named.

    Raises TypeError for a field that is no plain integer, or that may be NULL.
    """
    return tuple(
        Column(field.attname, _dtype(field), timer=isinstance(field, TimerField))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in but
    )


def _dtype(field: "models.Field[Any, Any]") -> str:
    for kind, dtype in _DTYPES.items():
        if isinstance(field, kind) and not field.null:
            return dtype
    raise TypeError(f"{field} cannot be a column: it is not a plain integer that is NOT NULL")


class HotTable:
    """How a model's rows become the columns of a table, and go back.

    The model's primary key is a one-to-one relation to an Actor. Its other fields are NOT NULL
    integers; other types make it a TypeError. beside: the table whose rows it shares, one by one.
    blocks: fields that stand side by side, by the name of their block.
    """

    def __init__(
        self,
        name: str,
        model: type[models.Model],
        *,
        beside: str | None = None,
        blocks: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.model = model
        self.beside = beside
        self.blocks = blocks

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model's fields."""
        return columns_of(self.model)

    def load(self, world_id: int) -> Table:
        """All rows of a world, in the order of their actors' numbers, as columns."""
        dtypes = ["i8", "i4", *(column.dtype for column in self.columns)]
        query = sql.SQL(
            "COPY (SELECT hot.{key}, actor.number, {fields} FROM {table} hot"
            " JOIN world_actor actor ON actor.id = hot.{key}"
            " WHERE actor.world_id = {world} ORDER BY actor.number)"
            " TO STDOUT (FORMAT binary)"
        ).format(
            key=self._key,
            fields=self._fields("hot"),
            table=self._table,
            world=sql.Literal(world_id),
        )
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            content = b"".join(bytes(block) for block in copy)
        identities, numbers, *arrays = binary.decode_rows(dtypes, content)
        return Table(
            self.name,
            self.columns,
            numbers=numbers,
            identities=identities,
            arrays={column.name: array for column, array in zip(self.columns, arrays, strict=True)},
            blocks=self.blocks,
        )

    def write(self, table: Table) -> int:
        """Write the rows that changed since the last time; returns how many."""
        rows = table.take_changes()
        if len(rows):
            if len(rows) < UNNEST_BELOW:
                self._write_by_unnest(table, rows)
            else:
                self._write_by_copy(table, rows)
        return len(rows)

    def _write_by_unnest(self, table: Table, rows: Rows) -> None:
        arrays = [
            PostgresArray(dtype, values)
            for dtype, values in zip(self._dtypes, self._take(table, rows), strict=True)
        ]
        with binary_cursor() as cursor:
            cursor.execute(self._update, arrays)

    @cached_property
    def _update(self) -> bytes:
        """The statement that writes rows which come as arrays, put together once."""
        query = sql.SQL(
            "UPDATE {table} hot SET {assignments} FROM unnest({arrays}) AS fresh({key}, {fields})"
            " WHERE hot.{key} = fresh.{key}"
        ).format(
            table=self._table,
            assignments=self._assignments,
            arrays=sql.SQL(", ").join(
                sql.SQL("%s::") + sql.SQL(binary.sql_type(dtype) + "[]") for dtype in self._dtypes
            ),
            key=self._key,
            fields=self._fields(),
        )
        return query.as_bytes()

    def _write_by_copy(self, table: Table, rows: Rows) -> None:
        fresh = sql.Identifier(f"fresh_{self.model._meta.db_table}")
        with binary_cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "CREATE TEMPORARY TABLE IF NOT EXISTS {fresh} ON COMMIT DELETE ROWS"
                    " AS SELECT {key}, {fields} FROM {table} WITH NO DATA"
                ).format(fresh=fresh, key=self._key, fields=self._fields(), table=self._table)
            )
            copy_in(
                cursor,
                sql.SQL("COPY {fresh} FROM STDIN (FORMAT binary)").format(fresh=fresh),
                binary.encode_rows(self._dtypes, self._take(table, rows)),
            )
            cursor.execute(
                sql.SQL(
                    "UPDATE {table} hot SET {assignments} FROM {fresh} fresh"
                    " WHERE hot.{key} = fresh.{key}"
                ).format(
                    table=self._table, assignments=self._assignments, fresh=fresh, key=self._key
                )
            )

    def _take(self, table: Table, rows: Rows) -> list[NDArray[Any]]:
        return [
            table.identities[rows],
            *(table.arrays[column.name][rows] for column in self.columns),
        ]

    @cached_property
    def _dtypes(self) -> list[str]:
        """The types of the key and of the columns."""
        return ["i8", *(column.dtype for column in self.columns)]

    @property
    def _table(self) -> sql.Identifier:
        return sql.Identifier(self.model._meta.db_table)

    @property
    def _key(self) -> sql.Identifier:
        return sql.Identifier(self.model._meta.pk.attname)

    def _fields(self, alias: str | None = None) -> sql.Composed:
        prefix = (alias,) if alias else ()
        return sql.SQL(", ").join(sql.Identifier(*prefix, column.name) for column in self.columns)

    @property
    def _assignments(self) -> sql.Composed:
        return sql.SQL(", ").join(
            sql.SQL("{column} = fresh.{column}").format(column=sql.Identifier(column.name))
            for column in self.columns
        )


class PostgresArray:
    """A numpy array on its way into a query as a binary parameter."""

    __slots__ = ("dtype", "values")

    def __init__(self, dtype: str, values: NDArray[Any]) -> None:
        self.dtype = dtype
        self.values = values


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def get_key(self, obj: PostgresArray, format: Any) -> Any:  # noqa: A002 (psycopg's name)
        return (self.cls, obj.dtype)

    def upgrade(self, obj: PostgresArray, format: Any) -> "Dumper":  # noqa: A002
        dumper = _ArrayDumper(self.cls)
        dumper.oid = binary.array_oid(obj.dtype)
        return dumper

    def dump(self, obj: PostgresArray) -> bytes:
        return binary.encode_array(obj.dtype, obj.values)


def binary_cursor() -> "Cursor[Any]":
    """A server-side-binding cursor of psycopg in the current transaction of Django's connection."""
    connection.ensure_connection()
    cursor = Cursor(connection.connection)
    cursor.adapters.register_dumper(PostgresArray, _ArrayDumper)
    return cursor


def copy_in(cursor: "Cursor[Any] | CursorWrapper", query: sql.Composed, *rows: bytes) -> None:
    """Run a binary COPY FROM STDIN of rows as `binary.encode_rows` makes them."""
    with cursor.copy(query) as copy:
        copy.write(b"".join((binary.HEADER, *rows, binary.TRAILER)))


class UnequalTablesError(ValueError):
    """Tables that must share their rows do not."""


def load_tables(tables: Sequence["HotTable | HotPairs"], world_id: int) -> list[Table | Pairs]:
    """The columns of every hot table, and the hot pairs, of a world.

    Raises UnequalTablesError if a table has other rows than the one that it stands beside.
    """
    loaded = {table.name: table.load(world_id) for table in tables}
    for table in tables:
        if table.beside is not None:
            mine, theirs = (loaded[name].numbers for name in (table.name, table.beside))  # type: ignore[union-attr]
            strangers = np.setxor1d(mine, theirs)
            if len(strangers):
                raise UnequalTablesError(
                    f"{table.name} and {table.beside} should have the same rows,"
                    f" but only one of them has number {strangers[0]}"
                )
    return list(loaded.values())
