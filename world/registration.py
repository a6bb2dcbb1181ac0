"""What the world itself brings to the registry."""

from world import calendar, events, presentation, registry, weather
from world.founding import found_map
from world.map import build_lattice, build_outdoors, build_places, build_walks
from world.sections import SECTIONS
from world.stream.snapshot import stage_part


def register() -> None:
    """Called once, when Django is ready; importing events registers their kinds."""
    assert events.MOMENT in registry.event_kinds
    for section in (*SECTIONS, calendar.SECTION, weather.SECTION):
        registry.register_section(section)
    registry.register_founder("map", found_map, rank=10)
    registry.register_constant("places", build_places)
    registry.register_constant("walks", build_walks)
    registry.register_constant("outdoors", build_outdoors)
    registry.register_constant("lattice", build_lattice)
    registry.register_presenter(events.MOMENT, presentation.present_moments)
    registry.register_presenter(events.WEATHER, presentation.present_weather)
    registry.register_snapshot_part("stage", stage_part)
    registry.register_constant(
        "calendar",
        lambda rules, _: calendar.Calendar.compile(rules["calendar"], rules.world.first_day),
    )
    registry.register_constant(
        "weather",
        lambda rules, constants: weather.Weather(
            rules["weather"], constants["calendar"], rules.world.seed
        ),
    )
