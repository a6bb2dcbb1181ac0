"""The ground of a district: a grid of square cells and how hard each is to cross.

A map is measured in whole pixels from its north-west corner, x to the east and y to the south. A
cell is known by its index, row * width + column. Everything is decided in integers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
"""x and y in pixels."""
Road = tuple[Sequence[Point], int]
"""The polyline that a road follows and its width in pixels."""
Box = tuple[int, int, int, int]
"""x and y of the north-west corner, width and height, in pixels."""
Side = Literal["north", "east", "south", "west", "centre"]

ROAD_EFFORT = 1_000
"""Per mille, as all efforts are: along a road, effort equals distance."""
OPEN_GROUND_EFFORT = 1_600
BLOCKED = 0

LARGEST_MAP = 16_000
"""Pixels on a side. Up to here squared areas fit in 64 bits and, up to HIGHEST_EFFORT, the effort
of a way through every cell of the map stays below 2**53, exact as a float64."""
HIGHEST_EFFORT = 1_000_000


class TerrainError(ValueError):
    """A map that cannot be; says in one sentence what is wrong with it."""


class Gates(NamedTuple):
    """The cells at which roads leave a district, one on each edge of its map."""

    north: int
    east: int
    south: int
    west: int


@dataclass(frozen=True, eq=False, slots=True)
class Terrain:
    """A grid to walk on.

    width, height: in cells. cell: the side of a cell in pixels. effort: int32[cells], per mille
    effort of crossing each cell, BLOCKED where nobody can walk.
    """

    width: int
    height: int
    cell: int
    effort: NDArray[np.int32]

    @classmethod
    def build(
        cls,
        width_px: int,
        height_px: int,
        cell_px: int,
        *,
        roads: Sequence[Road] = (),
        blocked: Sequence[Box] = (),
        open_ground_effort: int = OPEN_GROUND_EFFORT,
    ) -> "Terrain":
        """The grid of a map with these roads, and buildings and ponds that block the way.

        A cell belongs to a road when its centre lies within half the road's width of the polyline;
        a road is at least one cell wide. A cell that a box so much as touches is blocked, even on
        a road. Raises TerrainError for sizes out of range, and roads or boxes that leave the map,
        are empty or, for boxes, overlap.
        """
        check_sizes(width_px, height_px, cell_px, open_ground_effort)
        for road in roads:
            check_road(road, width_px, height_px)
        for box in blocked:
            check_box(box, width_px, height_px)
        for box, other in combinations(blocked, 2):
            check_apart(box, other)

        shape = (height_px // cell_px, width_px // cell_px)
        effort = np.full(shape, open_ground_effort, dtype=np.int32)
        for road in roads:
            effort[_paved(road, shape, cell_px)] = ROAD_EFFORT
        for box in blocked:
            north, east, south, west = _edges(box, cell_px)
            effort[north:south, west:east] = BLOCKED
        effort.setflags(write=False)
        return cls(width=shape[1], height=shape[0], cell=cell_px, effort=effort.reshape(-1))

    def door_cell(self, x: int, y: int, w: int, h: int, side: Side) -> int:
        """The cell just outside the middle of one side of a box, or its centre cell if open-air.

        Raises TerrainError if that cell is off the map or blocked.
        """
        north, east, south, west = _edges((x, y, w, h), self.cell)
        middle_row, middle_column = (y + h // 2) // self.cell, (x + w // 2) // self.cell
        row, column = {
            "north": (north - 1, middle_column),
            "east": (middle_row, east),
            "south": (south, middle_column),
            "west": (middle_row, west - 1),
            "centre": (middle_row, middle_column),
        }[side]
        door = f"the {side} door of the {_named((x, y, w, h))}"
        if not (0 <= row < self.height and 0 <= column < self.width):
            raise TerrainError(f"{door} is off the map")
        cell = row * self.width + column
        if self.effort[cell] == BLOCKED:
            raise TerrainError(f"{door}, cell {cell}, is blocked")
        return cell

    def middle_gates(self) -> Gates:
        """Gates at the middle of the four edges; raises TerrainError if one is blocked."""
        column, row = self.width // 2, self.height // 2 * self.width
        gates = Gates(
            north=column,
            east=row + self.width - 1,
            south=(self.height - 1) * self.width + column,
            west=row,
        )
        for edge, cell in gates._asdict().items():
            if self.effort[cell] == BLOCKED:
                raise TerrainError(f"the {edge} gate, cell {cell}, is blocked")
        return gates


def check_sizes(width: int, height: int, cell: int, effort: int) -> None:
    """Raises TerrainError unless a map, its cells and its open ground can be like this."""
    if cell < 1:
        raise TerrainError(f"a cell of {cell} px is too small")
    for size in (width, height):
        if not cell <= size <= LARGEST_MAP or size % cell:
            raise TerrainError(
                f"a map of {width} x {height} px is not made of whole cells of {cell} px "
                f"or is larger than {LARGEST_MAP} px"
            )
    if not 1 <= effort <= HIGHEST_EFFORT:
        raise TerrainError(f"open ground's effort {effort} is not within 1 to {HIGHEST_EFFORT}")


def check_road(road: Road, width: int, height: int) -> None:
    """Raises TerrainError for a road that is none, or leaves a map of this size."""
    points, breadth = road
    if len(points) < 2:
        raise TerrainError(f"the road {list(points)} needs at least two points")
    if not 1 <= breadth <= LARGEST_MAP:
        raise TerrainError(f"the road {list(points)} cannot be {breadth} px wide")
    for x, y in points:
        if not (0 <= x <= width and 0 <= y <= height):
            raise TerrainError(f"the road {list(points)} leaves the map at ({x}, {y})")


def check_box(box: Box, width: int, height: int) -> None:
    """Raises TerrainError for a box that is empty, or leaves a map of this size."""
    x, y, w, h = box
    if w < 1 or h < 1:
        raise TerrainError(f"the {_named(box)} is empty")
    if x < 0 or y < 0 or x + w > width or y + h > height:
        raise TerrainError(f"the {_named(box)} is off the map")


def check_apart(box: Box, other: Box) -> None:
    """Raises TerrainError if two boxes overlap."""
    x, y, w, h = box
    other_x, other_y, other_w, other_h = other
    if x < other_x + other_w and other_x < x + w and y < other_y + other_h and other_y < y + h:
        raise TerrainError(f"the {_named(box)} overlaps the {_named(other)}")


def _named(box: Box) -> str:
    x, y, w, h = box
    return f"building or pond at ({x}, {y}) of {w} x {h} px"


def _edges(box: Box, cell: int) -> tuple[int, int, int, int]:
    """North, east, south and west bounds of the cells that a box touches, half-open."""
    x, y, w, h = box
    return y // cell, -(-(x + w) // cell), -(-(y + h) // cell), x // cell


def _paved(road: Road, shape: tuple[int, int], cell: int) -> NDArray[np.bool_]:
    """The cells of a road, bool[height, width]."""
    points, breadth = road
    rows, columns = np.indices(shape, dtype=np.int64)
    # In half pixels, the centre of every cell is a whole number.
    x, y = (2 * columns + 1) * cell, (2 * rows + 1) * cell
    reach = max(breadth, cell) ** 2
    paved = np.zeros(shape, dtype=np.bool_)
    for x1, y1 in points:
        paved |= (x - 2 * x1) ** 2 + (y - 2 * y1) ** 2 <= reach
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = 2 * (x2 - x1), 2 * (y2 - y1)
        along = (x - 2 * x1) * dx + (y - 2 * y1) * dy
        across = (x - 2 * x1) * dy - (y - 2 * y1) * dx
        span = dx * dx + dy * dy
        paved |= (along > 0) & (along < span) & (across**2 <= reach * span)
    return paved
