"""Routes: how long a walk takes, and where a walker is on the way.

A walk is known by the cell in which it starts and the place to which it leads. It follows the flow
field of the place's door at a constant speed that makes it arrive exactly on an instant of the
grid. Everything is a function of these and the terrain, so a walk needs no stored positions.
"""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.flow import flow_fields
from world.engine.gametime import on_or_after
from world.engine.terrain import BLOCKED, Gates, Terrain

WALKING_SPEED = 5
"""Pixels per game second."""
GRID = 30
"""Game seconds between instants."""


class RouteError(ValueError):
    """There is no way; says between what."""


class Walks(ABC):
    """The walks of a town, whether of one district or of many.

    doors: int64[P], the door cell of each place row. cell_count: cells of the whole map. speed:
    pixels per game second. grid: game seconds between instants.
    """

    def __init__(self, *, doors: NDArray[np.int64], cell_count: int, speed: int, grid: int) -> None:
        self.doors = doors
        self.cell_count = cell_count
        self.speed = speed
        self.grid = grid

    def travel_seconds(self, origin_cells: ArrayLike, places: ArrayLike) -> NDArray[np.int64]:
        """Game seconds from each cell to the door of each place; int64[n] of int[n] and int[n].

        A whole number of grid steps, at least one: to enter a place takes a step even at its door.
        Raises RouteError naming a cell and a place between which no way leads.
        """
        return self._seconds(self._lengths(*self._checked(origin_cells, places)))

    def between(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Game seconds from the door of each place to the door of another, broadcast together.

        Places are rows that are known to exist; nothing is checked. At least a grid step.
        """
        return self.travel_seconds(self.doors[origins], places)

    def cell_at(
        self, origin_cells: ArrayLike, places: ArrayLike, elapsed_seconds: ArrayLike
    ) -> NDArray[np.int32]:
        """The cell in which each walker is, `elapsed_seconds` after setting out; all are int[n].

        It is the last cell whose centre the walker has reached: the origin at first (and before),
        the door after `travel_seconds` (and later). Raises RouteError as `travel_seconds` does.
        """
        origins, rows = self._checked(origin_cells, places)
        lengths = self._lengths(origins, rows)
        total = self._seconds(lengths)
        elapsed = np.clip(np.asarray(elapsed_seconds, dtype=np.int64), 0, total)
        return self._cells_after(origins, rows, lengths * elapsed // total).astype(np.int32)

    def path(self, origin_cell: int, place: int) -> NDArray[np.int32]:
        """The cells of a walk from its origin to the door, inclusive, int32[k].

        Raises RouteError as `travel_seconds` does.
        """
        self._lengths(*self._checked([origin_cell], [place]))
        return self._path(origin_cell, place)

    def _checked(
        self, origin_cells: ArrayLike, places: ArrayLike
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Both as int64 of one shape, once they are known to lie on the map."""
        origins, rows = np.broadcast_arrays(
            np.atleast_1d(np.asarray(origin_cells, dtype=np.int64)),
            np.atleast_1d(np.asarray(places, dtype=np.int64)),
        )
        known = (origins >= 0) & (origins < self.cell_count)
        self._refuse(~known | (rows < 0) | (rows >= len(self.doors)), origins, rows)
        return origins, rows

    def _seconds(self, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        """Game seconds to walk these millipixels."""
        exact = -(-lengths // (1_000 * self.speed))
        return np.maximum(on_or_after(exact, self.grid), self.grid)

    @staticmethod
    def _refuse(
        wrong: NDArray[np.bool_], origins: NDArray[np.int64], places: NDArray[np.int64]
    ) -> None:
        """Raises RouteError for the first walk that is `wrong`, if any is."""
        if wrong.any():
            cell, place = origins[wrong][0], places[wrong][0]
            raise RouteError(f"no way leads from cell {cell} to place {place}")

    @abstractmethod
    def _lengths(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Millipixels of each walk; raises RouteError where there is none."""

    @abstractmethod
    def _cells_after(
        self, origins: NDArray[np.int64], places: NDArray[np.int64], walked: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Where each walk, known to exist, has led after these millipixels."""

    @abstractmethod
    def _path(self, origin: int, place: int) -> NDArray[np.int32]:
        """The cells of a walk that is known to exist."""


class Routes(Walks):
    """The walks of one district.

    fields: the flow fields of the P doors, followed by those of the gates, if there are any.
    table: int64[P, P], travel seconds from door to door.
    """

    def __init__(
        self,
        terrain: Terrain,
        doors: ArrayLike,
        *,
        gates: Gates | None = None,
        speed: int = WALKING_SPEED,
        grid: int = GRID,
    ) -> None:
        """Raises RouteError unless every door and gate can be reached from every other."""
        door_cells = np.asarray(doors, dtype=np.int64)
        goals = np.append(door_cells, np.array(gates or (), dtype=np.int64))
        names = [f"place {row}" for row in range(len(door_cells))]
        names += [f"the {edge} gate" for edge in gates._fields] if gates else []
        super().__init__(doors=door_cells, cell_count=len(terrain.effort), speed=speed, grid=grid)
        for name, cell in zip(names, goals, strict=True):
            if not 0 <= cell < self.cell_count or terrain.effort[cell] == BLOCKED:
                raise RouteError(f"{name} cannot be entered from cell {cell}")
        self.terrain = terrain
        self.gates = gates
        self.fields = flow_fields(terrain, goals)
        cut_off = np.argwhere(self.fields.length[:, goals] < 0)
        if len(cut_off):
            goal, origin = cut_off[0]
            raise RouteError(
                f"no way leads from {names[origin]}, cell {goals[origin]}, "
                f"to {names[goal]}, cell {goals[goal]}"
            )
        self.table = self.travel_seconds(door_cells[:, None], np.arange(len(door_cells)))

    def between(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.table[origins, places]

    def _lengths(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        lengths = self.fields.length[places, origins]
        self._refuse(lengths < 0, origins, places)
        return lengths

    def _cells_after(
        self, origins: NDArray[np.int64], places: NDArray[np.int64], walked: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        return self.fields.cells_after(origins, places, walked)

    def _path(self, origin: int, place: int) -> NDArray[np.int32]:
        return self.fields.path(origin, place)
