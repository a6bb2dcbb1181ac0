"""The log of an instant: events as columns, in the order in which they came about."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.events import EVENT, EventLog

FIELDS = ("actor", "other", "place", "activity", "source", "reason", "amount", "until")

emissions = st.lists(
    st.tuples(st.integers(1, 99), st.lists(st.integers(1, 999), max_size=4), st.booleans()),
    max_size=6,
)
"""What systems might emit in turn: a kind, the actors, and whether there is data."""


def test_an_event_of_nobody_and_nothing_has_zeros() -> None:
    log = EventLog()
    log.emit(3, 90)
    batch = log.take()
    assert len(batch) == 1
    assert batch.rows.dtype == EVENT
    assert batch.rows["kind"].tolist() == [3]
    assert batch.rows["world_time"].tolist() == [90]
    assert all(batch.rows[name].tolist() == [0] for name in FIELDS)
    assert batch.data == {}


def test_every_field_goes_into_its_own_column() -> None:
    log = EventLog()
    log.emit(
        1,
        30,
        actor=10,
        other=11,
        place=12,
        activity=13,
        source=14,
        reason=15,
        amount=-16,
        until=2**40,
    )
    assert log.take().rows[0].item() == (30, 1, 10, 11, 12, 13, 14, 15, -16, 2**40)


def test_one_value_goes_with_all_of_a_column() -> None:
    log = EventLog()
    log.emit(2, 60, actor=[7, 8, 9], place=4, amount=np.array([1, 2, 3]))
    rows = log.take().rows
    assert rows["actor"].tolist() == [7, 8, 9]
    assert rows["place"].tolist() == [4, 4, 4]
    assert rows["amount"].tolist() == [1, 2, 3]
    assert rows["kind"].tolist() == [2, 2, 2]
    assert rows["world_time"].tolist() == [60, 60, 60]


@pytest.mark.parametrize("field", FIELDS)
def test_any_field_alone_can_say_how_many_events_there_are(field: str) -> None:
    log = EventLog()
    column: dict[str, Any] = {field: [5, 6]}
    log.emit(2, 60, **column)
    assert log.take().rows[field].tolist() == [5, 6]


def test_columns_of_unequal_length_are_refused_and_leave_nothing_behind() -> None:
    log = EventLog()
    with pytest.raises(ValueError, match="lengths"):
        log.emit(2, 60, actor=[1, 2, 3], place=[1, 2], data=[{"a": 1}, None, None])
    batch = log.take()
    assert len(batch) == 0
    assert batch.data == {}


@pytest.mark.parametrize("nobody", [[], np.zeros(0, dtype=np.int64)])
def test_an_empty_column_emits_nothing(nobody: Any) -> None:
    log = EventLog()
    log.emit(2, 60, actor=nobody, place=4, data=[])
    log.emit(2, 60, actor=5, place=nobody)
    assert len(log.take()) == 0


@pytest.mark.parametrize("data", [[None], [None, None, {"a": 1}]])
def test_data_for_more_or_fewer_events_is_refused(data: list[Any]) -> None:
    log = EventLog()
    with pytest.raises(ValueError, match="data for"):
        log.emit(1, 30, actor=[1, 2], data=data)
    assert len(log.take()) == 0


def test_data_stays_with_its_event() -> None:
    log = EventLog()
    log.emit(1, 30, actor=[1, 2])
    log.emit(2, 30, actor=[3, 4, 5], data=[{"said": "hello"}, None, {"said": "bye"}])
    log.emit(3, 30, actor=[])
    log.emit(3, 30, data=[{"rain": 1}])
    batch = log.take()
    assert batch.rows["actor"].tolist() == [1, 2, 3, 4, 5, 0]
    assert batch.data == {2: {"said": "hello"}, 4: {"said": "bye"}, 5: {"rain": 1}}


@given(emissions)
def test_events_come_out_in_the_order_in_which_they_came_about(
    told: list[tuple[int, list[int], bool]],
) -> None:
    log = EventLog()
    for kind, actors, spoken in told:
        data = [{"of": actor} for actor in actors] if spoken else None
        log.emit(kind, 30, actor=actors, data=data)
    batch = log.take()
    expected = [(kind, actor, spoken) for kind, actors, spoken in told for actor in actors]
    assert batch.rows["kind"].tolist() == [kind for kind, _, _ in expected]
    assert batch.rows["actor"].tolist() == [actor for _, actor, _ in expected]
    assert batch.data == {
        index: {"of": actor} for index, (_, actor, spoken) in enumerate(expected) if spoken
    }


def test_what_was_taken_is_not_taken_again() -> None:
    log = EventLog()
    log.emit(1, 30, actor=[1, 2], data=[None, {"first": True}])
    first = log.take()
    assert len(log.take()) == 0
    log.emit(1, 60, actor=3, data=[{"second": True}])
    second = log.take()
    assert second.rows["actor"].tolist() == [3]
    assert second.data == {0: {"second": True}}
    assert len(first) == 2
    assert first.data == {1: {"first": True}}


def test_an_empty_log_gives_an_empty_batch_of_events() -> None:
    batch = EventLog().take()
    assert len(batch) == 0
    assert batch.rows.dtype == EVENT
    assert batch.data == {}
