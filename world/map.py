"""The map of a world: its ground, its doors and the ways between them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.engine.places import Places
from world.engine.routes import RouteError, Routes, Walks
from world.engine.terrain import Gates, Terrain, TerrainError
from world.models import World
from world.scenario import Scenario


def build_terrain(
    town: Mapping[str, Any],
    roads: list[dict[str, Any]],
    ponds: list[dict[str, Any]],
    buildings: list[tuple[int, int, int, int]],
) -> Terrain:
    """The ground of a district. Raises TerrainError for a map that cannot be."""
    size = town["map"]
    return Terrain.build(
        size["width"],
        size["height"],
        size["cell"],
        roads=[([tuple(point) for point in road["points"]], road["width"]) for road in roads],
        blocked=[
            *buildings,
            *((pond["x"], pond["y"], pond["width"], pond["height"]) for pond in ponds),
        ],
        open_ground_effort=size["open_ground_effort"],
    )


def gate_cells(town: Mapping[str, Any], terrain: Terrain) -> Gates:
    """The cells of the town's gates."""
    cells = {
        edge: y // terrain.cell * terrain.width + x // terrain.cell
        for edge, (x, y) in town["gates"].items()
    }
    return Gates(**cells)


def check_map(scenario: Scenario) -> None:
    """Report buildings that do not fit the ground, and doors and gates out of reach."""
    town, plain = scenario.plain["town"], scenario.plain
    boxes = [_box(place) for place in plain["places"] if not place["outdoor"]]
    try:
        terrain = build_terrain(town, plain["roads"], plain["ponds"], boxes)
    except TerrainError as error:
        scenario.problem("places", (), str(error))
        return
    doors = []
    for index, place in enumerate(plain["places"]):
        try:
            doors.append(terrain.door_cell(*_box(place), place["door"]))
        except TerrainError as error:
            scenario.problem("places", (index, "door"), str(error))
    if scenario.problems:
        return
    try:
        Routes(terrain, doors, gates=gate_cells(town, terrain))
    except RouteError as error:
        scenario.problem("places", (), f"{error} (places count from 0)")


def _box(place: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return place["x"], place["y"], place["width"], place["height"]


def terrain_of(world: World) -> Terrain:
    """The ground of a founded world."""
    books = _rulebooks(world)
    buildings = world.locations.filter(outdoor=False).order_by("number")
    return build_terrain(
        books["town"],
        books["roads"],
        books["ponds"],
        [(place.x, place.y, place.width, place.height) for place in buildings],
    )


def door_cells(world: World, terrain: Terrain | None = None) -> NDArray[np.int64]:
    """The cell at the door of each location, in the order of their numbers."""
    ground = terrain or terrain_of(world)
    return np.array(
        [
            ground.door_cell(place.x, place.y, place.width, place.height, place.door)  # type: ignore[arg-type]
            for place in world.locations.order_by("number")
        ],
        dtype=np.int64,
    )


def build_walks(world: World, constants: Mapping[str, Any]) -> Walks:
    """The routes between the world's locations; a place's row is its number less one."""
    town = _rulebooks(world)["town"]
    terrain = terrain_of(world)
    return Routes(
        terrain,
        door_cells(world, terrain),
        gates=gate_cells(town, terrain),
        speed=town["map"]["walking_speed"],
        grid=world.grid,
    )


def build_places(world: World, constants: Mapping[str, Any]) -> Places:
    """Capacity and opening hours of the world's locations; a place's row is its number less one."""
    locations = list(world.locations.order_by("number"))
    return Places(
        capacity=[location.capacity for location in locations],
        opens=[location.opens for location in locations],
        closes=[location.closes for location in locations],
    )


def _rulebooks(world: World) -> dict[str, Any]:
    return dict(
        world.rulebooks.filter(section__in=("town", "roads", "ponds")).values_list(
            "section", "content"
        )
    )
