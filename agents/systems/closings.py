"""Closings: at closing time everyone inside is due and leaves, but for staff around their shift."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.systems import timing
from agents.systems.conduct import DECIDE, SENT_OUT
from agents.systems.timing import Timing
from world.engine.pipeline import System
from world.engine.step import Step


class Closings(System):
    """Sends the guests of a place away when it closes."""

    reads = timing.READS

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.places = constants["places"]
        self.timing = Timing(columns, constants)

    def next_due(self, after: int) -> int:
        return int(self.places.next_closing(after))

    def on_time(self, step: Step) -> None:
        r = self.residents
        closing = self.places.closing_at(step.instant) + 1
        inside = np.flatnonzero(np.isin(r.place, closing))
        staff = self.timing.staffs(inside, r.place[inside], step.instant)
        at_home = r.place[inside] == r.home[inside]
        guests = inside[~staff & ~at_home]
        step.mark(DECIDE, guests)
        step.mark(SENT_OUT, guests)
