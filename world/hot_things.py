"""Hot things: models of which a world has any number, each with a number of its own.

They are kept as `Pairs` whose first number is 0: they grow while the world lives, as pairs do.
"""

from collections.abc import Sequence
from functools import cached_property

from django.db import models
from psycopg import sql

from world.engine.columns import Column
from world.hot_pairs import HotPairs
from world.hot_tables import columns_of


class HotThings(HotPairs):
    """How a model's rows become pairs of 0 and their number, and go back.

    The model has a `world` and a `number`, unique together. Its other fields are NOT NULL integers
    but for those in `but`, which the database fills by itself when a row comes.
    """

    def __init__(self, name: str, model: type[models.Model], *, but: Sequence[str] = ()) -> None:
        super().__init__(name, model, first="world", second="number")
        self._but = but

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model's fields."""
        return columns_of(self.model, but=["world", "number", *self._but])

    def _rows(self, world_id: int) -> sql.Composed:
        return sql.SQL(
            "SELECT 0::int, hot.number, {fields} FROM {table} hot WHERE hot.world_id = {world}"
        ).format(fields=self._listed("hot"), table=self._table, world=sql.Literal(world_id))

    def _insertion(self, source: sql.Composable, world: sql.Literal) -> sql.Composed:
        return sql.SQL(
            "INSERT INTO {table} ({keys}, {names})"
            " SELECT {world}, fresh.two, {fresh} FROM {source} AS fresh(one, two, {names})"
            " ORDER BY fresh.two"
        ).format(
            table=self._table,
            keys=self._keys,
            names=self._listed(),
            world=world,
            fresh=self._listed("fresh"),
            source=source,
        )
