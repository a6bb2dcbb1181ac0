"""Calendar: tells the moments of the day."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from world import events
from world.engine.pipeline import System
from world.engine.step import Step


class CalendarMoments(System):
    """Tells sunrise, the beginning of work and the other moments of the day as they come."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.calendar = constants["calendar"]

    def next_due(self, after: int) -> int:
        return int(self.calendar.next_moment(after))

    def on_time(self, step: Step) -> None:
        moment = self.calendar.moment_at(step.instant)
        if moment is not None:
            step.emit(events.MOMENT, reason=moment + 1)
