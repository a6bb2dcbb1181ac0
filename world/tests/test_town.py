"""Walks through towns of many districts."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from world.engine.routes import RouteError, Routes
from world.engine.terrain import Gates, Terrain
from world.engine.town import Town
from world.tests.grounds import (
    connected_to,
    districts,
    in_one,
    least_efforts,
    side_by_side,
    terrain_of,
    unhurried,
    walked,
)

GATES = Gates(north=3, east=20, south=31, west=14)
STREETS = terrain_of("###=###", "###=###", "=======", "###=###", "###=###")
COLUMNS, SEVEN = 3, 7


Case = tuple[Town, list[int], list[int]]
"""A town with the origins and the places of some walks."""


@st.composite
def towns(draw: st.DrawFn, count: int = SEVEN) -> Town:
    """Towns of three columns, whose only district of the last row is the seventh."""
    terrain = draw(districts())
    doors = draw(st.lists(st.sampled_from(connected_to(terrain, 3)), min_size=1, max_size=3))
    return Town(Routes(terrain, doors, gates=GATES), columns=COLUMNS, districts=count)


@st.composite
def walks(draw: st.DrawFn) -> Case:
    town = draw(towns())
    reachable = connected_to(town.district.terrain, 3)
    origin = st.tuples(st.integers(0, SEVEN - 1), st.sampled_from(reachable)).map(
        lambda pair: pair[0] * town.district.cell_count + pair[1]
    )
    place = st.integers(0, len(town.doors) - 1)
    pairs = draw(st.lists(st.tuples(origin, place), min_size=1, max_size=6))
    return town, [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def length_walked(town: Town, path: list[int]) -> int:
    """Millipixels of a path; fails unless each step may be taken in districts that exist."""
    district = town.district.terrain
    whole = side_by_side(district, COLUMNS, SEVEN)
    return walked(whole, [in_one(district, COLUMNS, cell) for cell in path])[0]


@unhurried
@given(walks())
def test_every_walk_stays_in_the_town_and_takes_its_length_over_speed(
    case: Case,
) -> None:
    town, origins, places = case
    seconds = town.travel_seconds(origins, places)
    for origin, place, told in zip(origins, places, seconds, strict=True):
        path = town.path(origin, place).tolist()
        assert (path[0], path[-1]) == (origin, town.doors[place])
        length = length_walked(town, path)
        assert told == max(math.ceil(length / 5000 / 30), 1) * 30


@unhurried
@given(towns(count=1), st.data())
def test_a_town_of_one_district_is_its_routes(town: Town, data: st.DataObject) -> None:
    routes = town.district
    cells = connected_to(routes.terrain, 3)
    origins = data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=6))
    places = [data.draw(st.integers(0, len(routes.doors) - 1)) for _ in origins]
    elapsed = [data.draw(st.integers(0, 60)) for _ in origins]
    assert np.array_equal(town.doors, routes.doors)
    assert town.cell_count == routes.cell_count
    assert np.array_equal(
        town.travel_seconds(origins, places), routes.travel_seconds(origins, places)
    )
    assert np.array_equal(
        town.cell_at(origins, places, elapsed), routes.cell_at(origins, places, elapsed)
    )
    for origin, place in zip(origins, places, strict=True):
        assert np.array_equal(town.path(origin, place), routes.path(origin, place))


def test_a_town_of_one_district_needs_no_gates() -> None:
    town = Town(Routes(terrain_of("..."), [2]), columns=4, districts=1)
    assert town.path(0, 0).tolist() == [0, 1, 2]
    assert town.travel_seconds([0], [0]).tolist() == [30]
    assert town.cell_at([0], [0], [15]).tolist() == [1]


@unhurried
@given(walks())
def test_a_walk_begins_at_its_origin_and_ends_at_the_door_exactly_when_it_arrives(
    case: Case,
) -> None:
    town, origins, places = case
    total = town.travel_seconds(origins, places)
    doors = town.doors[places]
    assert town.cell_at(origins, places, np.zeros_like(total)).tolist() == origins
    assert np.array_equal(town.cell_at(origins, places, total), doors)
    before = town.cell_at(origins, places, total - 1)
    assert np.array_equal(before != doors, np.array(origins) != doors)


@unhurried
@given(walks())
def test_a_walker_never_outruns_the_speed_by_more_than_a_step(
    case: Case,
) -> None:
    town, origins, places = case
    for origin, place in zip(origins, places, strict=True):
        path = town.path(origin, place).tolist()
        total = int(town.travel_seconds([origin], [place])[0])
        seconds = np.arange(0, total + 1, 5)
        cells = town.cell_at([origin] * len(seconds), [place] * len(seconds), seconds).tolist()
        ranks = [path.index(cell) for cell in cells]
        assert ranks == sorted(ranks)
        for earlier, later in pairwise(ranks):
            assert length_walked(town, path[earlier : later + 1]) <= 5 * 5_000 + 28_284


@unhurried
@given(walks(), st.integers(0, 300))
def test_a_batch_of_walks_has_the_results_of_each_alone(case: Case, elapsed: int) -> None:
    town, origins, places = case
    seconds = town.travel_seconds(origins, places)
    cells = town.cell_at(origins, places, [elapsed] * len(origins))
    for index, (origin, place) in enumerate(zip(origins, places, strict=True)):
        assert town.travel_seconds([origin], [place]).tolist() == [seconds[index]]
        assert town.cell_at([origin], [place], [elapsed]).tolist() == [cells[index]]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 7, 9])
@pytest.mark.parametrize("count", [2, 3, 5, 7, 8, 9])
def test_no_way_leads_through_a_missing_district_or_more_than_it_must(
    columns: int, count: int
) -> None:
    town = Town(Routes(STREETS, [17], gates=GATES), columns=columns, districts=count)
    for here in range(count):
        for there in range(count):
            path = town.path(here * town.district.cell_count + 17, there)
            passed = list(dict.fromkeys((path // town.district.cell_count).tolist()))
            rows = abs(here // columns - there // columns)
            across = abs(here % columns - there % columns)
            assert len(passed) == rows + across + 1
            assert all(0 <= district < count for district in passed)
            back = town.path(there * town.district.cell_count + 17, here)
            assert back.tolist() == path[::-1].tolist()


def test_in_a_town_of_streets_the_way_between_crossings_is_the_shortest() -> None:
    seconds, least, crossings = every_walk_in_a_town_of_streets()
    among = np.ix_(crossings, crossings)
    assert np.array_equal(seconds[among], np.maximum(least[among], 1))


def test_in_a_town_of_streets_no_walk_is_longer_than_by_way_of_crossings() -> None:
    seconds, least, crossings = every_walk_in_a_town_of_streets()
    assert np.all(seconds >= least)
    own = crossings.repeat(len(seconds) // SEVEN)
    rows = np.arange(len(seconds))
    out, back = seconds[rows, own], seconds[own, rows]
    assert np.all(seconds <= out[:, None] + seconds[np.ix_(own, own)] + back[None, :])


def every_walk_in_a_town_of_streets() -> tuple[NDArray[np.int64], ...]:
    """Seconds and least seconds from door to door, one for each cell, and the crossings' rows."""
    doors = connected_to(STREETS, 17)
    district = Routes(STREETS, doors, gates=GATES, speed=20, grid=1)
    town = Town(district, columns=COLUMNS, districts=SEVEN)
    rows = np.arange(len(town.doors))
    seconds = town.travel_seconds(town.doors[:, None], rows[None, :])
    whole = side_by_side(STREETS, COLUMNS, SEVEN)
    spots = [in_one(STREETS, COLUMNS, door) for door in town.doors.tolist()]
    efforts = [least_efforts(whole, spot) for spot in spots]
    least = np.array([[known[spot] // 20_000 for spot in spots] for known in efforts])
    return seconds, least, np.flatnonzero(town.doors % district.cell_count == 17)


@unhurried
@given(towns())
def test_a_way_within_a_district_does_not_depend_on_the_district(town: Town) -> None:
    cells, places = town.district.cell_count, len(town.district.doors)
    first = town.district.table
    for number in range(SEVEN):
        doors = town.district.doors + number * cells
        rows = np.arange(places) + number * places
        assert np.array_equal(town.travel_seconds(doors[:, None], rows[None, :]), first)


def test_a_cell_without_a_way_to_a_place_elsewhere_is_refused_by_name() -> None:
    town = Town(Routes(STREETS, [17], gates=GATES), columns=COLUMNS, districts=SEVEN)
    with pytest.raises(RouteError, match="no way leads from cell 35 to place 6"):
        town.travel_seconds([17, 35], [3, 6])
    with pytest.raises(RouteError, match="no way leads from cell 17 to place 7"):
        town.path(17, 7)


@pytest.mark.parametrize(
    "gates",
    [
        None,
        GATES._replace(north=10),
        GATES._replace(south=24),
        GATES._replace(west=15),
        GATES._replace(east=19),
    ],
)
def test_districts_whose_gates_do_not_face_each_other_are_refused(gates: Gates | None) -> None:
    district = Routes(STREETS, [17], gates=gates)
    with pytest.raises(RouteError, match="joined by gates"):
        Town(district, columns=2, districts=2)


@pytest.mark.parametrize(("columns", "count"), [(0, 1), (1, 0)])
def test_a_town_needs_a_column_and_a_district(columns: int, count: int) -> None:
    with pytest.raises(RouteError, match="are no town"):
        Town(Routes(STREETS, [17]), columns=columns, districts=count)


def test_travel_across_many_districts_is_told_for_many_at_once() -> None:
    terrain = Terrain.build(
        2000, 2000, 20, roads=[([(0, 1010), (2000, 1010)], 40), ([(1010, 0), (1010, 2000)], 40)]
    )
    district = Routes(terrain, [5050, 2020], gates=terrain.middle_gates())
    town = Town(district, columns=8, districts=50)
    # From the crossing of the first district to that of the last: 6 maps south, 1 east.
    assert town.travel_seconds([5050], [98]).tolist() == [7 * 2000 // 5 + 20]


@given(st.one_of(towns(), towns(1)))
def test_between_is_the_travel_time_from_door_to_door(town: Town) -> None:
    count = len(town.doors)
    origins, goals = np.meshgrid(np.arange(count), np.arange(count), indexing="ij")
    expected = town.travel_seconds(town.doors[origins], goals)
    np.testing.assert_array_equal(town.between(origins, goals), expected)
    row = town.district.between(origins[:1, :1], goals[:1, :1])
    np.testing.assert_array_equal(row, expected[:1, :1])
