"""Flow fields: ways of least effort."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.flow import diagonal_step, flow_fields, straight_step
from world.engine.terrain import Terrain
from world.tests.grounds import (
    connected_to,
    free_cells,
    least_efforts,
    steps_from,
    terrain_of,
    terrains,
    unhurried,
    walked,
)


def test_steps_of_a_cell_of_twenty_pixels() -> None:
    assert (straight_step(20), diagonal_step(20)) == (20_000, 28_284)


@given(st.integers(1, 16_000))
def test_a_diagonal_step_is_rounded_to_the_nearest_millipixel(cell: int) -> None:
    twice = 2 * diagonal_step(cell)
    assert (twice - 1) ** 2 < 8 * straight_step(cell) ** 2 < (twice + 1) ** 2


@unhurried
@given(terrains(), st.data())
def test_every_path_is_a_walk_of_least_effort_and_of_the_length_told(
    terrain: Terrain, data: st.DataObject
) -> None:
    goal = data.draw(st.sampled_from(free_cells(terrain)))
    fields = flow_fields(terrain, [goal])
    efforts = least_efforts(terrain, goal)
    for cell in range(len(terrain.effort)):
        if cell not in efforts:
            assert fields.next[0, cell] == -1
            assert fields.length[0, cell] == -1
            continue
        path = fields.path(cell, 0).tolist()
        assert (path[0], path[-1]) == (cell, goal)
        assert walked(terrain, path) == (fields.length[0, cell], efforts[cell])


@unhurried
@given(terrains(), st.data())
def test_of_equally_good_steps_the_first_of_the_compass_is_taken(
    terrain: Terrain, data: st.DataObject
) -> None:
    goal = data.draw(st.sampled_from(free_cells(terrain)))
    fields = flow_fields(terrain, [goal])
    efforts = least_efforts(terrain, goal)
    assert fields.next[0, goal] == goal
    for cell in efforts.keys() - {goal}:
        good = [
            target
            for target, _, effort in steps_from(terrain, cell)
            if efforts[target] + effort == efforts[cell]
        ]
        assert fields.next[0, cell] == good[0]


@unhurried
@given(terrains(), st.data())
def test_many_goals_at_once_have_the_fields_each_has_alone(
    terrain: Terrain, data: st.DataObject
) -> None:
    goals = data.draw(st.lists(st.sampled_from(free_cells(terrain)), min_size=1, max_size=4))
    together = flow_fields(terrain, goals)
    for row, goal in enumerate(goals):
        alone = flow_fields(terrain, [goal])
        assert np.array_equal(together.next[row], alone.next[0])
        assert np.array_equal(together.length[row], alone.length[0])


@unhurried
@given(terrains(ground="..#"))
def test_there_and_back_are_equally_long_where_all_ground_is_alike(terrain: Terrain) -> None:
    goals = free_cells(terrain)
    between = flow_fields(terrain, goals).length[:, goals]
    assert np.array_equal(between, between.T)


@unhurried
@given(terrains(), st.data())
def test_there_and_back_cost_the_same_effort(terrain: Terrain, data: st.DataObject) -> None:
    goal = data.draw(st.sampled_from(free_cells(terrain)))
    other = data.draw(st.sampled_from(connected_to(terrain, goal)))
    fields = flow_fields(terrain, [goal, other])
    _, there = walked(terrain, fields.path(other, 0).tolist())
    _, back = walked(terrain, fields.path(goal, 1).tolist())
    assert there == back


@unhurried
@given(terrains(), st.data())
def test_a_walker_is_at_the_last_centre_reached(terrain: Terrain, data: st.DataObject) -> None:
    goal = data.draw(st.sampled_from(free_cells(terrain)))
    origin = data.draw(st.sampled_from(connected_to(terrain, goal)))
    fields = flow_fields(terrain, [goal])
    path = fields.path(origin, 0).tolist()
    far = data.draw(st.integers(0, int(fields.length[0, origin]) + 1))
    reached = [
        cell for index, cell in enumerate(path) if walked(terrain, path[: index + 1])[0] <= far
    ]
    here = fields.cells_after(np.array([origin]), np.array([0]), np.array([far]))
    assert here.tolist() == [reached[-1]]


def test_nobody_cuts_the_corner_of_a_building() -> None:
    terrain = terrain_of("..", "#.")
    assert flow_fields(terrain, [3]).path(0, 0).tolist() == [0, 1, 3]


def test_nobody_slips_between_two_buildings_that_touch_at_a_corner() -> None:
    terrain = terrain_of(".#", "#.")
    assert flow_fields(terrain, [3]).next.tolist() == [[-1, -1, -1, 3]]


@pytest.mark.parametrize(
    ("rows", "path"),
    [
        (("......", "......", "......"), [6, 7, 8, 9, 10, 11]),
        (("======", "......", "======"), [6, 1, 2, 3, 4, 11]),
    ],
)
def test_a_road_is_worth_a_detour(rows: list[str], path: list[int]) -> None:
    assert flow_fields(terrain_of(*rows), [11]).path(6, 0).tolist() == path


def test_the_longest_winding_way_is_measured_to_its_end() -> None:
    rows = [".........", "########.", ".........", ".########"] * 25
    terrain = terrain_of(*rows)
    goal = len(terrain.effort) - 9
    fields = flow_fields(terrain, [goal])
    assert fields.length[0, 0] == walked(terrain, fields.path(0, 0).tolist())[0]
    assert len(fields.path(0, 0)) == len(free_cells(terrain))
