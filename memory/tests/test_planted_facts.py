"""Planted facts: so many of them come to mind, among a thousand ordinary memories."""

from collections.abc import Callable

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from memory.tests.planting import CELLS, FEW, MANY, OURS, PEERS, Answer, planted, rate
from world.founding import found
from world.models import Actor
from world.scenario import Scenario

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    read_scenario: Callable[[str], Scenario],
) -> list[Answer]:
    """All that was asked, in every way; the database forgets it."""
    with django_db_blocker.unblock(), transaction.atomic():
        scenario = read_scenario("sunshine")
        world = found(scenario=scenario, seed=7, slug="planted")
        somebody = Actor.objects.filter(world=world, kind="resident").earliest("number")
        answers = list(planted(scenario, somebody.pk))
        transaction.set_rollback(True)
    return answers


@pytest.fixture(scope="module")
def ours(answers: list[Answer]) -> list[Answer]:
    """What was found by retrieval as it is."""
    return [answer for answer in answers if answer.way == OURS]


def test_facts_come_to_mind_in_both_languages(ours: list[Answer]) -> None:
    assert rate(ours) >= 0.65
    assert rate(ours, MANY) >= 0.75
    for language in ("zh", "en"):
        assert rate(ours, language=language) >= 0.62
        assert rate(ours, MANY, language=language) >= 0.72


def test_what_is_fresh_and_matters_is_hardly_ever_missed(ours: list[Answer]) -> None:
    assert rate(ours, age="hours", importance=80) >= 0.9
    assert rate(ours, MANY, age="hours", importance=80) >= 0.93
    assert rate(ours, age="hours", importance=50) >= 0.7
    assert rate(ours, age="days", importance=80) >= 0.7


def test_the_fresher_and_the_more_important_the_more_is_found(ours: list[Answer]) -> None:
    found = {cell: rate(ours, MANY, age=cell[0], importance=cell[1]) for cell in CELLS}
    for importance in (20, 50, 80):
        hours, days, weeks = (found[age, importance] for age in ("hours", "days", "weeks"))
        assert hours >= days >= weeks
    for age in ("hours", "days", "weeks"):
        assert found[age, 80] >= found[age, 50] >= found[age, 20]


@pytest.mark.parametrize("peer", PEERS)
def test_it_finds_at_least_as_much_as_its_peers(answers: list[Answer], peer: str) -> None:
    for most in (FEW, MANY):
        assert rate(answers, most, way=OURS) >= rate(answers, most, way=peer)
