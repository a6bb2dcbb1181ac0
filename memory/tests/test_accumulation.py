"""Accumulation: when somebody has enough to reflect on, whichever batches memories come in."""

from hypothesis import given
from hypothesis import strategies as st

from memory.accumulation import Moment, Pace, Turn, turns_of
from memory.models import Accumulation

PACE = Pace(threshold=100, patience=50)


def turns(
    kept: list[tuple[int, int]],
    answers: list[tuple[int, int]] | None = None,
    *,
    until: int,
    state: Accumulation | None = None,
    asks: bool = False,
) -> list[Turn]:
    return turns_of(
        state or Accumulation(),
        kept,
        answers or [],
        until=until,
        pace=PACE,
        asks=lambda at: asks,
    )


def test_enough_is_at_the_memory_that_comes_to_the_threshold() -> None:
    kept = [(1, 40), (2, 59), (3, 1), (5, 30), (9, 70)]
    assert turns(kept, until=9) == [
        Turn(Moment.ENOUGH, at=3, since=0, until=3, after=3),
        Turn(Moment.ENOUGH, at=9, since=3, until=9, after=5),
    ]


def test_what_is_kept_at_the_same_time_belongs_to_it() -> None:
    state = Accumulation()
    assert turns([(3, 60), (3, 60), (3, 99)], until=3, state=state) == [
        Turn(Moment.ENOUGH, at=3, since=0, until=3, after=3)
    ]
    assert turns([(3, 99), (4, 99)], until=4, state=state) == []
    assert state.importance == 99


def test_while_something_is_waited_for_nobody_reflects_anew() -> None:
    kept = [(1, 100), (2, 100), (5, 100), (8, 10)]
    told = turns(kept, [(6, 1)], until=20, asks=True)
    assert told == [
        Turn(Moment.ASKED, at=1, since=0, until=1, after=1),
        Turn(Moment.CAME, at=6, since=0, until=1, after=3, answer=0),
        Turn(Moment.ASKED, at=8, since=1, until=8, after=4),
    ]


def test_what_does_not_come_is_late_and_an_answer_to_something_else_is_none() -> None:
    kept = [(1, 100), (51, 5)]
    assert turns(kept, [(30, 7)], until=51, asks=True) == [
        Turn(Moment.ASKED, at=1, since=0, until=1, after=1),
        Turn(Moment.LATE, at=51, since=0, until=1, after=1),
    ]
    assert turns(kept[:1], until=50, asks=True)[1:] == []
    assert [each.moment for each in turns(kept[:1], until=51, asks=True)][1:] == [Moment.LATE]


memories = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 100)), max_size=40)


@given(
    kept=memories,
    gaps=st.lists(st.integers(1, 80), max_size=12),
    cuts=st.lists(st.integers(0, 400), max_size=8),
    asks=st.booleans(),
)
def test_it_does_not_hang_on_batches(
    kept: list[tuple[int, int]], gaps: list[int], cuts: list[int], asks: bool
) -> None:
    kept.sort()
    whole = turns(kept, until=400, asks=asks)
    # Each question is answered after a while, or too late.
    asked = [each.at for each in whole if each.moment == Moment.ASKED]
    answers = sorted((at + gap, at) for at, gap in zip(asked, gaps, strict=False))
    whole = turns(kept, answers, until=400, asks=asks)
    state, pieces, begin = Accumulation(), [], -1
    for until in [*sorted({*cuts}), 401]:
        part = [each for each in kept if begin < each[0] <= until]
        before = sum(each[0] <= begin for each in kept)
        told = [each for each in answers if begin < each[0] <= until]
        earlier = sum(each[0] <= begin for each in answers)
        for turn in turns(part, told, until=min(until, 400), state=state, asks=asks):
            answer = turn.answer + earlier if turn.answer >= 0 else -1
            pieces.append(
                Turn(turn.moment, turn.at, turn.since, turn.until, turn.after + before, answer)
            )
        begin = until
    assert pieces == whole
