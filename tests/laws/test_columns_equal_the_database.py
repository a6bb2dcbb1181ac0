"""Law 2: what an engine keeps in memory is what the database holds, after every commit."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import OperationalError

from agents import events
from tests.laws.orders import tell_something
from world import registry, residence
from world.advance import advance_once
from world.engine.columns import Columns, Table
from world.engine.gametime import HOUR
from world.engine.pairs import Pairs
from world.engine.pipeline import Pipeline
from world.hot_tables import load_tables
from world.models import World

Found = Callable[..., World]


def kept(world: World) -> Pipeline:
    world.refresh_from_db()
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None, "the engine forgot a world whose commit went well"
    return pipeline


def check_columns(columns: Columns, world: World) -> None:
    for table in load_tables(list(registry.hot_tables.values()), world.pk):
        here, there = in_order(columns[table.name]), in_order(table)
        for name, stored in table.arrays.items():
            resident = columns[table.name].arrays[name]
            np.testing.assert_array_equal(
                resident[here], stored[there], err_msg=f"{table.name}.{name}"
            )


def in_order(table: Table | Pairs) -> Any:
    """The rows by their numbers; pairs stand where they came to stand."""
    if isinstance(table, Table):
        return slice(None)
    return np.lexsort([table.seconds(), table.firsts()])


def test_columns_equal_the_database_after_every_commit(found_town: Found) -> None:
    world, luck = found_town(), random.Random(5)
    until = world.instant + 10 * HOUR
    while world.lived_until < until:
        for _ in range(luck.randrange(3)):
            tell_something(world, luck)
        before = world.seq
        advance_once(world_id=world.pk, until=until, span=luck.choice((30, 300, HOUR)))
        world.refresh_from_db()
        if residence.kept_pipeline(world.pk, world.version) is None:
            # Whoever comes is written by the commit, and the world is loaded anew.
            assert world.events.filter(seq__gt=before, kind=events.MOVED_IN).exists()
        else:
            check_columns(kept(world).columns, world)


def test_nobody_is_left_due_in_the_past(found_town: Found) -> None:
    world = found_town()
    until = world.instant + 10 * HOUR
    while world.lived_until < until:
        advance_once(world_id=world.pk, until=until, instants=1)
        due = kept(world).columns[residence.ACTORS].due_at()
        assert due.min() > world.instant


def test_columns_of_another_version_are_never_used(found_town: Found) -> None:
    """Somebody else advanced the world in between, so what is kept is their past."""
    world = found_town()
    advance_once(world_id=world.pk, until=world.instant + HOUR)
    mine = kept(world)
    residence.forget_all()
    advance_once(world_id=world.pk, until=world.instant + 2 * HOUR)
    theirs = kept(world)
    residence.keep(World(pk=world.pk, version=world.version - 1), mine)
    advance_once(world_id=world.pk, until=world.instant + 3 * HOUR)
    assert kept(world) is not mine
    assert kept(world) is not theirs
    check_columns(kept(world).columns, world)


def test_columns_are_dropped_when_a_commit_fails(
    found_town: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = found_town()
    advance_once(world_id=world.pk, until=world.instant + HOUR)
    pipeline = kept(world)

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("world.advance.commit", fail)
        with pytest.raises(OperationalError):
            advance_once(world_id=world.pk, until=world.instant + 2 * HOUR)
    assert residence.kept_pipeline(world.pk, world.version) is None

    advance_once(world_id=world.pk, until=world.instant + 2 * HOUR)
    assert kept(world) is not pipeline
    check_columns(kept(world).columns, world)
