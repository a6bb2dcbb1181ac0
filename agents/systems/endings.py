"""Endings: an activity that ends leaves what it promised, and its doer decides anew."""

from types import SimpleNamespace
from typing import Any

from agents import needs
from agents.options import Offers
from agents.systems.conduct import DECIDE
from world.engine.gametime import NEVER
from world.engine.pipeline import System
from world.engine.step import Step


class Endings(System):
    """Ends activities whose time has come: needs gain what it promised."""

    reads = ("residents.activity", "residents.place", "residents.think_at")
    writes = (*needs.COLUMNS, "residents.ends_at")

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.offers: Offers = constants["offers"]

    def run(self, step: Step) -> None:
        r = self.residents
        step.mark(DECIDE, step.due[r.think_at[step.due] <= step.instant])
        ended = step.due[r.ends_at[step.due] <= step.instant]
        if not len(ended):
            return
        gains = self.offers.gains_of(r.activity[ended], r.place[ended])
        values = needs.values_at(r, ended, step.instant) + gains
        needs.anchor(r, ended, values, None, step.instant)
        r.ends_at[ended] = NEVER
        step.mark(DECIDE, ended)
