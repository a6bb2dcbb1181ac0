"""Law 6: what somebody decides does not depend on who decides in the same batch."""

import random
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from agents.minds.situation import Choices
from agents.systems.decisions import Decisions
from world import residence
from world.advance import advance
from world.engine.columns import Rows
from world.engine.draws import Draws
from world.engine.events import EventLog
from world.engine.gametime import HOUR
from world.engine.inbox import Stamp
from world.engine.pipeline import Pipeline
from world.engine.step import Step
from world.models import World

Found = Callable[..., World]


@pytest.fixture(scope="module", params=[1, 5, 14])
def lived(request: pytest.FixtureRequest, found_shared: Found) -> tuple[World, Pipeline]:
    """A hamlet some hours into its first day, with its systems and columns."""
    world = found_shared()
    advance(world_id=world.pk, until=world.instant + request.param * HOUR)
    world.refresh_from_db()
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None
    return world, pipeline


@pytest.fixture
def town(lived: tuple[World, Pipeline]) -> SimpleNamespace:
    """Its rule of deciding, and an instant in which to decide."""
    world, pipeline = lived
    decisions = next(system for system in pipeline._systems if isinstance(system, Decisions))
    step = Step(
        stamp=Stamp(world.instant + 30),
        seed=world.seed,
        due=np.zeros(0, dtype=np.int64),
        inbox=(),
        log=EventLog(),
    )
    count = len(pipeline.columns["residents"])
    return SimpleNamespace(decisions=decisions, step=step, count=count, seed=world.seed)


def decide(town: SimpleNamespace, rows: Rows) -> Choices:
    rules: Decisions = town.decisions
    return rules.choose(town.step, rows)


def columns(choices: Choices) -> np.ndarray:
    return np.stack([choices.place, choices.activity, choices.motive, choices.decided])


def test_choices_are_the_same_bits_in_any_batch(town: SimpleNamespace) -> None:
    everyone = np.arange(town.count)
    together = columns(decide(town, everyone))
    assert len(set(together[1])) > 1, "everyone chose alike, which proves little"
    alone = np.concatenate([columns(decide(town, row)) for row in everyone.reshape(-1, 1)], axis=1)
    np.testing.assert_array_equal(together, alone)

    shuffled = np.array(random.Random(3).sample(range(town.count), town.count))
    np.testing.assert_array_equal(together[:, shuffled], columns(decide(town, shuffled)))


def test_choices_differ_between_instants(town: SimpleNamespace) -> None:
    """Otherwise the draws would not be keyed by the instant."""
    everyone = np.arange(town.count)
    first = columns(decide(town, everyone))
    for later in range(1, 20):
        town.step.draws = Draws(town.seed, town.step.instant + 30 * later)
        if np.any(columns(decide(town, everyone)) != first):
            return
    pytest.fail("twenty instants drew the same")
