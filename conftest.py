"""What every test may use: towns founded on the scenarios that are shipped."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, settings

from world import registry, residence, stage
from world.models import World
from world.scenario import Scenario, read

Found = Callable[..., World]

SCENARIOS = Path(__file__).resolve().parent / "scenarios"

settings.register_profile(
    "shared-machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
settings.load_profile("shared-machine")

LONG = 3600
"""Seconds that a test marked `long` may take; the others have what pyproject.toml says."""


WHOLE = Path(__file__).resolve().parent / "tests"
"""Tests of the whole product, each of which takes its time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, so that no process is at it alone when the others are done."""
    items.sort(key=lambda item: not item.path.is_relative_to(WHOLE))
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(LONG))


@pytest.fixture(scope="session")
def read_scenario() -> Callable[[str], Scenario]:
    """Reads a scenario that is shipped: `read_scenario("sunshine")`."""
    return lambda name: read(SCENARIOS / name, registry.sections)


@pytest.fixture(scope="session")
def hamlet(read_scenario: Callable[[str], Scenario]) -> Scenario:
    """The ten-place scenario."""
    return read_scenario("hamlet")


def _founding(hamlet: Scenario, name: str) -> Found:
    from world.founding import found

    count = 0

    def found_one(*, seed: int = 7, scenario: Scenario = hamlet) -> World:
        nonlocal count
        count += 1
        return found(scenario=scenario, seed=seed, slug=f"{name}-{count}")

    return found_one


@pytest.fixture
def found_town(db: None, hamlet: Scenario) -> Found:
    """Founds a hamlet: `found_town(seed=7)`."""
    return _founding(hamlet, "town")


@pytest.fixture(scope="module")
def database_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for what a whole module shares, which is undone after its last test.

    What a test does to it is undone after that test, so all find the same. None of them may be
    transactional.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def found_shared(database_of_module: None, hamlet: Scenario) -> Found:
    """Founds a hamlet that all tests of a module find as it was: `found_shared(seed=7)`.

    A fixture of a module founds it, lets it live and gives its primary key; one of each test gets
    it anew from the database.
    """
    return _founding(hamlet, "shared")


@pytest.fixture(autouse=True)
def _nobody_is_resident() -> None:
    """A world of an earlier test may have had the same primary key, and is of no use any more."""
    residence.forget_all()
    stage.forget_all()


@pytest.fixture
def nobody_has_asked_before() -> Iterator[None]:
    """Nothing is cached, and nobody has used up how often they may ask."""
    cache.clear()
    yield
    cache.clear()
