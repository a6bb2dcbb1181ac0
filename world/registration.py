"""What the world itself brings to the registry."""

from world import registry
from world.founding import found_map
from world.map import build_places, build_walks
from world.sections import SECTIONS


def register() -> None:
    """Called once, when Django is ready."""
    for section in SECTIONS:
        registry.register_section(section)
    registry.register_founder("map", found_map)
    registry.register_constant("places", build_places)
    registry.register_constant("walks", build_walks)
