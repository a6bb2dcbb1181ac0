"""The clock: game time never jumps, whatever is done to the clock."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.clock import MICROSECOND, Clock

Change = Callable[[Clock, int], Clock]

MOMENT = 1_770_000_000 * MICROSECOND
"""A real moment to start from, in microseconds."""

reals = st.integers(0, 4 * 10**15)
scales = st.integers(1, 3600)
clocks = st.builds(
    Clock,
    anchor_real=reals,
    anchor_game=st.integers(0, 10**9),
    scale=scales,
    paused=st.booleans(),
    why=st.just("founded"),
)
changes = st.one_of(
    st.just(lambda clock, real: clock.pause(real, "operator")),
    st.just(lambda clock, real: clock.resume(real, "operator")),
    scales.map(lambda scale: lambda clock, real: clock.at_scale(scale, real, "operator")),
)
"""What an operator can do to a clock at a real moment."""


def running(scale: int = 10, game: int = 21_600) -> Clock:
    return Clock(anchor_real=MOMENT, anchor_game=game, scale=scale, paused=False, why="founded")


def after(seconds: float) -> int:
    return MOMENT + int(seconds * MICROSECOND)


def test_a_running_clock_passes_its_scale_of_game_seconds_in_a_real_second() -> None:
    clock = running(scale=10, game=21_600)
    assert clock.now(MOMENT) == 21_600
    assert clock.now(after(1)) == 21_610
    assert clock.now(after(60)) == 22_200
    assert clock.now(after(0.099999)) == 21_600
    assert clock.now(after(0.1)) == 21_601


@given(clocks, reals)
def test_a_clock_never_shows_a_time_before_its_anchor(clock: Clock, real: int) -> None:
    assert clock.now(real) >= clock.anchor_game
    assert clock.now(clock.anchor_real) == clock.anchor_game


@given(clocks, reals, reals)
def test_a_clock_never_runs_backwards(clock: Clock, one: int, another: int) -> None:
    sooner, later = sorted((one, another))
    assert clock.now(sooner) <= clock.now(later)


@given(clocks, reals, changes)
def test_the_clock_never_jumps_at_the_moment_at_which_it_is_changed(
    clock: Clock, real: int, change: Change
) -> None:
    assert change(clock, real).now(real) == clock.now(real)


@given(clocks, st.lists(st.tuples(st.integers(0, 10**9), changes), max_size=8))
def test_game_time_only_grows_through_any_number_of_changes(
    clock: Clock, steps: list[tuple[int, Change]]
) -> None:
    real, game = clock.anchor_real, clock.anchor_game
    for waited, change in steps:
        fastest = -(-waited * clock.scale // MICROSECOND)
        real += waited
        clock = change(clock, real)
        assert game <= clock.now(real) <= game + fastest
        game = clock.now(real)


@given(clocks, reals, reals)
def test_a_paused_clock_stands(clock: Clock, real: int, later: int) -> None:
    paused = clock.pause(real, "operator")
    assert paused.paused
    assert paused.now(later) == clock.now(real)


def test_a_resumed_clock_goes_on_from_where_it_stood() -> None:
    paused = running(scale=10, game=21_600).pause(after(60), "operator")
    resumed = paused.resume(after(1_000), "operator")
    assert not resumed.paused
    assert resumed.now(after(1_000)) == 22_200
    assert resumed.now(after(1_030)) == 22_500


def test_a_clock_at_another_speed_passes_that_many_game_seconds_from_then_on() -> None:
    faster = running(scale=10, game=21_600).at_scale(60, after(10), "operator")
    assert faster.scale == 60
    assert faster.now(after(10)) == 21_700
    assert faster.now(after(11)) == 21_760


@given(clocks, scales, reals)
def test_a_paused_clock_stays_paused_at_another_speed(clock: Clock, scale: int, real: int) -> None:
    assert clock.at_scale(scale, real, "operator").paused == clock.paused


@pytest.mark.parametrize("scale", [0, -1, -3600])
def test_a_clock_refuses_a_speed_below_one_game_second_a_second(scale: int) -> None:
    with pytest.raises(ValueError, match=f"not {scale}"):
        running().at_scale(scale, MOMENT, "operator")


def test_a_clock_can_be_held_at_another_time_without_starting_or_stopping_it() -> None:
    held = running(scale=10, game=21_600).held_at(21_630, after(500), "asleep")
    assert held.now(after(500)) == 21_630
    assert held.now(after(501)) == 21_640
    paused = running().pause(MOMENT, "operator").held_at(30, after(500), "behind")
    assert paused.now(after(900)) == 30


def test_a_clock_that_is_told_what_it_does_already_is_left_alone() -> None:
    """A new anchor drops the fraction of a second: resumed often enough, it would never move."""
    clock = running(scale=1)
    for beat in range(20):
        clock = clock.resume(after(beat / 2), "operator").at_scale(1, after(beat / 2), "operator")
    assert clock.now(after(10)) == running(scale=1).now(after(10))
    paused = clock.pause(after(10), "operator")
    assert paused.pause(after(20), "again") is paused


def test_a_clock_says_what_changed_it() -> None:
    clock = running()
    assert clock.pause(MOMENT, "night").why == "night"
    assert clock.pause(MOMENT, "night").resume(MOMENT, "morning").why == "morning"
    assert clock.at_scale(2, MOMENT, "operator").why == "operator"
    assert clock.held_at(0, MOMENT, "asleep").why == "asleep"
    assert clock.why == "founded"


def test_a_world_is_behind_by_the_real_time_in_which_its_clock_passed_what_it_has_not_lived() -> (
    None
):
    clock = running(scale=10, game=21_600)
    assert clock.behind(21_600, after(0)) == 0
    assert clock.behind(21_600, after(6)) == 6 * MICROSECOND
    assert clock.behind(21_630, after(6)) == 3 * MICROSECOND
    assert clock.behind(21_660, after(6)) == 0
    assert clock.behind(30_000, after(6)) == 0


@given(clocks, st.integers(0, 10**10), reals)
def test_a_world_is_behind_only_if_its_clock_is_ahead_of_it(
    clock: Clock, lived_until: int, real: int
) -> None:
    lag = clock.behind(lived_until, real)
    assert (lag > 0) == (clock.now(real) > lived_until)
    assert lag * clock.scale <= max(0, clock.now(real) - lived_until) * MICROSECOND
