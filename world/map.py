"""The map of a world: its ground, its doors and the ways between them."""

from collections.abc import Mapping
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from world.engine.places import Places
from world.engine.routes import RouteError, Routes, Walks
from world.engine.terrain import Box, Gates, Terrain, TerrainError
from world.engine.town import Town, doors_of_districts
from world.scenario import Scenario

if TYPE_CHECKING:
    from world.rules import Rules


def build_terrain(content: Mapping[str, Any]) -> Terrain:
    """The ground of a scenario's district. Raises TerrainError for a map that cannot be."""
    size = content["town"].map
    buildings = [_box(place) for place in content["places"] if not place.outdoor]
    return Terrain.build(
        size.width,
        size.height,
        size.cell,
        roads=[(road.points, road.width) for road in content["roads"]],
        blocked=[*buildings, *(_box(pond) for pond in content["ponds"])],
        open_ground_effort=size.open_ground_effort,
    )


def gate_cells(content: Mapping[str, Any], terrain: Terrain) -> Gates:
    """The cells of the town's gates."""
    gates = {
        edge: y // terrain.cell * terrain.width + x // terrain.cell
        for edge, (x, y) in content["town"].gates
    }
    return Gates(**gates)


def check_gates(scenario: Scenario) -> None:
    """Report gates that are not in a cell at the edge of the map that they are named after."""
    size = scenario["town"].map
    columns, rows = size.width // size.cell, size.height // size.cell
    for edge, (x, y) in scenario["town"].gates:
        column, row = x // size.cell, y // size.cell
        at_edge = {
            "north": row == 0,
            "south": row == rows - 1,
            "west": column == 0,
            "east": column == columns - 1,
        }
        if not (0 <= column < columns and 0 <= row < rows and at_edge[edge]):
            scenario.problem(
                "town", ("gates", edge), f"expected a point at the {edge} edge (found {[x, y]})"
            )


def check_map(scenario: Scenario) -> None:
    """Report buildings that do not fit the ground, and doors and gates out of reach."""
    check_gates(scenario)
    content, places = scenario.content, scenario["places"]
    try:
        terrain = build_terrain(content)
    except TerrainError as error:
        scenario.problem("places", (), str(error))
        return
    doors = []
    for index, place in enumerate(places):
        try:
            doors.append(terrain.door_cell(*_box(place), place.door))
        except TerrainError as error:
            scenario.problem("places", (index, "door"), str(error))
    if scenario.problems:
        return
    try:
        Routes(terrain, doors, gates=gate_cells(content, terrain))
    except RouteError as error:
        scenario.problem("places", (), f"{error} (places count from 0)")


def _box(thing: Any) -> Box:
    return thing.x, thing.y, thing.width, thing.height


def door_cells(content: Mapping[str, Any], terrain: Terrain) -> NDArray[np.int64]:
    """The cell at the door of each place of a district, in their order."""
    doors = [terrain.door_cell(*_box(place), place.door) for place in content["places"]]
    return np.array(doors, dtype=np.int64)


def doors_of_town(content: Mapping[str, Any], districts: int) -> NDArray[np.int64]:
    """The cell at the door of every location of a town, in the order of their numbers."""
    terrain = build_terrain(content)
    return doors_of_districts(door_cells(content, terrain), len(terrain.effort), districts)


def lattice_columns(districts: int) -> int:
    """How many districts lie side by side in a town of so many, which is about square."""
    return isqrt(districts - 1) + 1


def build_walks(rules: "Rules", constants: Mapping[str, Any]) -> Walks:
    """The ways between the world's locations; a place's row is its number less one."""
    terrain = build_terrain(rules.content)
    district = Routes(
        terrain,
        door_cells(rules.content, terrain),
        gates=gate_cells(rules.content, terrain),
        speed=rules["town"].map.walking_speed,
        grid=rules.world.grid,
    )
    districts = rules.world.districts
    if districts == 1:
        return district
    return Town(district, columns=lattice_columns(districts), districts=districts)


def build_places(rules: "Rules", constants: Mapping[str, Any]) -> Places:
    """Capacity and opening hours of the world's locations; a place's row is its number less one."""
    places = rules["places"] * rules.world.districts
    return Places(
        capacity=[place.capacity for place in places],
        opens=[[opens for opens, _ in place.open] for place in places],
        closes=[[closes for _, closes in place.open] for place in places],
    )


def build_outdoors(rules: "Rules", constants: Mapping[str, Any]) -> NDArray[np.bool_]:
    """bool[P + 1]: whether each location, by its number, is in the open air; 0, the street, is."""
    places = rules["places"] * rules.world.districts
    return np.array([True, *(place.outdoor for place in places)])
