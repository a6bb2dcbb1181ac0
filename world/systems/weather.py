"""Weather: tells the town when it changes."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from world import events
from world.engine.gametime import midnight_before
from world.engine.pipeline import System
from world.engine.step import Step


class WeatherChanges(System):
    """Tells a change of the weather, and the temperature of a new day."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.weather = constants["weather"]

    def next_due(self, after: int) -> int:
        return int(self.weather.next_span(after))

    def on_time(self, step: Step) -> None:
        now = step.instant
        kind = self.weather.kind_at(now)
        if kind != self.weather.kind_at(now - 1) or now == midnight_before(now):
            step.emit(events.WEATHER, reason=kind + 1, amount=self.weather.degrees_at(now))
