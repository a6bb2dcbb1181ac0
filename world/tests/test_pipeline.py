"""The pipeline: who is due when, in which order rules run, and what an inbox-only round does."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.columns import Column, ColumnError, Columns, Table
from world.engine.draws import Draws
from world.engine.gametime import NEVER
from world.engine.inbox import Answer, InboxRow, Stamp
from world.engine.pipeline import Pipeline, System
from world.engine.step import Step

GRID = 30
SEED = 7
MIDNIGHT = Stamp(0)


class Alarms(System):
    """Has work of its own at the times in the constant `alarms`."""

    def next_due(self, after: int) -> int:
        return min((time for time in self.constants["alarms"] if time > after), default=NEVER)

    def on_time(self, step: Step) -> None:
        self.constants["diary"].append(("alarm", step.instant))

    def run(self, step: Step) -> None:
        self.constants["diary"].append(("alarms run", step.instant))


class Naps(System):
    """Whoever is due is moved one hour on, is counted and leaves a mark."""

    reads = ("residents.mood",)
    writes = ("residents.wakes_at",)

    def run(self, step: Step) -> None:
        self.constants["diary"].append(("naps", step.instant, step.due.tolist()))
        self.columns.residents.wakes_at[step.due] = step.instant + 3600
        step.emit(1, actor=self.columns.residents.numbers[step.due])
        step.mark("woken", step.due)


class Cheer(System):
    """Cheers up those who have just woken, and whom an order names."""

    writes = ("residents.mood",)
    handles = ("cheer",)

    def run(self, step: Step) -> None:
        mood = self.columns.residents.mood
        woken = step.marked("woken")
        mood[woken] = mood[woken] + 1
        for order in self.orders(step):
            if order.subject > 3:
                step.refuse(order, "nobody")
                continue
            mood[order.subject - 1] = order.payload["mood"]
            step.accept(order)
        self.constants["diary"].append(("cheer", step.instant, woken.tolist()))


class Gossip(System):
    """Handles orders of a kind of its own."""

    handles = ("rumour",)

    def run(self, step: Step) -> None:
        heard = [order.key for order in self.orders(step)]
        if heard:
            self.constants["diary"].append(("heard", heard))


def residents(wakes_at: Sequence[int]) -> Columns:
    count = len(wakes_at)
    return Columns(
        [
            Table(
                "residents",
                [Column("mood", "i4"), Column("wakes_at", "i8", timer=True)],
                numbers=np.arange(1, count + 1),
                identities=np.arange(1, count + 1),
                arrays={"mood": np.zeros(count), "wakes_at": wakes_at},
            )
        ]
    )


def pipeline_of(
    *systems: type[System],
    wakes_at: Sequence[int] = (NEVER, NEVER, NEVER),
    alarms: Sequence[int] = (),
    grid: int = GRID,
    position: Stamp = MIDNIGHT,
    diary: list[Any] | None = None,
) -> Pipeline:
    return Pipeline(
        systems=systems,
        columns=residents(wakes_at),
        constants={"alarms": alarms, "diary": [] if diary is None else diary},
        seed=SEED,
        grid=grid,
        position=position,
        actors="residents",
    )


def order(kind: str, stamp: Stamp, *, subject: int = 1, key: str = "", **payload: Any) -> InboxRow:
    return InboxRow(
        identity=100 + subject,
        stamp=stamp,
        kind=kind,
        rank=1,
        subject=subject,
        key=key,
        payload=payload,
    )


def test_systems_run_in_order_and_see_what_those_before_them_did() -> None:
    diary: list[Any] = []
    pipeline = pipeline_of(Naps, Alarms, Cheer, wakes_at=[60, 90, NEVER], alarms=[60], diary=diary)
    pipeline.live(Stamp(60), [])
    assert diary == [
        ("naps", 60, [0]),
        ("alarm", 60),
        ("alarms run", 60),
        ("cheer", 60, [0]),
    ]
    assert pipeline.columns["residents"].arrays["mood"].tolist() == [1, 0, 0]

    diary.clear()
    reversed_order = pipeline_of(Cheer, Naps, wakes_at=[60, 90, NEVER], diary=diary)
    reversed_order.live(Stamp(60), [])
    assert diary == [("cheer", 60, []), ("naps", 60, [0])]


@given(
    st.lists(st.one_of(st.integers(0, 500), st.just(NEVER)), max_size=10),
    st.integers(1, 16).map(lambda steps: steps * GRID),
)
def test_exactly_those_are_due_whose_timers_have_come(wakes_at: list[int], instant: int) -> None:
    step = pipeline_of(Naps, wakes_at=wakes_at).live(Stamp(instant), [])
    assert step.due.tolist() == [row for row, time in enumerate(wakes_at) if time <= instant]


def test_a_step_is_told_its_instant_and_its_own_chance() -> None:
    step = pipeline_of(Naps).live(Stamp(90), [])
    assert (step.instant, step.stamp) == (90, Stamp(90, 0))
    assert step.draws.words([1, 2], 5).tolist() == Draws(SEED, 90).words([1, 2], 5).tolist()


def test_what_systems_emit_is_logged_with_the_instant_at_which_they_did() -> None:
    pipeline = pipeline_of(Naps, wakes_at=[60, 90, 60])
    pipeline.live(Stamp(60), [])
    pipeline.live(Stamp(90), [])
    rows = pipeline.log.take().rows
    assert rows["actor"].tolist() == [1, 3, 2]
    assert rows["world_time"].tolist() == [60, 60, 90]


def test_marks_are_sets_of_rows_that_last_for_one_step() -> None:
    pipeline = pipeline_of(Naps, wakes_at=[60, 90, NEVER])
    step = pipeline.live(Stamp(60), [])
    step.mark("woken", [2, 0])
    step.mark("woken", 2)
    assert step.marked("woken").tolist() == [0, 2]
    assert step.marked("asleep").tolist() == []
    step.unmark("woken")
    assert step.marked("woken").tolist() == []
    assert pipeline.live(Stamp(90), []).marked("woken").tolist() == [1]


def test_a_system_is_called_on_time_only_at_instants_that_it_announced() -> None:
    diary: list[Any] = []
    pipeline = pipeline_of(Alarms, alarms=[45, 60, 120], diary=diary)
    for instant in (30, 60, 90, 120, 150):
        pipeline.live(Stamp(instant), [])
    assert [entry for entry in diary if entry[0] == "alarm"] == [("alarm", 60), ("alarm", 120)]
    assert len(diary) == 5 + 2


def test_in_an_inbox_only_round_nobody_is_due_and_nothing_is_on_time() -> None:
    diary: list[Any] = []
    pipeline = pipeline_of(
        Alarms, Naps, Cheer, wakes_at=[60, 60, 60], alarms=[60], diary=diary, position=Stamp(30)
    )
    stamp = Stamp(60, 1)
    step = pipeline.live(stamp, [order("cheer", stamp, subject=2, mood=9)])
    assert step.due.tolist() == []
    assert diary == [("alarms run", 60), ("naps", 60, []), ("cheer", 60, [])]
    residents = pipeline.columns["residents"]
    assert residents.arrays["mood"].tolist() == [0, 9, 0]
    assert residents.arrays["wakes_at"].tolist() == [60, 60, 60]
    assert step.answers == [Answer(102, stamp, accepted=True)]
    assert pipeline.position == stamp


def test_orders_are_answered_by_the_system_that_handles_their_kind() -> None:
    diary: list[Any] = []
    stamp = Stamp(60)
    step = pipeline_of(Cheer, Gossip, diary=diary).live(
        stamp,
        [
            order("cheer", stamp, subject=1, mood=5),
            order("rumour", stamp, subject=2, key="a"),
            order("rumour", stamp, subject=3, key="b"),
            order("cheer", stamp, subject=4, mood=5),
        ],
    )
    assert diary == [("cheer", 60, []), ("heard", ["a", "b"])]
    assert step.answers == [
        Answer(101, stamp, accepted=True),
        Answer(104, stamp, accepted=False, reason="nobody"),
    ]


def test_an_order_of_a_kind_that_no_system_handles_is_refused_before_anything_happens() -> None:
    diary: list[Any] = []
    pipeline = pipeline_of(Naps, Cheer, wakes_at=[60, 60, 60], diary=diary)
    with pytest.raises(ValueError, match="no system handles inbox rows of kind 'rumour'"):
        pipeline.live(Stamp(60), [order("rumour", Stamp(60))])
    assert diary == []
    assert pipeline.position == MIDNIGHT


@pytest.mark.parametrize("other", [Stamp(30), Stamp(90), Stamp(60, 1)])
def test_an_order_for_another_stamp_is_refused(other: Stamp) -> None:
    with pytest.raises(ValueError, match="came at"):
        pipeline_of(Cheer).live(Stamp(60), [order("cheer", other, mood=1)])


@pytest.mark.parametrize("wrong", ["residents.moods", "people.mood", "residents"])
def test_a_system_that_names_a_wrong_column_fails_when_the_world_is_loaded(wrong: str) -> None:
    class Reader(System):
        reads = ("residents.mood", wrong)

    class Writer(System):
        writes = (wrong,)

    for system in (Reader, Writer):
        with pytest.raises(ColumnError, match=f"no column '{wrong}'"):
            pipeline_of(Naps, system)


def test_a_system_cannot_see_or_write_what_it_did_not_declare() -> None:
    class Peeks(System):
        reads = ("residents.mood",)

        def run(self, step: Step) -> None:
            self.columns.residents.wakes_at[:] = 0

    class Scribbles(System):
        reads = ("residents.mood",)

        def run(self, step: Step) -> None:
            self.columns.residents.mood[:] = 0

    with pytest.raises(AttributeError, match="wakes_at"):
        pipeline_of(Peeks).live(Stamp(30), [])
    with pytest.raises(ValueError, match="read-only"):
        pipeline_of(Scribbles).live(Stamp(30), [])


@given(
    wakes_at=st.lists(st.one_of(st.integers(0, 5000), st.just(NEVER)), max_size=5),
    alarms=st.lists(st.integers(0, 5000), max_size=3),
    told=st.one_of(st.none(), st.integers(1, 100)),
    grid=st.sampled_from([1, 30, 60]),
    position=st.tuples(st.integers(0, 50), st.integers(0, 2)),
)
def test_the_next_stamp_is_the_first_at_which_anything_happens(
    wakes_at: list[int],
    alarms: list[int],
    told: int | None,
    grid: int,
    position: tuple[int, int],
) -> None:
    here = Stamp(position[0] * grid, position[1])
    pipeline = pipeline_of(
        Alarms, Naps, Cheer, wakes_at=wakes_at, alarms=alarms, grid=grid, position=here
    )
    inbox = [order("cheer", Stamp(here.instant + told * grid))] if told else []
    happens = [*wakes_at, *(time for time in alarms if time > here.instant)]
    happens += [row.stamp.instant for row in inbox]
    soonest = min(happens, default=NEVER)

    stamp = pipeline.next_stamp(inbox)
    assert stamp.round == 0
    if soonest == NEVER:
        assert stamp.instant >= NEVER
        return
    assert stamp.instant % grid == 0
    assert stamp > here
    # Never too soon, and not a step of the grid too late.
    earliest = here.instant + grid
    assert stamp.instant >= max(soonest, earliest)
    assert stamp.instant - grid < soonest or stamp.instant == earliest


def test_an_order_given_while_the_world_stands_comes_before_the_next_instant() -> None:
    pipeline = pipeline_of(Cheer, wakes_at=[60], position=Stamp(30))
    round_1, round_2 = order("cheer", Stamp(30, 1), mood=1), order("cheer", Stamp(30, 2), mood=2)
    assert pipeline.next_stamp([round_1, round_2]) == Stamp(30, 1)
    pipeline.live(Stamp(30, 1), [round_1])
    assert pipeline.next_stamp([round_2]) == Stamp(30, 2)
    pipeline.live(Stamp(30, 2), [round_2])
    assert pipeline.next_stamp([]) == Stamp(60)


def test_an_order_at_an_instant_does_not_hasten_or_delay_it() -> None:
    pipeline = pipeline_of(Naps, Cheer, wakes_at=[60, NEVER])
    assert pipeline.next_stamp([order("cheer", Stamp(60))]) == Stamp(60)
    assert pipeline.next_stamp([order("cheer", Stamp(90))]) == Stamp(60)
    assert pipeline.next_stamp([order("cheer", Stamp(30))]) == Stamp(30)


def test_a_system_that_wants_nothing_is_run_but_never_sets_the_pace() -> None:
    pipeline = pipeline_of(System)
    assert pipeline.next_stamp([]).instant >= NEVER
    assert pipeline.live(Stamp(30), []).due.tolist() == []
    assert pipeline.position == Stamp(30)


def test_a_world_without_systems_has_the_stamps_of_its_actors() -> None:
    assert pipeline_of().next_stamp([]).instant >= NEVER
    pipeline = pipeline_of(wakes_at=[61, NEVER])
    assert pipeline.next_stamp([]) == Stamp(90)
    assert pipeline.live(Stamp(90), []).due.tolist() == [0]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 9), st.integers(-9, 9)), max_size=4).map(tuple),
        max_size=4,
    )
)
def test_notes_are_records_in_the_order_of_noting_that_last_for_one_step(
    told: list[tuple[tuple[int, int], ...]],
) -> None:
    pipeline = pipeline_of()
    step = pipeline.live(Stamp(30), [])
    for records in told:
        rows, amounts = np.array(records, dtype=np.int64).reshape(-1, 2).T
        step.note("spent", rows=rows, amount=amounts)
        step.note("slept", rows=rows)
    spent, slept = step.noted("spent"), step.noted("slept")
    if not told:
        assert spent is None
        return
    assert spent is not None
    assert slept is not None
    every = [record for records in told for record in records]
    assert spent["rows"].tolist() == slept["rows"].tolist() == [row for row, _ in every]
    assert spent["amount"].tolist() == [amount for _, amount in every]
    assert step.noted("earned") is None
    assert pipeline.live(Stamp(60), []).noted("spent") is None


def test_a_world_lives_from_stamp_to_stamp() -> None:
    diary: list[Any] = []
    pipeline = pipeline_of(Alarms, Naps, wakes_at=[61, 90, NEVER], alarms=[3601], diary=diary)
    lived = []
    while (stamp := pipeline.next_stamp([])).instant <= 4000:
        pipeline.live(stamp, [])
        lived.append(stamp.instant)
        assert pipeline.position == stamp
    assert lived == [90, 3630, 3690]
    assert [entry for entry in diary if entry[0] != "alarms run"] == [
        ("naps", 90, [0, 1]),
        ("alarm", 3630),
        ("naps", 3630, []),
        ("naps", 3690, [0, 1]),
    ]


def test_inbox_rows_take_effect_by_stamp_rank_subject_key_and_only_then_arrival() -> None:
    def row(identity: int, stamp: Stamp, rank: int, subject: int, key: str) -> InboxRow:
        return InboxRow(identity, stamp, "cheer", rank, subject, key)

    expected = [
        row(9, Stamp(30), 2, 5, "b"),
        row(8, Stamp(30, 1), 2, 5, "b"),
        row(7, Stamp(60), 1, 9, "z"),
        row(6, Stamp(60), 2, 1, "z"),
        row(5, Stamp(60), 2, 2, "a"),
        row(3, Stamp(60), 2, 2, "b"),
        row(4, Stamp(60), 2, 2, "b"),
    ]
    latest_first = sorted(expected, key=lambda row: row.identity, reverse=True)
    assert sorted(latest_first, key=InboxRow.canonical) == expected
