"""Hot tables that share their rows: systems index them all by the same row."""

from collections.abc import Callable

import pytest

from world import registry
from world.engine.columns import Table
from world.hot_tables import HotTable, UnequalTablesError, load_tables
from world.models import World


def load(world: World) -> dict[str, list[int]]:
    """The numbers of every hot table of a world, by its name."""
    tables = load_tables(list(registry.hot_tables.values()), world.pk)
    return {table.name: table.numbers.tolist() for table in tables if isinstance(table, Table)}


def beside_residents() -> list[HotTable]:
    return [table for table in registry.hot_tables.values() if table.beside == "residents"]


def test_tables_beside_another_have_its_rows_and_others_their_own(
    found_town: Callable[..., World],
) -> None:
    numbers = load(found_town())
    names = {table.name for table in beside_residents()}
    assert names == {"livelihoods", "minds", "skills", "talks", "traits"}
    assert numbers["traits"] == numbers["skills"] == numbers["residents"]
    assert len(numbers["accounts"]) > len(numbers["residents"])


@pytest.mark.parametrize("table", ["traits", "skills"])
def test_a_row_that_is_missing_is_told_with_the_table_and_the_first_number(
    found_town: Callable[..., World], table: str
) -> None:
    world, other = found_town(), found_town()
    rows = registry.hot_tables[table].model._default_manager
    rows.filter(actor__world=world, actor__number__in=[3, 5]).delete()
    with pytest.raises(UnequalTablesError, match=rf"{table} and residents .* number 3$"):
        load(world)
    assert load(other)[table] == load(other)["residents"]


def test_a_row_too_many_is_told_with_the_table_and_the_number(
    found_town: Callable[..., World],
) -> None:
    world = found_town()
    rows = registry.hot_tables["residents"].model._default_manager
    rows.filter(actor__world=world, actor__number=4).delete()
    with pytest.raises(UnequalTablesError, match=r"(traits|skills) and residents .* number 4$"):
        load(world)
