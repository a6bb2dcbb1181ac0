"""What the world itself brings to the registry."""

from world import calendar, events, happenings, presentation, registry, weather
from world.founding import found_map
from world.going_on import going_on_part
from world.hot_things import HotThings
from world.map import (
    build_lattice,
    build_outdoors,
    build_places,
    build_places_of_kind,
    build_walks,
)
from world.models import Happening
from world.sections import SECTIONS
from world.stream.snapshot import stage_part


def register() -> None:
    """Called once, when Django is ready; importing events registers their kinds."""
    assert events.MOMENT in registry.event_kinds
    for section in (*SECTIONS, calendar.SECTION, weather.SECTION, happenings.SECTION):
        registry.register_section(section)
    registry.register_hot_table(HotThings("happenings", Happening))
    for kind in (happenings.RULE, happenings.HAPPENING):
        registry.register_inbox_kind(kind)
    registry.register_constant("happenings", lambda rules, _: rules["happenings"])
    registry.register_constant("places_of_kind", build_places_of_kind)
    registry.register_founder("map", found_map, rank=10)
    registry.register_constant("places", build_places)
    registry.register_constant("walks", build_walks)
    registry.register_constant("outdoors", build_outdoors)
    registry.register_constant("lattice", build_lattice)
    registry.register_presenter(events.MOMENT, presentation.present_moments)
    registry.register_presenter(events.WEATHER, presentation.present_weather)
    registry.register_presenter(events.RULE_CHANGED, presentation.present_rules)
    registry.register_presenter(events.HAPPENED, presentation.present_happenings)
    registry.register_presenter(events.HAPPENING_OVER, presentation.present_happenings)
    registry.register_snapshot_part("stage", stage_part)
    registry.register_snapshot_part("going_on", going_on_part)
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
