"""A world whose books or state are wrong stops, and keeps only what was committed before."""

from collections.abc import Callable
from typing import Any

import pytest

from world import registry, residence
from world.advance import WorldNotActiveError, advance
from world.engine.gametime import HOUR
from world.integrity import IntegrityError
from world.models import World

Found = Callable[..., World]


@pytest.fixture
def lived(found_town: Found) -> World:
    """A hamlet that has lived for an hour and is kept in memory."""
    world = found_town()
    advance(world_id=world.pk, until=world.instant + HOUR)
    world.refresh_from_db()
    assert residence.kept_pipeline(world.pk, world.version) is not None
    return world


def committed(world: World) -> dict[str, Any]:
    """Everything that a commit writes."""
    row = World.objects.values("version", "seq", "instant", "round", "lived_until").get(pk=world.pk)
    tables = {}
    for name, hot in registry.hot_tables.items():
        fields = {field.name for field in hot.model._meta.fields}
        of_world = {"world" if "world" in fields else "actor__world": world}
        rows = hot.model._default_manager.filter(**of_world)
        tables[name] = list(rows.order_by("pk").values())
    return {"events": world.events.count(), **row, **tables}


def break_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let a recorder find, in the midst of a commit, that something cannot be true."""

    def record(*_: Any) -> None:
        raise error

    monkeypatch.setitem(registry.recorders, "doubt", record)


def test_a_broken_world_is_stopped_with_the_reason_and_nothing_of_it_is_written(
    lived: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = committed(lived)
    break_with(monkeypatch, IntegrityError("two and two are five"))
    with pytest.raises(IntegrityError, match="two and two are five"):
        advance(world_id=lived.pk, until=lived.instant + 6 * HOUR)
    lived.refresh_from_db()
    assert lived.status == World.Status.STOPPED
    assert lived.status_reason == "two and two are five"
    assert committed(lived) == before
    assert residence.kept_pipeline(lived.pk, lived.version) is None


def test_a_stopped_world_does_not_go_on(lived: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        break_with(broken, IntegrityError("two and two are five"))
        with pytest.raises(IntegrityError):
            advance(world_id=lived.pk, until=lived.instant + HOUR)
    before = committed(lived)
    with pytest.raises(WorldNotActiveError, match="stopped"):
        advance(world_id=lived.pk, until=lived.instant + HOUR)
    assert committed(lived) == before


def test_another_error_leaves_the_world_active_and_loaded_anew(
    lived: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = committed(lived)
    with monkeypatch.context() as broken:
        break_with(broken, OSError("the disk is full"))
        with pytest.raises(OSError, match="the disk is full"):
            advance(world_id=lived.pk, until=lived.instant + HOUR)
    lived.refresh_from_db()
    assert lived.status == World.Status.ACTIVE
    assert committed(lived) == before
    assert residence.kept_pipeline(lived.pk, lived.version) is None
    assert advance(world_id=lived.pk, until=lived.instant + HOUR).done
