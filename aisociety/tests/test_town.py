"""The town that `up` and `found` serve."""

from typing import Any

import pytest
from rich.console import Console

from aisociety.town import ensure_town

pytestmark = pytest.mark.django_db


def test_its_clock_goes_as_fast_as_the_environment_says_until_somebody_sets_it(
    settings: Any,
) -> None:
    settings.TIME_SCALE = 60
    quiet = Console(quiet=True)
    world = ensure_town(scenario="hamlet", seed=1, agents=None, console=quiet)
    world.clock.refresh_from_db()
    assert (world.clock.scale, world.clock.paused) == (60, False)
    settings.TIME_SCALE = 5
    again = ensure_town(scenario="hamlet", seed=1, agents=None, console=quiet)
    again.clock.refresh_from_db()
    assert (again.pk, again.clock.scale) == (world.pk, 60)
