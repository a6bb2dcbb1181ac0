"""The ground of a district."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.terrain import (
    BLOCKED,
    LARGEST_MAP,
    OPEN_GROUND_EFFORT,
    ROAD_EFFORT,
    Box,
    Gates,
    Point,
    Side,
    Terrain,
    TerrainError,
)
from world.tests.grounds import terrain_of

HOUSE = (40, 40, 60, 40)


def efforts(terrain: Terrain) -> list[list[int]]:
    return [row.tolist() for row in terrain.effort.reshape(terrain.height, terrain.width)]


def test_a_map_without_anything_on_it_is_open_ground() -> None:
    terrain = Terrain.build(60, 40, 20)
    assert (terrain.width, terrain.height, terrain.cell) == (3, 2, 20)
    assert terrain.effort.dtype == np.int32
    assert terrain.effort.tolist() == [OPEN_GROUND_EFFORT] * 6


def test_the_effort_of_open_ground_can_be_chosen() -> None:
    assert Terrain.build(20, 20, 20, open_ground_effort=1200).effort.tolist() == [1200]


def test_a_terrain_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Terrain.build(60, 40, 20).effort[0] = ROAD_EFFORT


def test_a_road_covers_centres_and_a_building_every_cell_it_touches() -> None:
    road = ([(0, 30), (100, 30)], 20)
    terrain = Terrain.build(100, 60, 20, roads=[road], blocked=[(39, 21, 2, 19)])
    drawn = terrain_of(".....", "=##==", ".....")
    assert efforts(terrain) == efforts(drawn)


def test_a_road_narrower_than_a_cell_still_leads_through() -> None:
    terrain = Terrain.build(100, 60, 20, roads=[([(0, 25), (100, 25)], 2)])
    assert efforts(terrain) == efforts(terrain_of(".....", "=====", "....."))


points = st.tuples(st.integers(0, 120), st.integers(0, 80))


@given(st.lists(points, min_size=2, max_size=4), st.integers(1, 60))
def test_a_cell_is_road_exactly_if_its_centre_is_within_half_the_width(
    polyline: list[Point], width: int
) -> None:
    terrain = Terrain.build(120, 80, 20, roads=[(polyline, width)])
    reach = Fraction(max(width, 20), 2) ** 2
    for cell, effort in enumerate(terrain.effort):
        x, y = cell % 6 * 20 + 10, cell // 6 * 20 + 10
        nearest = min(squared_distance(x, y, a, b) for a, b in pairwise(polyline))
        assert (effort == ROAD_EFFORT) == (nearest <= reach)


def squared_distance(x: int, y: int, a: Point, b: Point) -> Fraction:
    dx, dy = b[0] - a[0], b[1] - a[1]
    span = dx * dx + dy * dy
    along = Fraction((x - a[0]) * dx + (y - a[1]) * dy, span) if span else Fraction(0)
    along = min(max(along, Fraction(0)), Fraction(1))
    return (x - a[0] - along * dx) ** 2 + (y - a[1] - along * dy) ** 2


@given(st.integers(0, 99), st.integers(0, 59), st.integers(1, 100), st.integers(1, 60))
def test_a_building_blocks_exactly_the_cells_it_shares_a_pixel_with(
    x: int, y: int, w: int, h: int
) -> None:
    w, h = min(w, 100 - x), min(h, 60 - y)
    terrain = Terrain.build(100, 60, 20, blocked=[(x, y, w, h)])
    touched = {(py // 20) * 5 + px // 20 for px in range(x, x + w) for py in range(y, y + h)}
    assert set(np.flatnonzero(terrain.effort == BLOCKED).tolist()) == touched


@pytest.mark.parametrize(
    ("side", "row", "column"),
    [("north", 1, 3), ("east", 3, 5), ("south", 4, 3), ("west", 3, 1)],
)
def test_a_door_opens_just_outside_the_middle_of_its_side(
    side: Side, row: int, column: int
) -> None:
    terrain = Terrain.build(200, 200, 20, blocked=[HOUSE])
    assert terrain.door_cell(*HOUSE, side) == row * 10 + column


@given(st.integers(20, 100), st.integers(20, 100), st.integers(1, 60), st.integers(1, 60))
def test_a_building_off_the_grid_has_all_its_doors_beside_it(
    x: int, y: int, w: int, h: int
) -> None:
    terrain = Terrain.build(200, 200, 20, blocked=[(x, y, w, h)])
    blocked = set(np.flatnonzero(terrain.effort == BLOCKED).tolist())
    steps: dict[Side, int] = {"north": 10, "east": -1, "south": -10, "west": 1}
    for side, inwards in steps.items():
        assert terrain.door_cell(x, y, w, h, side) + inwards in blocked


def test_an_open_air_place_is_entered_at_its_centre() -> None:
    assert Terrain.build(200, 200, 20).door_cell(*HOUSE, "centre") == 3 * 10 + 3


def test_gates_lie_at_the_middle_of_the_edges() -> None:
    assert Terrain.build(100, 60, 20).middle_gates() == Gates(north=2, east=9, south=12, west=5)


def test_a_blocked_gate_is_refused() -> None:
    with pytest.raises(TerrainError, match=r"the south gate, cell 12, is blocked"):
        Terrain.build(100, 60, 20, blocked=[(40, 40, 20, 20)]).middle_gates()


@pytest.mark.parametrize(
    ("box", "side", "message"),
    [
        (
            (40, 0, 20, 20),
            "north",
            r"north door of the building or pond at \(40, 0\).* off the map",
        ),
        ((180, 40, 20, 20), "east", r"east door .* off the map"),
        ((40, 180, 20, 20), "south", r"south door .* off the map"),
        ((0, 40, 20, 20), "west", r"west door .* off the map"),
        ((80, 80, 20, 20), "west", r"west door .* cell 43, is blocked"),
        ((60, 80, 20, 20), "centre", r"centre door .* cell 43, is blocked"),
    ],
)
def test_a_door_that_cannot_be_entered_is_refused(box: Box, side: Side, message: str) -> None:
    terrain = Terrain.build(200, 200, 20, blocked=[(60, 80, 20, 20)])
    with pytest.raises(TerrainError, match=message):
        terrain.door_cell(*box, side)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cell_px": 0}, "a cell of 0 px"),
        ({"width_px": 0}, "a map of 0 x 200 px"),
        ({"width_px": 210}, "a map of 210 x 200 px is not made of whole cells"),
        ({"height_px": LARGEST_MAP + 20}, "larger than"),
        ({"open_ground_effort": 0}, "effort 0 is not within"),
        ({"roads": [([(0, 0)], 20)]}, "needs at least two points"),
        ({"roads": [([(0, 0), (9, 9)], 0)]}, "cannot be 0 px wide"),
        ({"roads": [([(0, 0), (9, 201)], 20)]}, r"leaves the map at \(9, 201\)"),
        ({"blocked": [(0, 0, 0, 20)]}, r"at \(0, 0\) of 0 x 20 px is empty"),
        ({"blocked": [(190, 0, 20, 20)]}, r"at \(190, 0\) of 20 x 20 px is off the map"),
        ({"blocked": [(-1, 0, 20, 20)]}, "is off the map"),
        ({"blocked": [(0, 0, 30, 30), (29, 29, 9, 9)]}, r"\(0, 0\).* overlaps the .*\(29, 29\)"),
    ],
)
def test_a_map_that_cannot_be_says_why(arguments: dict[str, Any], message: str) -> None:
    sizes = {"width_px": 200, "height_px": 200, "cell_px": 20}
    with pytest.raises(TerrainError, match=message):
        Terrain.build(**(sizes | arguments))


def test_buildings_may_stand_wall_to_wall() -> None:
    terrain = Terrain.build(60, 20, 20, blocked=[(0, 0, 30, 20), (30, 0, 10, 20)])
    assert terrain.effort.tolist() == [BLOCKED, BLOCKED, OPEN_GROUND_EFFORT]
