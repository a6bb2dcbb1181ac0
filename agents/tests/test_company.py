"""Who may talk with whom, and how likely they do."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.conversations.company import pairs_within
from agents.conversations.rules import MILLION
from agents.systems.meetings import Meetings
from world import residence
from world.engine.events import EventLog
from world.engine.inbox import Stamp
from world.engine.step import Step
from world.models import World


@given(st.lists(st.integers(1, 5), max_size=30))
def test_pairs_within_are_all_pairs_in_the_same_place(places: list[int]) -> None:
    one, other = pairs_within(np.array(places, dtype=np.int64))
    told = [frozenset(pair) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    wanted = {
        frozenset((a, b)) for a in range(len(places)) for b in range(a) if places[a] == places[b]
    }
    assert len(told) == len(set(told))
    assert set(told) == wanted


Found = Callable[..., World]


@pytest.fixture
def meetings(found_town: Found) -> tuple[Meetings, Step]:
    """The rule of meetings in a hamlet, and a step at noon."""
    world = found_town()
    pipeline = residence.pipeline_of(world)
    rule = next(each for each in pipeline._systems if isinstance(each, Meetings))
    stamp = Stamp(world.instant)
    return rule, Step(
        stamp=stamp, seed=1, due=np.zeros(0, dtype=np.int64), inbox=(), log=EventLog()
    )


def willing(rule: Meetings, step: Step) -> float:
    chance, _ = rule._willingness(step, np.array([0]), np.array([1]))
    return int(chance[0]) / MILLION


def set_columns(rule: Meetings, *, social: int, extraversion: tuple[int, int]) -> None:
    """How much the first two lack company, in points, and how outgoing they are."""
    residents, traits = rule.residents, rule.traits
    for row, outgoing in enumerate(extraversion):
        residents.needs._array[row, 2] = social * 1000
        residents.need_rates._array[row, 2] = 0
        traits.levels.base[row, 2] = outgoing


def set_strength(rule: Meetings, strength: int) -> None:
    """How close the first two are, milli-points."""
    numbers = rule.residents.numbers
    pairs = rule.bonds.ties.ensure(numbers[[0, 1]], numbers[[1, 0]])
    rule.bonds.ties.strength[pairs] = strength


@pytest.mark.parametrize(
    ("strength", "factor"), [(0, 0.1), (10.9, 0.1), (11, 0.5), (31, 1.0), (61, 1.5), (100, 1.5)]
)
def test_the_chance_of_a_talk_is_that_of_the_reference(
    meetings: tuple[Meetings, Step], strength: float, factor: float
) -> None:
    rule, step = meetings
    set_columns(rule, social=60, extraversion=(30, 60))
    set_strength(rule, int(strength * 1000))
    assert willing(rule, step) == pytest.approx(0.3 * factor * (45 / 50) * (40 / 50), rel=1e-4)


def test_who_has_talked_within_the_hour_does_not_talk_again(
    meetings: tuple[Meetings, Step],
) -> None:
    rule, step = meetings
    set_columns(rule, social=60, extraversion=(50, 50))
    numbers = rule.residents.numbers
    pairs = rule.bonds.ties.ensure(numbers[[0, 1]], numbers[[1, 0]])
    for ago, talks in ((3599, False), (3600, True)):
        rule.bonds.ties.met_at[pairs] = step.instant - ago
        assert (willing(rule, step) > 0) == talks


def test_the_lonely_seek_who_they_know_and_nobody_else(meetings: tuple[Meetings, Step]) -> None:
    rule, step = meetings
    set_columns(rule, social=29, extraversion=(50, 50))
    set_strength(rule, 10_999)
    assert 0 < willing(rule, step) < 1
    set_strength(rule, 11_000)
    assert willing(rule, step) == 1
