"""What tests of minds share: a fake model that runs, and a gate at which nobody was before."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.authtoken.models import Token

from agents.fake_llm.running import FakeModel, fake_llm
from agents.founding import found_town as found_town_of
from agents.minds import gate
from agents.models import Conversation
from tests.laws.talk import chatty
from world import pace
from world.advance import advance
from world.engine.gametime import HOUR, MINUTE
from world.models import World
from world.scenario import Scenario


@pytest.fixture(scope="session")
def _started() -> Iterator[FakeModel]:
    with fake_llm() as model:
        yield model


@pytest.fixture
def fake(_started: FakeModel) -> FakeModel:
    """The fake model: at once, without faults, with nothing counted."""
    _started.control(latency=0, spread=0, slow=10)
    _started.reset()
    return _started


@pytest.fixture
def fresh_gate() -> Iterator[None]:
    """Nobody is at any gate, no breaker is open, and no worker said that it is alive."""
    _forget_the_gates()
    yield
    _forget_the_gates()


def _forget_the_gates() -> None:
    cache.clear()
    with gate.shared() as connection:
        for key in connection.scan_iter("minds:*"):
            connection.delete(key)


@pytest.fixture
def small_town(db: None, hamlet: Scenario) -> Callable[..., World]:
    """Founds a hamlet of a few: `small_town(residents=3)`."""
    count = 0

    def found_one(*, residents: int = 3, seed: int = 7, scenario: Scenario = hamlet) -> World:
        nonlocal count
        count += 1
        return found_town_of(
            scenario=scenario, seed=seed, slug=f"small-{count}", residents=residents
        )

    return found_one


@pytest.fixture
def resting_town(small_town: Callable[..., World]) -> World:
    """A hamlet of a few, whose clock has run and stands now."""
    world = small_town()
    pace.start(world=world)
    pace.pause(world=world)
    world.refresh_from_db()
    return world


@pytest.fixture(scope="module")
def _talking(found_shared: Callable[..., World], hamlet: Scenario) -> int:
    world = found_shared(seed=3, scenario=chatty(hamlet))
    until = world.instant + 6 * HOUR
    while True:
        advance(world_id=world.pk, until=until)
        if Conversation.objects.filter(world=world, ended=None, messages__gt=1).exists():
            break
        until += MINUTE
    return world.pk


@pytest.fixture
def talking(_talking: int, db: None) -> World:
    """A hamlet with somebody talking, who has been at it for a minute or two."""
    return World.objects.get(pk=_talking)


Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def ask(client: Client, admin_user: Any) -> Ask:
    """Asks a door, with a body if there is one; gives the status and what it answers.

    In English, and as an operator with a token, unless told otherwise.
    """
    token = Token.objects.create(user=admin_user).key

    def ask_for(
        path: str,
        body: Any = None,
        *,
        operator: bool = True,
        language: str = "en",
        method: str = "get",
    ) -> tuple[int, Any]:
        headers = {"Accept-Language": language}
        if operator:
            headers["Authorization"] = f"Token {token}"
        if body is None:
            answer = getattr(client, method)(path, headers=headers)
        else:
            answer = client.post(
                path, json.dumps(body), content_type="application/json", headers=headers
            )
        return answer.status_code, answer.json()

    return ask_for
