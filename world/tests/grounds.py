"""Small grounds to walk on, and walks checked and measured step by step, for the tests of routes.

Everything here is deliberately naive: it restates the rules of walking without arrays.
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from world.engine.terrain import BLOCKED, OPEN_GROUND_EFFORT, ROAD_EFFORT, Terrain

unhurried = settings(deadline=None, max_examples=60)
"""For laws checked against the naive rules, which take their time."""


def terrain_of(*rows: str, cell: int = 20) -> Terrain:
    """A terrain drawn as text: '=' is road, '.' open ground and '#' blocked."""
    efforts = {"=": ROAD_EFFORT, ".": OPEN_GROUND_EFFORT, "#": BLOCKED}
    effort = np.array([efforts[sign] for row in rows for sign in row], dtype=np.int32)
    return Terrain(width=len(rows[0]), height=len(rows), cell=cell, effort=effort)


@st.composite
def terrains(draw: st.DrawFn, ground: str = "=..#") -> Terrain:
    """Terrains of up to 8 x 8 cells with at least one that is free, drawn at random."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    row = st.text(st.sampled_from(ground), min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=height, max_size=height))
    rows[0] = "." + rows[0][1:]
    return terrain_of(*rows, cell=draw(st.sampled_from([1, 7, 20])))


@st.composite
def districts(draw: st.DrawFn) -> Terrain:
    """Terrains of 7 x 5 cells whose four gates a cross of roads joins."""
    rows = draw(st.lists(st.text("=..#", min_size=7, max_size=7), min_size=5, max_size=5))
    rows = [row[:3] + "=" + row[4:] for row in rows]
    rows[2] = "=" * 7
    return terrain_of(*rows)


def free_cells(terrain: Terrain) -> list[int]:
    return [cell for cell, effort in enumerate(terrain.effort) if effort != BLOCKED]


def connected_to(terrain: Terrain, cell: int) -> list[int]:
    return sorted(least_efforts(terrain, cell))


def steps_from(terrain: Terrain, cell: int) -> Iterator[tuple[int, int, int]]:
    """Where one may step from a free cell, with the length and the effort of each step."""
    row, column = divmod(cell, terrain.width)
    for rows, columns in [(-1, 0), (0, 1), (1, 0), (0, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)]:
        passed = [(row + rows, column + columns), (row + rows, column), (row, column + columns)]
        if all(_is_free(terrain, *spot) for spot in passed):
            target = (row + rows) * terrain.width + column + columns
            length = round(1000 * terrain.cell * math.hypot(rows, columns))
            mean = (int(terrain.effort[cell]) + int(terrain.effort[target])) / 2
            yield target, length, int(length * mean) // 1000


def _is_free(terrain: Terrain, row: int, column: int) -> bool:
    on_map = 0 <= row < terrain.height and 0 <= column < terrain.width
    return on_map and terrain.effort[row * terrain.width + column] != BLOCKED


def least_efforts(terrain: Terrain, goal: int) -> dict[int, int]:
    """Dijkstra's algorithm, as in the book; cells from which no way leads are absent."""
    settled: dict[int, int] = {}
    queue = [(0, goal)]
    while queue:
        effort, cell = heapq.heappop(queue)
        if cell not in settled:
            settled[cell] = effort
            for target, _, further in steps_from(terrain, cell):
                heapq.heappush(queue, (effort + further, target))
    return settled


def walked(terrain: Terrain, path: Sequence[int]) -> tuple[int, int]:
    """Length and effort of a path; fails unless each of its steps may be taken."""
    length = effort = 0
    for cell, target in pairwise(path):
        steps = {to: (step, work) for to, step, work in steps_from(terrain, cell)}
        assert target in steps, f"nobody steps from {cell} to {target}"
        length += steps[target][0]
        effort += steps[target][1]
    return length, effort


def side_by_side(district: Terrain, columns: int, count: int) -> Terrain:
    """A whole town as one terrain; blocked where the last row of districts has none."""
    height, width = district.height, district.width
    town = np.full((-(-count // columns) * height, columns * width), BLOCKED, dtype=np.int32)
    for number in range(count):
        top, left = number // columns * height, number % columns * width
        town[top : top + height, left : left + width] = district.effort.reshape(height, width)
    return Terrain(town.shape[1], town.shape[0], district.cell, town.reshape(-1))


def in_one(district: Terrain, columns: int, cell: int) -> int:
    """The cell of `side_by_side` that a town knows as `cell`."""
    number, local = divmod(cell, len(district.effort))
    row = number // columns * district.height + local // district.width
    return (
        row * columns * district.width + number % columns * district.width + local % district.width
    )
