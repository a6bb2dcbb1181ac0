"""Settlement: at midnight everybody's day is paid for, and the town's figures are drawn up."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import SKILLS
from agents.credit import repaying
from agents.credit.repaying import Repaying
from agents.employment import staffing, trades
from agents.employment.staffing import Staffing
from agents.employment.trades import Trades
from agents.household import budget, chances
from agents.household.budget import Budget
from agents.household.chances import Chances
from agents.minds import climate
from agents.minds.climate import Climates
from agents.statistics import day
from agents.statistics.day import Day
from agents.systems.conduct import DECIDE, SENT_OUT
from economy import enterprises, events
from economy.enterprises import Closing
from world.engine.columns import Rows, locate
from world.engine.gametime import DAY, midnight_before
from world.engine.lines import POINT
from world.engine.pipeline import System
from world.engine.step import Step

HIRED_HAND = 50
"""Points of business of whoever runs what belongs to the town."""

_BUSINESS = SKILLS.index("business")


class Settlement(System):
    """Settles a day: what was earned by the piece, what living costs, what businesses have come to.

    It looks at columns only, and a midnight that was settled is not settled again.
    """

    reads = (
        "businesses.place",
        "residents.place",
        "residents.home",
        *budget.READS,
        *climate.READS,
        *chances.READS,
        *day.READS,
        *repaying.READS,
        *staffing.READS,
        *trades.READS,
    )
    writes = (
        *enterprises.WRITES,
        *chances.WRITES,
        *day.WRITES,
        *repaying.WRITES,
        *staffing.WRITES,
        *trades.WRITES,
        *needs.COLUMNS,
    )

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.skills = columns.skills
        self.climates = Climates(columns, constants)
        self.closing = Closing(columns, constants)
        self.budget = Budget(columns, constants)
        self.chances = Chances(columns, constants)
        self.trades = Trades(columns, constants)
        self.repaying = Repaying(columns, constants)
        self.staffing = Staffing(columns, constants)
        self.day = Day(columns, constants)

    def next_due(self, after: int) -> int:
        return midnight_before(after) + DAY

    def on_time(self, step: Step) -> None:
        if not self.closing.unsettled(step.instant):
            return
        rows = np.flatnonzero(self.livelihoods.left_at[:] == 0)
        self.closing.sell_outside(step, self.climates.demand(step.instant))
        self.trades.pay_commissions(step)
        self.trades.sell_art(step, rows)
        self.budget.pay_stipends(step, rows)
        self.chances.strike(step, rows)
        self.budget.pay_costs(step, rows)
        self.budget.pay_taxes(step, rows)
        self.repaying.settle(step)
        self._send_out(step, self.closing.pay_costs(step, self._managers()))
        self.closing.settle_institutions(step)
        self.staffing.follow_demand()
        self.day.count(step, rows)
        step.emit(events.SETTLED, data=[self.day.figures(step, rows)])
        self.closing.set_prices(beds_taken=self.day.beds_taken(rows))
        self.closing.begin_day(step)

    def _managers(self) -> NDArray[np.int64]:
        """Points of business of whoever runs each business, int64[B]."""
        owner = self.closing.businesses.owner[:]
        rows, owned = locate(self.residents.numbers, owner)
        skill = np.full(len(owner), HIRED_HAND, dtype=np.int64)
        skill[owned] = self.skills.levels[rows[owned], _BUSINESS] // POINT
        return skill

    def _send_out(self, step: Step, failed: Rows) -> None:
        """Whoever is in a place that has closed for good must leave it."""
        r = self.residents
        inside = np.flatnonzero(
            (r.place[:] > 0) & np.isin(r.place[:], self.closing.businesses.place[failed])
        )
        guests = inside[r.place[inside] != r.home[inside]]
        step.mark(DECIDE, guests)
        step.mark(SENT_OUT, guests)
