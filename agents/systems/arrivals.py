"""Arrivals: walkers come to their doors; they get in, or they hear why not."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.provenance import Refusal
from agents.systems import conduct
from agents.systems.closings import STAFF_WITHIN
from agents.systems.conduct import Conduct
from world.engine.draws import purpose
from world.engine.pipeline import System
from world.engine.places import Seats
from world.engine.step import Step

LOT = purpose("agents.arrivals.lot")


class Arrivals(System):
    """Lets walkers in while a place is open and has a seat; contested seats go by lot.

    One's own bed is always reserved, and staff may come an hour around their shift.
    """

    reads = conduct.READS
    writes = conduct.COLUMNS

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.conduct = Conduct(columns, constants)
        self.places = constants["places"]
        self.shifts = constants["shifts"]
        self.shun = constants["instinct"].shun

    def run(self, step: Step) -> None:
        r = self.residents
        came = step.due[r.arrives_at[step.due] <= step.instant]
        if not len(came):
            return
        goal = r.bound_for[came]
        at_home = goal == r.home[came]
        staff = (goal == r.workplace[came]) & self.shifts.near_duty(
            r.shift[came], r.workdays[came], step.instant, STAFF_WITHIN
        )
        is_open = self.places.is_open(goal - 1, step.instant) | staff | at_home
        welcome = is_open & (at_home | self._seated(step, came, goal, is_open & ~at_home))
        guests = came[welcome]
        self.conduct.enter(guests)
        self.conduct.begin(step, guests, r.intent[guests], r.motive[guests], r.source[guests])
        reason = np.where(is_open, int(Refusal.FULL), int(Refusal.CLOSED))
        self.conduct.turn_away(step, came[~welcome], reason[~welcome], self.shun)

    def _seated(self, step: Step, came: Any, goal: Any, asking: Any) -> Any:
        """Who of those asking for a seat gets one."""
        r = self.residents
        guest = (r.place[:] > 0) & (r.place[:] != r.home)
        taken = np.bincount(r.place[guest], minlength=len(self.places) + 1)[1:]
        seated = np.zeros(len(came), dtype=np.bool_)
        numbers = r.numbers[came[asking]]
        lots = step.draws.words(numbers, LOT)
        seats = Seats(self.places.capacity, taken)
        seated[asking] = seats.admit(goal[asking] - 1, lots, numbers)
        return seated
