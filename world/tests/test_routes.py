"""How long walks take in one district, and where walkers are."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from world.engine.routes import RouteError, Routes
from world.engine.terrain import Gates, Terrain
from world.tests.grounds import connected_to, free_cells, terrain_of, terrains, unhurried, walked

OPEN = terrain_of(*["." * 30] * 3)


Case = tuple[Routes, list[int], list[int]]
"""Routes with the origins and the places of some walks."""


@st.composite
def routes(draw: st.DrawFn) -> Routes:
    terrain = draw(terrains())
    reachable = connected_to(terrain, draw(st.sampled_from(free_cells(terrain))))
    doors = draw(st.lists(st.sampled_from(reachable), min_size=1, max_size=4))
    return Routes(
        terrain, doors, speed=draw(st.integers(1, 9)), grid=draw(st.sampled_from([1, 30]))
    )


@st.composite
def walks(draw: st.DrawFn) -> Case:
    known = draw(routes())
    origin = st.sampled_from(connected_to(known.terrain, int(known.doors[0])))
    place = st.integers(0, len(known.doors) - 1)
    pairs = draw(st.lists(st.tuples(origin, place), min_size=1, max_size=6))
    return known, [pair[0] for pair in pairs], [pair[1] for pair in pairs]


@unhurried
@given(walks())
def test_a_walk_takes_its_length_over_speed_rounded_up_to_the_grid(case: Case) -> None:
    known, origins, places = case
    seconds = known.travel_seconds(origins, places)
    assert seconds.dtype == np.int64
    for origin, place, told in zip(origins, places, seconds, strict=True):
        path = known.path(origin, place).tolist()
        assert (path[0], path[-1]) == (origin, known.doors[place])
        length, _ = walked(known.terrain, path)
        steps = math.ceil(math.ceil(length / (1000 * known.speed)) / known.grid)
        assert told == max(steps, 1) * known.grid


@unhurried
@given(routes())
def test_the_table_holds_the_travel_seconds_from_door_to_door(known: Routes) -> None:
    for origin, door in enumerate(known.doors):
        for place in range(len(known.doors)):
            assert known.table[origin, place] == known.travel_seconds([door], [place])[0]


def test_to_enter_a_place_takes_a_step_even_at_its_door() -> None:
    assert Routes(OPEN, [5]).travel_seconds([5], [0]).tolist() == [30]


def test_twenty_seven_cells_in_a_row_are_four_steps_of_the_grid() -> None:
    assert Routes(OPEN, [27]).travel_seconds([0], [0]).tolist() == [120]


@unhurried
@given(walks())
def test_a_walk_begins_at_its_origin_and_ends_at_the_door_exactly_when_it_arrives(
    case: Case,
) -> None:
    known, origins, places = case
    total = known.travel_seconds(origins, places)
    doors = known.doors[places].tolist()
    for early in (-30, 0):
        assert known.cell_at(origins, places, [early] * len(origins)).tolist() == origins
    for late in (0, 30):
        assert known.cell_at(origins, places, total + late).tolist() == doors
    length = known.fields.length[places, origins]
    before = known.cell_at(origins, places, total - 1)
    assert np.array_equal(before != doors, length > 0)


@unhurried
@given(walks())
def test_a_walker_never_outruns_the_speed_by_more_than_a_step(case: Case) -> None:
    known, origins, places = case
    for origin, place in zip(origins, places, strict=True):
        path = known.path(origin, place).tolist()
        total = int(known.travel_seconds([origin], [place])[0])
        seconds = np.arange(total + 1)
        cells = known.cell_at([origin] * len(seconds), [place] * len(seconds), seconds).tolist()
        ranks = [path.index(cell) for cell in cells]
        assert ranks == sorted(ranks)
        longest = math.ceil(known.terrain.cell * 1415)
        for earlier, later in pairwise(ranks):
            moved, _ = walked(known.terrain, path[earlier : later + 1])
            assert moved <= 1000 * known.speed + longest


@unhurried
@given(walks(), st.integers(0, 100))
def test_a_batch_of_walks_has_the_results_of_each_alone(case: Case, elapsed: int) -> None:
    known, origins, places = case
    seconds = known.travel_seconds(origins, places)
    cells = known.cell_at(origins, places, [elapsed] * len(origins))
    assert cells.dtype == np.int32
    for index, (origin, place) in enumerate(zip(origins, places, strict=True)):
        assert known.travel_seconds([origin], [place]).tolist() == [seconds[index]]
        assert known.cell_at([origin], [place], [elapsed]).tolist() == [cells[index]]


@unhurried
@given(terrains(), st.data())
def test_doors_either_all_reach_each_other_or_are_refused(
    terrain: Terrain, data: st.DataObject
) -> None:
    doors = data.draw(st.lists(st.sampled_from(free_cells(terrain)), min_size=2, max_size=4))
    if set(doors) <= set(connected_to(terrain, doors[0])):
        assert np.all(Routes(terrain, doors).table >= 30)
    else:
        with pytest.raises(RouteError, match=r"no way leads from place \d, cell \d+, to place"):
            Routes(terrain, doors)


@unhurried
@given(terrains(), st.data())
def test_a_cell_without_a_way_to_the_place_is_refused_by_name(
    terrain: Terrain, data: st.DataObject
) -> None:
    door = data.draw(st.sampled_from(free_cells(terrain)))
    stranded = set(range(len(terrain.effort))) - set(connected_to(terrain, door))
    assume(stranded)
    origin = data.draw(st.sampled_from(sorted(stranded)))
    known = Routes(terrain, [door])
    message = f"no way leads from cell {origin} to place 0"
    with pytest.raises(RouteError, match=message):
        known.travel_seconds([door, origin], [0, 0])
    with pytest.raises(RouteError, match=message):
        known.cell_at([door, origin], [0, 0], [0, 0])
    with pytest.raises(RouteError, match=message):
        known.path(origin, 0)


@pytest.mark.parametrize(("origin", "place"), [(-1, 0), (90, 0), (0, -1), (0, 1)])
def test_a_cell_or_place_that_is_not_on_the_map_is_refused(origin: int, place: int) -> None:
    with pytest.raises(RouteError, match=f"no way leads from cell {origin} to place {place}"):
        Routes(OPEN, [5]).travel_seconds([origin], [place])


@pytest.mark.parametrize("door", [-1, 3, 4])
def test_a_door_that_is_blocked_or_off_the_map_is_refused(door: int) -> None:
    with pytest.raises(RouteError, match=f"place 1 cannot be entered from cell {door}"):
        Routes(terrain_of("...#"), [0, door])


def test_a_gate_that_no_way_leads_to_is_refused() -> None:
    terrain = terrain_of("..#.")
    with pytest.raises(RouteError, match=r"from the east gate, cell 3, to place 0, cell 0"):
        Routes(terrain, [0], gates=Gates(north=1, east=3, south=1, west=0))


def test_no_walks_at_all_take_no_time() -> None:
    assert Routes(OPEN, [5]).travel_seconds([], []).tolist() == []
    assert Routes(OPEN, [5]).cell_at([], [], []).tolist() == []
