"""Pairs behave as a dictionary of pairs would, however they grow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine import pairs as module
from world.engine.columns import Column, ColumnError, Columns
from world.engine.pairs import Pairs

NUMBERS = st.integers(1, 12)
STEPS = st.lists(
    st.tuples(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6), st.integers(1, 99)),
    max_size=20,
)


def pairs(known: dict[tuple[int, int], int] | None = None) -> Pairs:
    known = known or {}
    return Pairs(
        "ties",
        [Column("strength", "i4")],
        firsts=[one for one, _ in known],
        seconds=[two for _, two in known],
        arrays={"strength": list(known.values())},
    )


@given(start=st.dictionaries(st.tuples(NUMBERS, NUMBERS), st.integers(1, 99)), steps=STEPS)
def test_they_hold_what_a_dictionary_would(
    start: dict[tuple[int, int], int], steps: list[tuple[list[tuple[int, int]], int]]
) -> None:
    told, known = pairs(start), dict(start)
    grant = Columns([told]).grant(reads=(), writes=["ties.strength"]).ties
    changed = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MERGE_ABOVE", 3)
        for wanted, value in steps:
            rows = grant.ensure([one for one, _ in wanted], [two for _, two in wanted])
            grant.strength[rows] = value
            known |= dict.fromkeys(wanted, value)
            changed |= set(wanted)
    assert len(told) == len(known)
    every = [(one, two) for one in range(1, 14) for two in range(1, 14)]
    rows = told.find([one for one, _ in every], [two for _, two in every])
    found = {
        pair: int(told.arrays["strength"][row])
        for pair, row in zip(every, rows, strict=True)
        if row >= 0
    }
    assert found == known
    for one in range(1, 14):
        mine = told.of(one)
        assert told.seconds(mine).tolist() == sorted(two for first, two in known if first == one)
    rows = told.take_changes()
    taken = zip(told.firsts(rows).tolist(), told.seconds(rows).tolist(), strict=True)
    assert set(taken) == changed
    assert not len(told.take_changes())


def test_a_system_that_only_reads_can_neither_write_nor_add() -> None:
    told = pairs({(1, 2): 5})
    grant = Columns([told]).grant(reads=["ties.strength"], writes=()).ties
    with pytest.raises(ValueError, match="read-only"):
        grant.strength[0] = 6
    with pytest.raises(ColumnError, match="only reads ties"):
        grant.ensure(3, 4)
    with pytest.raises(AttributeError, match="not asked for"):
        _ = grant.regard


def test_a_pair_that_comes_twice_is_refused() -> None:
    with pytest.raises(ColumnError, match="comes twice"):
        Pairs("ties", [], firsts=[1, 1], seconds=[2, 2], arrays={})


def test_new_pairs_are_full_of_zeros_and_old_ones_keep_their_rows() -> None:
    told = pairs({(5, 6): 7})
    assert told.find(5, 6).tolist() == [0]
    rows = told.ensure(np.arange(1, 200), 300)
    assert np.all(told.arrays["strength"][rows] == 0)
    assert told.find(5, 6).tolist() == [0]
    assert told.find(300, 1).tolist() == [-1]
