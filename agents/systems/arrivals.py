"""Arrivals: walkers come to their doors; they get in, or they hear why not."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.provenance import Refusal
from agents.systems import conduct
from agents.systems.conduct import ENTERED, Conduct
from world.engine.draws import purpose
from world.engine.pipeline import System
from world.engine.places import Seats
from world.engine.step import Step

LOT = purpose("agents.arrivals.lot")


class Arrivals(System):
    """Lets walkers in while a place is open and has a seat; contested seats go by lot.

    One's own bed is always reserved, and staff may come an hour around their shift. Whoever cannot
    pay for what they came for stays outside.
    """

    reads = conduct.READS
    writes = conduct.COLUMNS

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.conduct = Conduct(columns, constants)
        self.places = constants["places"]
        self.shun = constants["instinct"].shun

    def run(self, step: Step) -> None:
        r = self.residents
        came = step.due[r.arrives_at[step.due] <= step.instant]
        if not len(came):
            return
        goal = r.bound_for[came]
        at_home = goal == r.home[came]
        staff = self.conduct.timing.staffs(came, goal, step.instant)
        is_open = self.places.is_open(goal - 1, step.instant) | staff | at_home
        climates = self.conduct.timing.climates
        shut = climates.at(step.instant).shut
        is_open &= ~np.isin(goal, shut) | at_home
        if climates.home_by(step.instant) == step.instant:
            is_open &= staff | at_home
        trades = self.conduct.purse.enterprises.trading()[goal]
        stocked = ~self.conduct.purse.sold_out(r.intent[came], goal)
        solvent = self.conduct.purse.can_afford(came, r.intent[came], goal)
        served = is_open & trades & stocked & solvent
        seated = at_home | self._seated(step, came, goal, served & ~at_home)
        welcome = served & seated
        guests = came[welcome]
        self.conduct.enter(guests)
        step.mark(ENTERED, guests)
        self.conduct.begin(step, guests, r.intent[guests], r.motive[guests], r.source[guests])
        if welcome.all():
            return
        reason = np.select(
            [~trades, ~is_open, ~stocked, ~solvent],
            [
                int(Refusal.OUT_OF_BUSINESS),
                int(Refusal.CLOSED),
                int(Refusal.SOLD_OUT),
                int(Refusal.UNAFFORDABLE),
            ],
            int(Refusal.FULL),
        )
        self.conduct.turn_away(step, came[~welcome], reason[~welcome], self.shun)

    def _seated(self, step: Step, came: Any, goal: Any, asking: Any) -> Any:
        """Who of those asking for a seat gets one."""
        r = self.residents
        place = r.place[:]
        visited = np.where(place == r.home, 0, place)
        taken = np.bincount(visited, minlength=len(self.places) + 1)[1:]
        seats = Seats(self.places.capacity, taken)
        doors = goal[asking] - 1
        if seats.suffice(doors):
            return asking
        numbers = r.numbers[came[asking]]
        seated = np.zeros(len(came), dtype=np.bool_)
        seated[asking] = seats.admit(doors, step.draws.words(numbers, LOT), numbers)
        return seated
