"""The kinds of events that befall the whole town, with the columns that each uses."""

from world.registry import register_event_kind

MOMENT = register_event_kind(1, "calendar_moment", type="world_event", channel="world")
"""A moment of the day came; `reason` is its position in calendar.yaml, counted from 1."""

WEATHER = register_event_kind(2, "weather_change", type="weather_change", channel="world")
"""The weather changed to `reason`, a position in weather.yaml counted from 1; `amount` is the
temperature in degrees Celsius."""

RULE_CHANGED = register_event_kind(3, "rule_change", type="rule_change", channel="world")
"""A rule of the town is another one from now on: `reason` is a Kind of `world.happenings`, `amount`
its value (-1: as the scenario has it), `until` when it is as before, 0 for good."""

HAPPENED = register_event_kind(4, "happening", type="world_event", channel="world")
"""Happening `amount` of Kind `reason` goes on in `place` (0: everywhere) until `until`; `data` has
its `strength`, and when it `starts` if that is later."""

HAPPENING_OVER = register_event_kind(5, "happening_over", type="world_event", channel="world")
"""Happening `amount` of Kind `reason` in `place` is over."""
