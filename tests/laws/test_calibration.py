"""Law 8: the calibration table holds."""

from collections.abc import Callable

import pytest

from agents.founding import found_town
from agents.headless import live
from economy.audit import audit
from world.engine.gametime import DAY
from world.scenario import Scenario

Read = Callable[[str], Scenario]


@pytest.mark.parametrize(
    ("seed", "days"),
    [
        (1, 3),
        *(pytest.param(seed, 7, marks=pytest.mark.long) for seed in (1, 2, 3)),
    ],
)
def test_the_calibration_table_holds(db: None, read_scenario: Read, seed: int, days: int) -> None:
    world = found_town(scenario=read_scenario("sunshine"), seed=seed)
    lived = live(world, world.instant + days * DAY)
    missed = [finding for finding in lived.findings if not finding.passed]
    assert not missed
    assert audit(world).passed
