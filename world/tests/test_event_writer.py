"""Events go into the log in order, however they are parted, or not at all."""

from collections.abc import Callable

import pytest
from django.db import transaction
from psycopg import DataError

from world.engine.events import EventBatch, EventLog
from world.event_writer import EventWriter
from world.models import Event, World

Found = Callable[..., World]


def batch_of(*amounts: int, told: str = "") -> EventBatch:
    """One event for each amount; the first of them says what was told."""
    log = EventLog()
    for index, amount in enumerate(amounts):
        log.emit(1, 60, amount=amount, data=[{"told": told}] if told and not index else None)
    return log.take()


def amounts_of(world: World, after: int) -> list[tuple[int, int, object]]:
    rows = Event.objects.filter(world=world, seq__gt=after).order_by("seq")
    return [(row.seq - after, row.amount, row.data) for row in rows]


def test_batches_are_numbered_through(found_town: Found) -> None:
    world = found_town()
    with transaction.atomic(), EventWriter(world) as writer:
        writer.write(batch_of(5, 6))
        writer.write(batch_of())
        writer.write(batch_of(7, 8, told="咖啡"))
    assert amounts_of(world, world.seq) == [
        (1, 5, None),
        (2, 6, None),
        (3, 7, {"told": "咖啡"}),
        (4, 8, None),
    ]
    written = writer.written()
    assert written.rows["amount"].tolist() == [5, 6, 7, 8]
    assert written.data == {2: {"told": "咖啡"}}


def test_nothing_to_write_leaves_the_connection_free(found_town: Found) -> None:
    world = found_town()
    with transaction.atomic(), EventWriter(world) as writer:
        writer.write(batch_of())
        assert Event.objects.filter(world=world, seq__gt=world.seq).count() == 0
    assert len(writer.written()) == 0


def write_and_fail(world: World, *batches: EventBatch) -> None:
    with transaction.atomic(), EventWriter(world) as writer:
        for batch in batches:
            writer.write(batch)
        raise RuntimeError("halfway")


def test_an_error_while_the_log_is_open_leaves_no_event_behind(found_town: Found) -> None:
    world = found_town()
    with pytest.raises(RuntimeError, match="halfway"):
        write_and_fail(world, batch_of(*range(5000)), batch_of(1))
    assert amounts_of(world, world.seq) == []


def test_what_the_database_refuses_is_told_when_the_log_is_closed(found_town: Found) -> None:
    world = found_town()
    log = EventLog()
    log.emit(1, 60, data=[{"told": "\0"}])
    with pytest.raises(DataError), transaction.atomic(), EventWriter(world) as writer:
        writer.write(log.take())
    assert amounts_of(world, world.seq) == []
