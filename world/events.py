"""The kinds of events that befall the whole town, with the columns that each uses."""

from world.registry import register_event_kind

MOMENT = register_event_kind(1, "calendar_moment", type="world_event", channel="world")
"""A moment of the day came; `reason` is its position in calendar.yaml, counted from 1."""

WEATHER = register_event_kind(2, "weather_change", type="weather_change", channel="world")
"""The weather changed to `reason`, a position in weather.yaml counted from 1; `amount` is the
temperature in degrees Celsius."""
