"""Laws 5 and 8: a town that lives by itself for days keeps to the table, and to its ties."""

from collections.abc import Callable

import numpy as np
import pytest

from agents.conversations.vocabulary import Change
from agents.founding import found_town
from agents.headless import live
from economy.audit import audit
from tests.laws.rows import check_columns, check_ends, check_rows, check_ties
from tests.laws.talk import Reader
from world.engine.gametime import DAY
from world.models import World
from world.scenario import Scenario

Read = Callable[[str], Scenario]

STEADY = 1.5
"""A day of the second half has at most so many times the conversations of one of the first half,
and at least so many times less."""


@pytest.mark.parametrize(
    ("seed", "days"),
    [
        (1, 3),
        *(pytest.param(*each, marks=pytest.mark.long) for each in ((1, 10), (2, 7), (3, 7))),
    ],
)
def test_a_town_lives_as_people_do_for_days(
    db: None, read_scenario: Read, seed: int, days: int
) -> None:
    world = found_town(scenario=read_scenario("sunshine"), seed=seed)
    lived = live(world, world.instant + days * DAY)
    missed = [finding for finding in lived.findings if not finding.passed]
    assert not missed
    assert audit(world).passed
    check_talk(world, days)


def check_talk(world: World, days: int) -> None:
    """Everybody talks, as much as before, and no tie is other than what made it so."""
    reader = Reader(world)
    reader.read()
    check_ends(reader)
    check_rows(reader)
    check_ties(reader)
    check_columns(reader)
    explained = reader.arithmetic.explained
    assert explained[Change.LONG_TALK] > 10 * days
    assert explained[Change.APART] > 0 or days < 5
    talked = {who for talk in reader.talks.values() for who, _, _ in talk.parts}
    assert talked == set(reader.people)
    began = min(talk.began for talk in reader.talks.values())
    counts = np.bincount([(talk.began - began) // DAY for talk in reader.talks.values()])
    halves = counts[: days // 2].mean(), counts[days - days // 2 : days].mean()
    assert max(halves) < STEADY * min(halves), counts
