"""Living without watchers, with an eye on the residents and without."""

from collections.abc import Callable

import pytest

from agents.calibration import STEP
from agents.headless import live, pass_time
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import World

pytestmark = pytest.mark.django_db


def test_time_that_nobody_looks_at_passes_alike_in_fewer_steps(
    found_town: Callable[..., World],
) -> None:
    looked_at, other = found_town(), found_town()
    since = looked_at.instant
    until = since + 2 * HOUR + 7 * MINUTE
    looks: list[int] = []
    steps: list[int] = []
    live(looked_at, until, looks.append)
    pass_time(other, until, steps.append)
    assert looks[0] == since + STEP
    assert steps == [since + HOUR, since + 2 * HOUR, until]
    assert other.lived_until == looked_at.lived_until == until
    assert history_hash(other) == history_hash(looked_at)
