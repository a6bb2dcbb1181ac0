"""Hot pairs: models whose rows the engine keeps as `Pairs`.

As with hot tables, loading is one binary COPY, and writing one statement for all rows that changed;
rows that are new are inserted by it.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from numpy.typing import NDArray
from psycopg import sql

from world import binary
from world.engine.columns import Column, Rows
from world.engine.pairs import Pairs
from world.hot_tables import (
    UNNEST_BELOW,
    PostgresArray,
    binary_cursor,
    columns_of,
    copy_in,
)


class HotPairs:
    """How a model's rows become pairs, and go back.

    first, second: the model's two foreign keys to things that have a world and, in it, a number;
    they are unique together. Its other fields are NOT NULL integers; other types make it a
    TypeError.
    """

    beside = None

    def __init__(self, name: str, model: type[models.Model], *, first: str, second: str) -> None:
        self.name = name
        self.model = model
        self._ends: list[Any] = [model._meta.get_field(end) for end in (first, second)]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model's fields."""
        return columns_of(self.model, but=[end.name for end in self._ends])

    def load(self, world_id: int) -> Pairs:
        """All pairs of a world."""
        query = sql.SQL("COPY ({rows}) TO STDOUT (FORMAT binary)").format(rows=self._rows(world_id))
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            content = b"".join(bytes(block) for block in copy)
        firsts, seconds, *arrays = binary.decode_rows(self._dtypes, content)
        return Pairs(
            self.name,
            self.columns,
            firsts=firsts,
            seconds=seconds,
            arrays=dict(zip(self._names, arrays, strict=True)),
            world_id=world_id,
        )

    def write(self, pairs: Pairs) -> int:
        """Write the pairs that changed or came since the last time; returns how many."""
        rows = pairs.take_changes()
        if not len(rows):
            return 0
        with binary_cursor() as cursor:
            if len(rows) < UNNEST_BELOW:
                arrays = [
                    PostgresArray(dtype, values)
                    for dtype, values in zip(self._dtypes, self._take(pairs, rows), strict=True)
                ]
                cursor.execute(self._upsert_of_arrays(pairs.world_id), arrays)
            else:
                fresh = sql.Identifier(f"fresh_{self.model._meta.db_table}")
                self._copy(cursor, fresh, self._take(pairs, rows))
                cursor.execute(self._upsert(fresh, pairs.world_id))
        return len(rows)

    @cached_property
    def _upsert_of_arrays(self) -> Callable[[int], bytes]:
        """The statement that writes pairs which come as arrays into a world, put together once."""
        source = sql.SQL("unnest({arrays})").format(
            arrays=sql.SQL(", ").join(
                sql.SQL("%s::" + binary.sql_type(dtype) + "[]") for dtype in self._dtypes
            )
        )

        @lru_cache(maxsize=settings.WORLDS_AT_HAND)
        def of_world(world_id: int) -> bytes:
            return self._upsert(source, world_id).as_bytes()

        return of_world

    def _copy(self, cursor: Any, fresh: sql.Identifier, columns: list[NDArray[Any]]) -> None:
        types = sql.SQL(", ").join(
            sql.SQL("{name} " + binary.sql_type(dtype)).format(name=sql.Identifier(name))
            for name, dtype in zip(("one", "two", *self._names), self._dtypes, strict=True)
        )
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE IF NOT EXISTS {fresh} ({types}) ON COMMIT DELETE ROWS"
            ).format(fresh=fresh, types=types)
        )
        copy_in(
            cursor,
            sql.SQL("COPY {fresh} FROM STDIN (FORMAT binary)").format(fresh=fresh),
            binary.encode_rows(self._dtypes, columns),
        )

    def _rows(self, world_id: int) -> sql.Composed:
        """The query for all rows of a world: the two numbers of each, and its columns."""
        return sql.SQL(
            "SELECT one.number, two.number, {fields} FROM {table} hot"
            " JOIN {one} one ON one.id = hot.{first} JOIN {two} two ON two.id = hot.{second}"
            " WHERE one.world_id = {world}"
        ).format(fields=self._listed("hot"), world=sql.Literal(world_id), **self._parts)

    def _upsert(self, source: sql.Composable, world_id: int) -> sql.Composed:
        """The statement that writes what a source holds: one, two, and the columns."""
        return sql.SQL("{insertion} ON CONFLICT ({keys}) DO UPDATE SET {assignments}").format(
            insertion=self._insertion(source, sql.Literal(world_id)),
            keys=self._keys,
            assignments=sql.SQL(", ").join(
                sql.SQL("{name} = excluded.{name}").format(name=sql.Identifier(name))
                for name in self._names
            ),
        )

    def _insertion(self, source: sql.Composable, world: sql.Literal) -> sql.Composed:
        # Each number is looked up by itself: a planner that takes a young table of actors to be
        # empty would join every actor with every other one.
        return sql.SQL(
            "INSERT INTO {table} ({keys}, {names})"
            " SELECT"
            " (SELECT id FROM {one} WHERE world_id = {world} AND number = fresh.one) AS first,"
            " (SELECT id FROM {two} WHERE world_id = {world} AND number = fresh.two) AS second,"
            " {fresh} FROM {source} AS fresh(one, two, {names})"
            " ORDER BY first, second"
        ).format(
            keys=self._keys,
            names=self._listed(),
            fresh=self._listed("fresh"),
            source=source,
            world=world,
            **self._parts,
        )

    def _listed(self, *table: str) -> sql.Composed:
        """The columns, of a table if one is named."""
        return sql.SQL(", ").join(sql.Identifier(*table, name) for name in self._names)

    def _take(self, pairs: Pairs, rows: Rows) -> list[NDArray[Any]]:
        arrays = pairs.arrays
        return [
            pairs.firsts(rows),
            pairs.seconds(rows),
            *(arrays[name][rows] for name in self._names),
        ]

    @property
    def _names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def _dtypes(self) -> list[str]:
        return ["i4", "i4", *(column.dtype for column in self.columns)]

    @property
    def _table(self) -> sql.Identifier:
        return sql.Identifier(self.model._meta.db_table)

    @cached_property
    def _keys(self) -> sql.Composed:
        """What is unique together."""
        return sql.SQL(", ").join(sql.Identifier(end.attname) for end in self._ends)

    @cached_property
    def _parts(self) -> dict[str, sql.Identifier]:
        first, second = self._ends
        one, two = first.related_model, second.related_model
        return {
            "table": self._table,
            "first": sql.Identifier(first.attname),
            "second": sql.Identifier(second.attname),
            "one": sql.Identifier(one._meta.db_table),
            "two": sql.Identifier(two._meta.db_table),
        }
