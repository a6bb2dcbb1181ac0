"""Employment: just after midnight work is judged, lost and found."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.employment import hiring, losing, review, staffing
from agents.employment.hiring import Hiring
from agents.employment.losing import Losing
from agents.employment.review import Review
from agents.employment.rules import EmploymentSpec
from agents.employment.staffing import Staffing
from agents.employment.vocabulary import Loss
from agents.minds import climate
from agents.minds.climate import Climates
from agents.occupations import Occupations
from economy.enterprises import Enterprises
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, HOUR, MINUTE, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step
from world.happenings import Kind

AFTER_MIDNIGHT = 5 * MINUTE
LAY_OFF = purpose("agents.employment.lay_off")


class Employment(System):
    """Reviews yesterday's work, lets people go, and gives free posts to those who look for one."""

    reads = (*review.READS, *hiring.READS, *staffing.READS, *climate.READS, "livelihoods.left_at")
    writes = (
        *losing.WRITES,
        *hiring.WRITES,
        *review.WRITES,
        *staffing.WRITES,
        "livelihoods.came_at",
        "livelihoods.worked",
    )

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.review = Review(columns, constants)
        self.losing = Losing(columns, constants)
        self.staffing = Staffing(columns, constants)
        self.climates = Climates(columns, constants)
        self.hiring = Hiring(columns, constants)
        self.enterprises = Enterprises(columns, constants)
        self.rules: EmploymentSpec = constants["employment"]
        self.occupations: Occupations = constants["occupations"]

    def next_due(self, after: int) -> int:
        today = midnight_before(after) + AFTER_MIDNIGHT
        return today if after < today else today + DAY

    def on_time(self, step: Step) -> None:
        self.losing.lose(step, self._of_closed(), Loss.CLOSED)
        self.losing.lose(step, self.review.of(step, self._employed()), Loss.DISMISSED)
        self.losing.lose(step, self.staffing.cut(), Loss.LAID_OFF)
        self.losing.lose(step, self._laid_off(step), Loss.LAID_OFF)
        if not self._is_crisis(step):
            seekers = self._seekers()
            self.staffing.follow_hands(seekers)
            self.hiring.match(step, seekers)
        live = self.livelihoods
        seeking = self._without_work()
        live.jobless_days[seeking] = live.jobless_days[seeking] + 1
        live.worked[slice(None)] = live.came_at[slice(None)] = 0

    def _employed(self) -> Rows:
        """The rows of those who work for pay at somebody's."""
        r = self.residents
        return np.flatnonzero((r.shift[:] > 0) & (self.occupations.pay[r.occupation[:]] > 0))

    def _of_closed(self) -> Rows:
        employed = self._employed()
        return employed[~self.enterprises.trading()[self.residents.workplace[employed]]]

    def _laid_off(self, step: Step) -> Rows:
        """Whom chance hits; in a crisis it hits many of those who work for businesses."""
        employed = self._employed()
        numbers = self.residents.numbers[employed]
        likely = np.full(len(employed), self.rules.lay_offs)
        if self._is_crisis(step):
            crisis, idle = self.climates.rules.crisis, len(self._without_work())
            private = ~self.enterprises.is_public(self.residents.workplace[employed])
            if idle * 1000 < crisis.most * (idle + len(employed)):
                likely = np.where(private, crisis.lay_offs, likely)
        return employed[step.draws.chance(likely, numbers, LAY_OFF)]

    def _is_crisis(self, step: Step) -> bool:
        return self.climates.in_force.on(Kind.CRISIS, step.instant)

    def _without_work(self) -> Rows:
        r = self.residents
        here = self.livelihoods.left_at[:] == 0
        return np.flatnonzero(here & (r.occupation[:] == self.occupations.seeking))

    def _seekers(self) -> Rows:
        """Those without work who have looked for some long enough."""
        rows = self._without_work()
        return rows[self.livelihoods.searched[rows] >= self.rules.search_hours * HOUR]
