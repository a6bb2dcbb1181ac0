"""The map of a world: districts laid side by side have the same places, hours and ways."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.routes import Routes
from world.engine.town import Town
from world.founding import found
from world.map import build_outdoors, build_places, build_walks, lattice_columns
from world.models import World
from world.rules import Rules
from world.scenario import Scenario

RulesOf = Callable[[int], Rules]


@pytest.fixture
def rules_of(hamlet: Scenario) -> RulesOf:
    """The rules of a hamlet of so many districts, which nobody founded."""

    def rules_of(districts: int) -> Rules:
        rules = Rules(World(districts=districts, grid=hamlet["town"].grid_seconds))
        rules.content = hamlet.content
        return rules

    return rules_of


@given(st.integers(1, 10_000))
def test_a_lattice_is_the_smallest_square_that_holds_all_districts(districts: int) -> None:
    columns = lattice_columns(districts)
    assert (columns - 1) ** 2 < districts <= columns**2


@pytest.mark.parametrize("districts", [1, 2, 5])
def test_every_district_has_the_places_of_the_scenario(rules_of: RulesOf, districts: int) -> None:
    rules = rules_of(districts)
    places, outdoors = build_places(rules, {}), build_outdoors(rules, {})
    count = len(rules["places"])
    assert len(places) == districts * count
    assert outdoors.shape == (len(places) + 1,)
    assert outdoors[0], "the street is out of doors"
    for number in range(1, len(places) + 1):
        spec = rules["places"][(number - 1) % count]
        row = number - 1
        assert places.capacity[row] == spec.capacity
        assert list(zip(places.opens[row], places.closes[row], strict=True)) == spec.open
        assert outdoors[number] == spec.outdoor


def test_the_walks_of_one_district_are_its_routes(rules_of: RulesOf) -> None:
    walks = build_walks(rules_of(1), {})
    assert isinstance(walks, Routes)
    assert (walks.speed, walks.grid) == (5, 30)
    assert len(walks.doors) == len(rules_of(1)["places"])


def test_within_every_district_walks_take_as_long_as_in_a_town_of_one(rules_of: RulesOf) -> None:
    one, five = build_walks(rules_of(1), {}), build_walks(rules_of(5), {})
    assert isinstance(one, Routes)
    assert isinstance(five, Town)
    count = len(one.doors)
    for district in range(5):
        rows = district * count + np.arange(count)
        assert (five.doors[rows] == one.doors + district * one.cell_count).all()
        assert (five.travel_seconds(five.doors[rows][:, None], rows) == one.table).all()


def test_a_walk_to_the_same_place_of_another_district_is_as_long_as_the_maps_between(
    rules_of: RulesOf,
) -> None:
    walks, size = build_walks(rules_of(4), {}), rules_of(4)["town"].map
    count = len(rules_of(4)["places"])
    home = np.arange(count)
    for district, away in (
        (1, size.width),
        (2, size.height),
        (3, math.hypot(size.width, size.height)),
    ):
        there = walks.travel_seconds(walks.doors[home], home + district * count)
        assert (there * size.walking_speed >= away).all()


def test_what_is_built_of_the_rules_is_what_was_founded(db: None, hamlet: Scenario) -> None:
    world = found(scenario=hamlet, seed=7, slug="three", districts=3)
    rules = Rules(world)
    places, outdoors = build_places(rules, {}), build_outdoors(rules, {})
    locations = list(world.locations.order_by("number"))
    assert [location.number for location in locations] == list(range(1, len(places) + 1))
    assert [location.capacity for location in locations] == places.capacity.tolist()
    assert [location.opens for location in locations] == places.opens.tolist()
    assert [location.closes for location in locations] == places.closes.tolist()
    assert [location.outdoor for location in locations] == outdoors[1:].tolist()
