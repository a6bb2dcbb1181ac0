"""Living without watchers, with an eye on the residents."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from agents.calibration import STEP, Calibration
from agents.headless import live
from world import residence
from world.advance import advance
from world.engine.columns import Columns
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import World

pytestmark = pytest.mark.django_db


def test_a_town_is_looked_at_while_it_is_lived_in_stretches(
    found_town: Callable[..., World],
) -> None:
    alone, looked_at = found_town(), found_town()
    since = alone.instant
    until = since + 6 * HOUR + 7 * MINUTE
    steps: list[int] = []
    live(looked_at, until, steps.append)
    advance(world_id=alone.pk, until=until)
    alone.refresh_from_db()
    assert steps == [since + 6 * HOUR, until]
    assert alone.lived_until == looked_at.lived_until == until
    assert history_hash(alone) == history_hash(looked_at)


def test_what_is_seen_is_what_was_at_each_time(found_town: Callable[..., World]) -> None:
    """Of two alike, one is looked at on the way, the other stopped at each time."""
    stopped, watched = found_town(), found_town()
    begins = stopped.lived_until
    seen: dict[int, Any] = {}

    def watch(columns: Columns, nothing_before: int) -> None:
        time = begins + STEP * (len(seen) + 1)
        while time < nothing_before:
            seen[time] = columns["residents"].arrays["activity"].copy()
            time += STEP

    advance(world_id=watched.pk, until=begins + 3 * HOUR, watch=watch)
    assert len(seen) == 3 * HOUR // STEP
    assert len({each.tobytes() for each in seen.values()}) > 5
    for time, activity in seen.items():
        advance(world_id=stopped.pk, until=time)
        stopped.refresh_from_db()
        pipeline = residence.kept_pipeline(stopped.pk, stopped.version)
        assert pipeline is not None
        np.testing.assert_array_equal(pipeline.columns["residents"].arrays["activity"], activity)


def test_less_than_a_step_is_not_looked_at(found_town: Callable[..., World]) -> None:
    world = found_town()
    advance(world_id=world.pk, until=world.lived_until + MINUTE)
    world.refresh_from_db()
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None
    calibration = Calibration(pipeline.columns, residence.constants_of(world), since=0)
    calibration.watch(pipeline.columns, STEP)
    with pytest.raises(ValueError, match="nothing"):
        calibration.findings()
    calibration.watch(pipeline.columns, STEP + 1)
    assert calibration.looks == 1
