"""Columns: systems see what they asked for, and what they write is remembered."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.columns import Column, ColumnError, Columns, Table
from world.engine.gametime import NEVER

RESIDENTS = (
    Column("mood", "i4"),
    Column("ends_at", "i8", timer=True),
    Column("think_at", "i8", timer=True),
)

times = st.one_of(st.integers(0, 10**9), st.just(NEVER))
ascending = st.lists(st.integers(1, 500), unique=True, max_size=12).map(sorted)


def residents(numbers: list[int], **arrays: Any) -> Table:
    known = {column.name: [0] * len(numbers) for column in RESIDENTS} | arrays
    identities = [1000 + number for number in numbers]
    return Table("residents", RESIDENTS, numbers=numbers, identities=identities, arrays=known)


@pytest.fixture
def town() -> Columns:
    """Three residents and two places."""
    return Columns(
        [
            residents([1, 2, 5], mood=[10, 20, 50], ends_at=[30, 60, 90], think_at=[NEVER, 0, 90]),
            Table(
                "places",
                [Column("taken", "i2")],
                numbers=[1, 2],
                identities=[7, 8],
                arrays={"taken": [3, 4]},
            ),
        ]
    )


def granted(town: Columns, *, reads: str = "", writes: str = "") -> SimpleNamespace:
    return town.grant(reads=reads.split(), writes=writes.split())


def test_a_system_gets_the_columns_that_it_asked_for_and_no_other(town: Columns) -> None:
    opened = granted(town, reads="residents.mood", writes="residents.ends_at")
    assert opened.residents.mood.tolist() == [10, 20, 50]
    assert opened.residents.ends_at[:].tolist() == [30, 60, 90]
    assert opened.residents.numbers.tolist() == [1, 2, 5]
    assert not hasattr(opened.residents, "think_at")
    assert not hasattr(opened, "places")


def test_a_table_can_be_opened_next_to_another(town: Columns) -> None:
    opened = granted(town, reads="residents.mood places.taken")
    assert opened.places.taken.tolist() == [3, 4]
    assert opened.places.numbers.tolist() == [1, 2]


@pytest.mark.parametrize(
    "name",
    ["residents.moods", "resident.mood", "residents", "residents.", "mood", "residents.mood.x", ""],
)
def test_a_column_that_does_not_exist_is_refused_by_name(town: Columns, name: str) -> None:
    expected = f"no column {name!r}; there are residents.mood, .*places.taken"
    with pytest.raises(ColumnError, match=expected):
        town.grant(reads=[name], writes=[])
    with pytest.raises(ColumnError, match=expected):
        town.grant(reads=["residents.mood"], writes=[name])


@pytest.mark.parametrize("rows", [0, slice(None), [0, 2], np.array([True, False, False])])
def test_a_column_that_is_only_read_cannot_be_written(town: Columns, rows: Any) -> None:
    opened = granted(town, reads="residents.mood", writes="residents.ends_at")
    with pytest.raises(ValueError, match="read-only"):
        opened.residents.mood[rows] = 99
    assert town["residents"].arrays["mood"].tolist() == [10, 20, 50]
    assert town["residents"].take_changes().tolist() == []


def test_a_reader_sees_what_another_system_has_written(town: Columns) -> None:
    reader = granted(town, reads="residents.mood").residents
    writer = granted(town, writes="residents.mood").residents
    writer.mood[[0, 2]] = [11, 51]
    assert reader.mood.tolist() == [11, 20, 51]
    assert writer.mood[:].tolist() == [11, 20, 51]


def test_a_column_that_is_read_and_written_can_be_written(town: Columns) -> None:
    opened = granted(town, reads="residents.mood", writes="residents.mood").residents
    opened.mood[1] = 21
    assert opened.mood[1] == 21


def test_what_is_written_is_remembered_as_changed_exactly_once(town: Columns) -> None:
    opened = granted(town, writes="residents.mood residents.ends_at").residents
    table = town["residents"]
    assert table.take_changes().tolist() == []
    opened.mood[np.array([2, 0])] = 1
    opened.ends_at[2] = NEVER
    assert table.take_changes().tolist() == [0, 2]
    assert table.take_changes().tolist() == []
    opened.mood[np.array([False, True, False])] = 1
    assert table.take_changes().tolist() == [1]
    opened.mood[:] = 5
    assert table.take_changes().tolist() == [0, 1, 2]
    assert town["places"].take_changes().tolist() == []


def test_writing_nowhere_changes_nothing(town: Columns) -> None:
    opened = granted(town, writes="residents.mood").residents
    opened.mood[np.zeros(0, dtype=np.int64)] = 1
    assert town["residents"].take_changes().tolist() == []


def test_a_write_that_fails_changes_nothing(town: Columns) -> None:
    opened = granted(town, writes="residents.mood").residents
    with pytest.raises(ValueError, match="shape mismatch"):
        opened.mood[[0, 1]] = [1, 2, 3]
    assert town["residents"].take_changes().tolist() == []


@pytest.mark.parametrize("part", [slice(None), slice(0, 2), slice(None, None, -1), Ellipsis])
def test_a_column_cannot_be_written_through_what_was_read_of_it(town: Columns, part: Any) -> None:
    opened = granted(town, writes="residents.mood").residents
    with pytest.raises(ValueError, match="read-only"):
        opened.mood[part][0] = 99
    assert opened.mood[:].tolist() == [10, 20, 50]
    assert town["residents"].take_changes().tolist() == []


def test_a_selection_of_rows_is_the_readers_own(town: Columns) -> None:
    opened = granted(town, writes="residents.mood").residents
    mine = opened.mood[np.array([0, 2])]
    mine += 1
    assert mine.tolist() == [11, 51]
    assert opened.mood[:].tolist() == [10, 20, 50]
    assert town["residents"].take_changes().tolist() == []


@given(ascending, st.data())
def test_rows_are_found_by_number_in_the_order_asked(
    numbers: list[int], data: st.DataObject
) -> None:
    table = residents(numbers)
    asked = data.draw(st.lists(st.sampled_from(numbers)) if numbers else st.just([]))
    rows = table.rows_of(asked)
    assert rows.dtype == np.int64
    assert [numbers[row] for row in rows] == asked


def test_a_single_number_has_a_row_too(town: Columns) -> None:
    assert town["residents"].rows_of(5).tolist() == [2]


@given(ascending, st.integers(-10, 510), st.data())
def test_a_number_that_is_missing_is_told(
    numbers: list[int], stranger: int, data: st.DataObject
) -> None:
    numbers = [number for number in numbers if number != stranger]
    asked = data.draw(st.lists(st.sampled_from(numbers)) if numbers else st.just([]))
    with pytest.raises(KeyError, match=f"residents has no number {stranger}"):
        residents(numbers).rows_of([*asked, stranger])


@given(st.lists(st.tuples(times, times), max_size=10))
def test_a_row_is_due_at_the_least_of_its_timers(timers: list[tuple[int, int]]) -> None:
    table = residents(
        list(range(1, len(timers) + 1)),
        mood=[-1] * len(timers),
        ends_at=[ends for ends, _ in timers],
        think_at=[think for _, think in timers],
    )
    assert table.due_at().tolist() == [min(pair) for pair in timers]


def test_a_row_is_due_by_what_was_written_last(town: Columns) -> None:
    opened = granted(town, writes="residents.ends_at residents.think_at").residents
    assert town["residents"].due_at().tolist() == [30, 0, 90]
    opened.ends_at[0] = NEVER
    opened.think_at[1] = 120
    assert town["residents"].due_at().tolist() == [NEVER, 60, 90]


def test_what_has_no_timers_is_never_due(town: Columns) -> None:
    assert town["places"].due_at().tolist() == [NEVER, NEVER]


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1], [1, 3, 2], [5, 4, 3]])
def test_rows_out_of_ascending_order_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ColumnError, match="rows of residents are not in ascending order"):
        residents(numbers)


@pytest.mark.parametrize("mood", [[1], [1, 2, 3], [[1, 2]], [[1], [2]]])
def test_a_column_of_another_length_is_refused(mood: list[Any]) -> None:
    with pytest.raises(ColumnError, match=r"residents\.mood has .* values for 2 rows"):
        residents([1, 2], mood=mood)


@pytest.mark.parametrize("identities", [[], [1001], [1001, 1002, 1003], [[1001, 1002]]])
def test_keys_that_are_not_one_for_each_row_are_refused(identities: list[Any]) -> None:
    with pytest.raises(ColumnError, match=r"residents has \d keys for 2 rows"):
        Table("residents", [], numbers=[1, 2], identities=identities, arrays={})


@pytest.mark.parametrize("name", ["numbers", "identities"])
def test_nobody_can_change_who_a_row_is(town: Columns, name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        getattr(town["residents"], name)[0] = 9
    opened = granted(town, writes="residents.mood").residents
    with pytest.raises(ValueError, match="read-only"):
        opened.numbers[0] = 9


def test_a_table_keeps_its_own_copy_in_the_types_that_its_columns_name() -> None:
    mood = np.array([1, 2], dtype=np.int64)
    table = residents([1, 2], mood=mood)
    mood[0] = 99
    assert len(table) == 2
    assert table.arrays["mood"].tolist() == [1, 2]
    assert table.arrays["mood"].dtype == np.int32
    assert table.identities.tolist() == [1001, 1002]


@pytest.fixture
def walled() -> Columns:
    """Three residents whose hunger and thirst stand side by side."""
    columns = [Column("hunger", "i4"), Column("mood", "i4"), Column("thirst", "i4")]
    arrays = {"hunger": [1, 2, 3], "mood": [7, 8, 9], "thirst": [4, 5, 6]}
    table = Table(
        "residents",
        columns,
        numbers=[1, 2, 5],
        identities=[1, 2, 3],
        arrays=arrays,
        blocks={"cravings": ("hunger", "thirst")},
    )
    return Columns([table])


def test_a_block_and_its_columns_are_the_same_values(walled: Columns) -> None:
    opened = granted(walled, writes="residents.cravings residents.thirst").residents
    assert opened.cravings[:].tolist() == [[1, 4], [2, 5], [3, 6]]
    opened.cravings[[2]] = [[30, 60]]
    opened.thirst[0] = 40
    assert walled["residents"].arrays["hunger"].tolist() == [1, 2, 30]
    assert walled["residents"].arrays["thirst"].tolist() == [40, 5, 60]
    assert walled["residents"].take_changes().tolist() == [0, 2]


def test_cells_of_a_block_can_be_written_alone(walled: Columns) -> None:
    opened = granted(walled, writes="residents.cravings").residents
    opened.cravings[np.array([0, 2]), np.array([1, 0])] = [44, 33]
    assert opened.cravings[:].tolist() == [[1, 44], [2, 5], [33, 6]]
    assert walled["residents"].take_changes().tolist() == [0, 2]


def test_a_block_that_is_only_read_cannot_be_written(walled: Columns) -> None:
    opened = granted(walled, reads="residents.cravings").residents
    with pytest.raises(ValueError, match="read-only"):
        opened.cravings[0] = 0


def test_columns_of_different_types_make_no_block() -> None:
    columns = [Column("hunger", "i4"), Column("ends_at", "i8")]
    arrays = {"hunger": [1], "ends_at": [2]}
    blocks = {"both": ("hunger", "ends_at")}
    with pytest.raises(ColumnError, match=r"residents\.both"):
        Table("residents", columns, numbers=[1], identities=[1], arrays=arrays, blocks=blocks)


def test_what_is_added_to_a_row_twice_counts_twice(town: Columns) -> None:
    opened = granted(town, writes="residents.mood").residents
    opened.mood.add(np.array([2, 0, 2]), np.array([1, 5, 10]))
    assert opened.mood[:].tolist() == [15, 20, 61]
    assert town["residents"].take_changes().tolist() == [0, 2]
