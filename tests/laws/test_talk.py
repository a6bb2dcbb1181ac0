"""Talk is history. What else holds of it is checked where a town lives for days on end."""

from collections.abc import Callable

import pytest

from agents.founding import found_town
from agents.models import Conversation
from world import residence
from world.advance import advance
from world.engine.gametime import HOUR
from world.history import history_hash
from world.scenario import Scenario

pytestmark = pytest.mark.django_db


def test_talk_is_history(read_scenario: Callable[[str], Scenario]) -> None:
    """Same seed, same talk: in one go, in pieces, and with columns loaded anew."""
    hashes = set()
    for span, forgetful in ((24 * HOUR, False), (HOUR, True), (20 * 60, False)):
        world = found_town(scenario=read_scenario("hamlet"), seed=5, slug=f"talk-{span}")
        until = world.instant + 30 * HOUR
        while world.lived_until < until:
            advance(world_id=world.pk, until=min(until, world.lived_until + span), span=span)
            world.refresh_from_db()
            if forgetful:
                residence.forget_all()
        assert Conversation.objects.filter(world=world).count() > 3
        hashes.add(history_hash(world))
    assert len(hashes) == 1
