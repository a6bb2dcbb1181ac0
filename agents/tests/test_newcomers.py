"""Newcomers, and towns of more than one district."""

from collections.abc import Callable

import pytest

from agents.founding import found_town
from agents.models import Agent, AgentState
from agents.newcomers import Newcomers
from world.advance import advance
from world.engine.draws import Draws
from world.engine.gametime import HOUR
from world.history import history_hash
from world.models import World
from world.replay import found_replay
from world.scenario import Scenario


@pytest.fixture
def sunshine(read_scenario: Callable[[str], Scenario]) -> Scenario:
    return read_scenario("sunshine")


def test_newcomers_are_people_of_their_own_who_can_do_their_job(sunshine: Scenario) -> None:
    models = sunshine["residents"]
    numbers = list(range(101, 101 + len(models)))
    made = Newcomers.of(sunshine).make(models, numbers, Draws(3, 21_600))
    jobs = {job.key: job for job in sunshine["occupations"]}
    for model, person in zip(models, made, strict=True):
        assert person.name != model.name
        assert person.backstory != model.backstory
        assert (person.home, person.workplace, person.shift) == (
            model.home,
            model.workplace,
            model.shift,
        )
        assert 18 <= person.age <= 80
        job = jobs[person.occupation]
        if job.skill:
            assert getattr(person.skills, job.skill) > job.requires
    assert len({person.name.zh for person in made}) > len(made) * 0.9
    assert made != Newcomers.of(sunshine).make(models, numbers, Draws(4, 21_600))
    alone = Newcomers.of(sunshine).make(models[7:8], numbers[7:8], Draws(3, 21_600))
    assert alone == made[7:8], "who somebody is does not depend on who else is made"


@pytest.mark.django_db
def test_a_bigger_town_has_districts_with_people_who_live_and_work_in_their_own(
    hamlet: Scenario,
) -> None:
    named = len(hamlet["residents"])
    world = found_town(scenario=hamlet, seed=2, residents=3 * named - 4)
    assert world.districts == 3
    assert Agent.objects.filter(actor__world=world).count() == 3 * named - 4
    places = len(hamlet["places"])
    assert world.locations.count() == 3 * places
    states = AgentState.objects.filter(actor__world=world)
    for number, home, workplace in states.values_list("actor__number", "home", "workplace"):
        district = (number - 1) // named
        assert (home - 1) // places == district
        assert workplace == 0 or (workplace - 1) // places == district
    bounds = set(world.locations.filter(key__startswith="time-cafe").values_list("x", "y"))
    assert bounds == {(1200, 200), (3200, 200), (1200, 2200)}

    advance(world_id=world.pk, until=world.instant + 4 * HOUR)
    world.refresh_from_db()
    again = found_replay(of=world, slug="again")
    advance(world_id=again.pk, until=world.lived_until)
    assert history_hash(again) == history_hash(world)


@pytest.mark.django_db
def test_a_smaller_town_has_the_first_of_the_scenario(hamlet: Scenario) -> None:
    world = found_town(scenario=hamlet, seed=2, residents=3)
    assert world.districts == 1
    keys = Agent.objects.filter(actor__world=world).order_by("actor__number").values_list("key")
    assert [key for (key,) in keys] == [person.key for person in hamlet["residents"][:3]]
    with pytest.raises(ValueError, match="at least one resident"):
        found_town(scenario=hamlet, seed=2, residents=0)
    assert World.objects.count() == 1
