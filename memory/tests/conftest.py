"""What tests of memory share: somebody who can remember."""

import pytest

from world.models import Actor, World
from world.scenario import Scenario


@pytest.fixture
def town(db: None, hamlet: Scenario) -> World:
    """A hamlet in which nobody remembers anything yet."""
    from memory.models import Memory
    from world.founding import found

    world = found(scenario=hamlet, seed=7, slug="minds")
    Memory.objects.filter(actor__world=world).delete()
    return world


@pytest.fixture
def people(town: World) -> list[Actor]:
    """Residents of the hamlet, by number."""
    return list(Actor.objects.filter(world=town, kind="resident").order_by("number"))
