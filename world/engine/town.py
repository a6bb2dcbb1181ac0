"""Towns of many districts: the same map laid side by side, joined by roads through gates.

Districts fill a lattice row by row, `columns` to a row; the last row may be short. The rule of the
way is the same everywhere: north while the goal lies further north, then east or west, then south.
So one walks along the upper of two rows, which is full or holds both ends, and along the column of
the lower end: no way leads through a district missing from the last row. Ways there and back pass
the same districts.
"""

import numpy as np
from numpy.typing import NDArray

from world.engine.flow import straight_step
from world.engine.routes import RouteError, Routes, Walks
from world.engine.terrain import Gates, Terrain

_NORTH, _EAST, _SOUTH, _WEST = range(len(Gates._fields))


class Town(Walks):
    """The walks of a town of D equal districts of P places and C cells each.

    In a town, cell = district * C + local cell, and place = district * P + local row; with one
    district these and all walks are those of its Routes.
    """

    def __init__(self, district: Routes, *, columns: int, districts: int) -> None:
        """Raises RouteError if several districts cannot be joined by the gates of theirs."""
        if columns < 1 or districts < 1:
            raise RouteError(f"{districts} districts in {columns} columns are no town")
        if districts > 1 and not _joins(district.gates, district.terrain):
            raise RouteError(
                "districts are joined by gates that face each other on opposite edges of the map, "
                f"not {district.gates}"
            )
        super().__init__(
            doors=doors_of_districts(district.doors, district.cell_count, districts),
            cell_count=districts * district.cell_count,
            speed=district.speed,
            grid=district.grid,
        )
        self.district = district
        self._fields = district.fields
        self._cells = district.cell_count
        self._places = len(district.doors)
        self._table = district.table.reshape(-1)
        self._gates = np.array(district.gates or (), dtype=np.int64)
        self._border = straight_step(district.terrain.cell)
        self._neighbour = np.array([-columns, 1, columns, -1], dtype=np.int64)
        self._exits = _exits(columns, districts)
        self._lengths_between = self._measure_between()
        self._to_gate = self._fields.length[self._places :, district.doors]

    def between(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        district = origins // self._places
        far = district != places // self._places
        # The table of a district, read by one index: origin x P + place, both counted in it.
        index = (origins - district * (self._places + 1)) * self._places + places
        if not far.any():
            return np.asarray(self._table[index])
        index[far] = 0
        seconds: NDArray[np.int64] = self._table[index]
        origins, places = (np.broadcast_to(each, far.shape)[far] for each in (origins, places))
        home, origin = np.divmod(origins, self._places)
        away, place = np.divmod(places, self._places)
        way_out = self._to_gate[self._exits[home, away], origin]
        seconds[far] = self._seconds(way_out + self._beyond(home, away, place))
        return seconds

    def _lengths(self, origins: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        home, cell = np.divmod(origins, self._cells)
        away, place = np.divmod(places, self._places)
        lengths = self._fields.length[self._goal(home, away, place), cell]
        self._refuse(lengths < 0, origins, places)
        leaves = home != away
        lengths[leaves] += self._beyond(home[leaves], away[leaves], place[leaves])
        return lengths

    def _beyond(
        self, home: NDArray[np.int64], away: NDArray[np.int64], place: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Millipixels from the gate out of one district to a place of another."""
        # Ways back pass the same gates: one enters where one would set out for home.
        way_in: NDArray[np.int64] = self._to_gate[self._exits[away, home], place]
        return self._lengths_between[home, away] + way_in

    def _cells_after(
        self, origins: NDArray[np.int64], places: NDArray[np.int64], walked: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        here, cell = np.divmod(origins, self._cells)
        away, place = np.divmod(places, self._places)
        while True:
            goal = self._goal(here, away, place)
            stage = self._fields.length[goal, cell] + self._border
            crosses = (here != away) & (walked >= stage)
            if not crosses.any():
                local = self._fields.cells_after(cell, goal, walked)
                return here * self._cells + local
            walked = np.where(crosses, walked - stage, walked)
            gate = self._exits[here[crosses], away[crosses]]
            cell[crosses] = self._gates[_opposite(gate)]
            here[crosses] += self._neighbour[gate]

    def _path(self, origin: int, place: int) -> NDArray[np.int32]:
        here, cell = divmod(origin, self._cells)
        away, row = divmod(place, self._places)
        stages = []
        while here != away:
            gate = int(self._exits[here, away])
            stages.append(here * self._cells + self._fields.path(cell, self._places + gate))
            here += int(self._neighbour[gate])
            cell = int(self._gates[_opposite(gate)])
        stages.append(here * self._cells + self._fields.path(cell, row))
        return np.concatenate(stages).astype(np.int32)

    def _goal(
        self, here: NDArray[np.int64], away: NDArray[np.int64], place: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The row of the field to follow: to the place, or to the gate of the way there."""
        return np.where(here == away, place, self._places + self._exits[here, away])

    def _measure_between(self) -> NDArray[np.int64]:
        """Millipixels from the gate out of one district to the gate into another, int64[D, D]."""
        crossing = self._fields.length[self._places :, self._gates]
        districts = np.arange(len(self._exits))
        here, away = np.meshgrid(districts, districts, indexing="ij")
        lengths = np.zeros(here.shape, dtype=np.int64)
        while (going := here != away).any():
            gate = self._exits[here, away]
            here = np.where(going, here + self._neighbour[gate], here)
            lengths += np.where(going, self._border, 0)
            passing = here != away
            ahead = self._exits[here[passing], away[passing]]
            lengths[passing] += crossing[ahead, _opposite(gate[passing])]
        return lengths


def doors_of_districts(
    doors: NDArray[np.int64], cell_count: int, districts: int
) -> NDArray[np.int64]:
    """The door cells of a town, int64[D * P], from those of a district of so many cells."""
    every = np.arange(districts, dtype=np.int64)[:, None]
    return (every * cell_count + doors).reshape(-1)


def _joins(gates: Gates | None, terrain: Terrain) -> bool:
    """Whether a step over the edge of the map through a gate ends on the gate opposite."""
    return (
        gates is not None
        and gates.north < terrain.width
        and gates.south == gates.north + (terrain.height - 1) * terrain.width
        and gates.west % terrain.width == 0
        and gates.east == gates.west + terrain.width - 1
    )


def _exits(columns: int, districts: int) -> NDArray[np.int64]:
    """The gate by which to leave each district for each other, int64[D, D]; unused for itself."""
    row, column = np.divmod(np.arange(districts), columns)
    down = row[None, :] - row[:, None]
    right = column[None, :] - column[:, None]
    return np.select([down < 0, right > 0, right < 0], [_NORTH, _EAST, _WEST], _SOUTH)


def _opposite(gate: NDArray[np.int64] | int) -> NDArray[np.int64] | int:
    """The gate that faces this one across the border."""
    return (gate + 2) % 4
