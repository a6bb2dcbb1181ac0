"""Columns against the ORM: both read and write the same rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from agents.models import AgentState, Skills
from world import hot_tables
from world.engine.gametime import NEVER
from world.hot_tables import HotTable
from world.models import World

Found = Callable[..., World]


@pytest.fixture
def world(found_town: Found) -> World:
    return found_town()


@pytest.fixture(params=["unnest", "copy"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The statement by which rows are written."""
    if request.param == "copy":
        monkeypatch.setattr(hot_tables, "UNNEST_BELOW", 0)
    return str(request.param)


def stored(world: World) -> list[dict[str, Any]]:
    rows = AgentState.objects.filter(actor__world=world).order_by("actor__number")
    return [dict(row) for row in rows.values()]


def test_columns_hold_what_the_orm_reads(world: World) -> None:
    table = HotTable("residents", AgentState).load(world.pk)
    assert list(table.numbers) == list(range(1, len(table) + 1))
    for row, orm in enumerate(stored(world)):
        assert table.identities[row] == orm.pop("actor_id")
        assert {name: array[row] for name, array in table.arrays.items()} == orm


def test_the_orm_reads_what_columns_wrote(world: World, way: str) -> None:
    hot = HotTable("residents", AgentState)
    table = hot.load(world.pk)
    before = stored(world)
    rows = np.array([0, 3, 7])
    table.arrays["energy"][rows] = [0, 1, 100_000]
    table.arrays["think_at"][rows] = [30, NEVER, 2**40]
    table.arrays["activity"][rows] = [1, 2, 32_767]
    table.arrays["comfort_rate"][rows] = [-(2**31), -1, 2**31 - 1]
    table.changed[rows] = True
    table.arrays["energy"][5] = 77  # not marked, so not written

    assert hot.write(table) == 3
    after = stored(world)
    for row, (old, new) in enumerate(zip(before, after, strict=True)):
        if row in rows:
            assert new == {"actor_id": old["actor_id"]} | {
                name: array[row] for name, array in table.arrays.items()
            }
        else:
            assert new == old
    assert hot.write(table) == 0, "what was written counts as unchanged"


def test_orm_and_columns_write_the_same(world: World, way: str) -> None:
    """None of the bulk statements calls save(), so both ways are compared here."""
    values = {name: index + 1 for index, name in enumerate(Skills().__dict__) if name[0] != "_"}
    del values["actor_id"]
    first, second = Skills.objects.filter(actor__world=world).order_by("actor__number")[:2]
    for name, value in values.items():
        setattr(first, name, value)
    first.save()

    hot = HotTable("skills", Skills)
    table = hot.load(world.pk)
    for name, value in values.items():
        table.arrays[name][1] = value
    table.changed[1] = True
    hot.write(table)
    second.refresh_from_db()
    assert {name: getattr(second, name) for name in values} == {
        name: getattr(first, name) for name in values
    }


def test_a_field_that_is_no_plain_integer_is_refused() -> None:
    with pytest.raises(TypeError, match="slug"):
        assert HotTable("worlds", World).columns
