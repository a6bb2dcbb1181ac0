"""Hot things: models of which a world has any number, each with a number of its own.

They are kept as `Pairs` whose first number is 0: they grow while the world lives, as pairs do.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection, models
from psycopg import sql

from world import binary
from world.engine.columns import Column
from world.engine.pairs import Pairs
from world.hot_pairs import HotPairs
from world.hot_tables import columns_of


class HotThings(HotPairs):
    """How a model's rows become pairs of 0 and their number, and go back.

    The model has a `world` and a `number`, unique together. Its other fields are NOT NULL integers
    but for those in `but`, which the database fills by itself when a row comes.
    """

    def __init__(self, name: str, model: type[models.Model], *, but: Sequence[str] = ()) -> None:
        self.name = name
        self.model = model
        self._but = ("world", "number", *but)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model's fields."""
        return columns_of(self.model, but=self._but)

    def load(self, world_id: int) -> Pairs:
        """All of a world."""
        query = sql.SQL(
            "COPY (SELECT 0::int, hot.number, {fields} FROM {table} hot"
            " WHERE hot.world_id = {world}) TO STDOUT (FORMAT binary)"
        ).format(
            fields=sql.SQL(", ").join(sql.Identifier("hot", name) for name in self._names),
            world=sql.Literal(world_id),
            table=sql.Identifier(self.model._meta.db_table),
        )
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

    def _upsert(self, source: sql.Composable, world_id: int) -> sql.Composed:
        names = sql.SQL(", ").join(map(sql.Identifier, self._names))
        return sql.SQL(
            "INSERT INTO {table} (world_id, number, {names})"
            " SELECT {world}, fresh.two, {fresh} FROM {source} AS fresh(one, two, {names})"
            " ORDER BY fresh.two"
            " ON CONFLICT (world_id, number) DO UPDATE SET {assignments}"
        ).format(
            table=sql.Identifier(self.model._meta.db_table),
            names=names,
            fresh=sql.SQL(", ").join(sql.Identifier("fresh", name) for name in self._names),
            source=source,
            world=sql.Literal(world_id),
            assignments=sql.SQL(", ").join(
                sql.SQL("{name} = excluded.{name}").format(name=sql.Identifier(name))
                for name in self._names
            ),
        )

    @cached_property
    def _parts(self) -> dict[str, Any]:
        raise NotImplementedError("things have no two ends")
