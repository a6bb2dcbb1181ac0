"""What a process keeps of worlds in its memory, and of how many."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from world import residence
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.history import history_hash
from world.models import World
from world.stage import stage_of

pytestmark = pytest.mark.django_db


def live(world: World, until: int) -> None:
    advance(world_id=world.pk, until=until)
    world.refresh_from_db()


def at_hand(world: World) -> list[Any]:
    """What is kept of a world that has just been used."""
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None
    return [
        residence.rules_of(world),
        residence.constants_of(world)["walks"],
        stage_of(world),
        pipeline,
    ]


def test_only_the_worlds_that_were_used_last_are_kept_and_others_live_on_as_they_would_have(
    found_town: Callable[..., World],
) -> None:
    idle, steady, alone = found_town(seed=3), found_town(seed=4), found_town(seed=3)
    noon, evening = idle.instant + 6 * HOUR, idle.instant + 12 * HOUR
    live(alone, evening)
    live(idle, noon)
    live(steady, noon)
    of_idle, of_steady = [weakref.ref(each) for each in at_hand(idle)], at_hand(steady)
    for hour in range(settings.WORLDS_AT_HAND - 1):
        other = found_town(seed=hour)
        live(other, other.instant + MINUTE)
        at_hand(other)
        live(steady, noon + hour * MINUTE)
        assert list(map(id, at_hand(steady))) == list(map(id, of_steady)), "loaded anew"
    gc.collect()
    assert [each() for each in of_idle] == [None] * len(of_idle)
    live(idle, evening)
    assert history_hash(idle) == history_hash(alone)
