"""Endings: an activity that ends leaves what it promised, and its doer decides anew."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import needs
from agents.activities import Activities
from agents.minds import climate
from agents.minds.climate import Climates
from agents.needs import NEEDS, milli
from agents.options import Offers
from agents.systems.conduct import DECIDE
from world.engine.columns import Rows
from world.engine.gametime import NEVER
from world.engine.pipeline import System
from world.engine.step import Step


class Endings(System):
    """Ends activities whose time has come: needs gain what it promised."""

    reads = ("residents.activity", "residents.place", "residents.think_at", *climate.READS)
    writes = (*needs.COLUMNS, "residents.ends_at")

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.offers: Offers = constants["offers"]
        self.activities: Activities = constants["activities"]
        self.climates = Climates(columns, constants)

    def run(self, step: Step) -> None:
        r = self.residents
        step.mark(DECIDE, step.due[r.think_at[step.due] <= step.instant])
        ended = step.due[r.ends_at[step.due] <= step.instant]
        if not len(ended):
            return
        gains = self.offers.gains_of(r.activity[ended], r.place[ended])
        gains = gains + self._merriment(step, ended)
        values = needs.values_at(r, ended, step.instant) + gains
        needs.anchor(r, ended, values, None, step.instant)
        r.ends_at[ended] = NEVER
        step.mark(DECIDE, ended)

    def _merriment(self, step: Step, rows: Rows) -> Any:
        """What gatherings and festivals add to what one has done, milli-points int64[n, 6]."""
        r, climate = self.residents, self.climates.at(step.instant)
        more = np.zeros((len(rows), len(NEEDS)), dtype=np.int64)
        if not len(climate.gatherings) and not climate.festival:
            return more
        rule = self.climates.rules
        activity = r.activity[rows]
        gathered = np.isin(r.place[rows], climate.gatherings)
        merry = self.activities.sociable[activity] | self.activities.entertains[activity]
        merry &= climate.festival
        for need in ("fun", "social"):
            more[:, NEEDS.index(need)] = gathered * milli(
                getattr(rule.gathering, need)
            ) + merry * milli(getattr(rule.festival, need))
        return more
