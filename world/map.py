"""The map of a world: its ground, its doors and the ways between them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from world.engine.flow import flow_fields
from world.engine.lattice import Lattice
from world.engine.places import Places
from world.engine.routes import Routes, Walks
from world.engine.terrain import (
    BLOCKED,
    Box,
    Gates,
    Road,
    Terrain,
    TerrainError,
    check_apart,
    check_box,
    check_road,
    check_sizes,
)
from world.engine.town import Town, doors_of_districts
from world.scenario import Location, Scenario

if TYPE_CHECKING:
    from world.rules import Rules


def build_terrain(content: Mapping[str, Any]) -> Terrain:
    """The ground of a district. Raises TerrainError for a map that cannot be."""
    size = content["town"].map
    return Terrain.build(
        size.width,
        size.height,
        size.cell,
        roads=[_road(road) for road in content["roads"]],
        blocked=[_box(thing) for _, _, thing in _obstacles(content)],
        open_ground_effort=size.open_ground_effort,
    )


def gate_cells(content: Mapping[str, Any], terrain: Terrain) -> Gates:
    """The cells of the town's gates."""
    gates = {
        edge: y // terrain.cell * terrain.width + x // terrain.cell
        for edge, (x, y) in content["town"].gates
    }
    return Gates(**gates)


def check_map(scenario: Scenario) -> None:
    """Report what does not fit on the map, and doors and gates that cannot be reached."""
    known = len(scenario.problems)
    # Each asks for what the one before it has found in order.
    for check in (_check_size, _check_things, _check_ways):
        check(scenario)
        if len(scenario.problems) > known:
            return


def _check_size(scenario: Scenario) -> None:
    """Report a map that cannot be."""
    size = scenario["town"].map
    with _told(scenario, "town", ("map",)):
        check_sizes(size.width, size.height, size.cell, size.open_ground_effort)


def _check_things(scenario: Scenario) -> None:
    """Report gates, roads, places and ponds that do not fit on the map."""
    _check_gates(scenario)
    content, size = scenario.content, scenario["town"].map
    for index, road in enumerate(content["roads"]):
        with _told(scenario, "roads", (index,)):
            check_road(_road(road), size.width, size.height)
    for section in ("places", "ponds"):
        for index, thing in enumerate(content[section]):
            with _told(scenario, section, (index,)):
                check_box(_box(thing), size.width, size.height)
    for (_, _, other), (section, index, thing) in combinations(_obstacles(content), 2):
        with _told(scenario, section, (index,)):
            check_apart(_box(thing), _box(other))


def _check_gates(scenario: Scenario) -> None:
    """Report gates that are not at the edge that they are named after, or face no other gate."""
    size, gates = scenario["town"].map, scenario["town"].gates
    columns, rows = size.width // size.cell, size.height // size.cell
    cells = {edge: (x // size.cell, y // size.cell) for edge, (x, y) in gates}
    at_edge = {
        "north": cells["north"][1] == 0,
        "south": cells["south"][1] == rows - 1,
        "west": cells["west"][0] == 0,
        "east": cells["east"][0] == columns - 1,
    }
    for edge, (column, row) in cells.items():
        if not (0 <= column < columns and 0 <= row < rows and at_edge[edge]):
            expected = f"expected a point at the {edge} edge (found {list(getattr(gates, edge))})"
            scenario.problem("town", ("gates", edge), expected)
    for edge, opposite, axis in (("south", "north", 0), ("east", "west", 1)):
        if cells[edge][axis] != cells[opposite][axis]:
            expected = f"expected a point in line with the {opposite} gate, which it faces"
            scenario.problem("town", ("gates", edge), expected)


def _check_ways(scenario: Scenario) -> None:
    """Report doors and gates that are blocked, or else that no way leads to."""
    known = len(scenario.problems)
    terrain = build_terrain(scenario.content)
    gates = gate_cells(scenario.content, terrain)
    entrances: list[tuple[str, Location, str, int]] = []
    for edge, cell in gates._asdict().items():
        entrances.append(("town", ("gates", edge), f"the {edge} gate", cell))
        if terrain.effort[cell] == BLOCKED:
            scenario.problem("town", ("gates", edge), "expected a point that nothing stands on")
    for index, place in enumerate(scenario["places"]):
        with _told(scenario, "places", (index, "door")):
            door = terrain.door_cell(*_box(place), place.door)
            entrances.append(("places", (index, "door"), place.key, door))
    if len(scenario.problems) > known:
        return
    length = flow_fields(terrain, [gates.north]).length[0]
    for section, where, name, cell in entrances:
        if length[cell] < 0:
            scenario.problem(section, where, f"no way leads from the north gate to {name}")


@contextmanager
def _told(scenario: Scenario, section: str, where: Location) -> Iterator[None]:
    """Report a TerrainError as a problem of what stands at `where` in a section."""
    try:
        yield
    except TerrainError as error:
        scenario.problem(section, where, str(error))


def _obstacles(content: Mapping[str, Any]) -> list[tuple[str, int, Any]]:
    """What nobody can walk through, buildings and ponds, each with its section and index."""
    buildings = [
        ("places", index, place)
        for index, place in enumerate(content["places"])
        if not place.outdoor
    ]
    return buildings + [("ponds", index, pond) for index, pond in enumerate(content["ponds"])]


def _box(thing: Any) -> Box:
    return thing.x, thing.y, thing.width, thing.height


def _road(road: Any) -> Road:
    return road.points, road.width


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


def build_places_of_kind(rules: "Rules", constants: Mapping[str, Any]) -> dict[str, list[int]]:
    """The numbers of all places of each kind."""
    numbers: dict[str, list[int]] = {}
    for number, place in enumerate(rules["places"] * rules.world.districts, start=1):
        numbers.setdefault(place.kind, []).append(number)
    return numbers


def build_outdoors(rules: "Rules", constants: Mapping[str, Any]) -> NDArray[np.bool_]:
    """bool[P + 1]: whether each location, by its number, is in the open air; 0, the street, is."""
    places = rules["places"] * rules.world.districts
    return np.array([True, *(place.outdoor for place in places)])


def build_lattice(rules: "Rules", constants: Mapping[str, Any]) -> Lattice:
    """Where the cells of the world are."""
    size = rules["town"].map
    return Lattice(
        cell=size.cell,
        columns=size.width // size.cell,
        rows=size.height // size.cell,
        across=lattice_columns(rules.world.districts),
    )
