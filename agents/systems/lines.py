"""Lines: what people do and who is near them sets the rates at which their needs go on."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.systems.conduct import RENEW
from economy.classes import Classes
from world.engine.columns import Rows, locate
from world.engine.pipeline import System
from world.engine.step import Step


class Lines(System):
    """Re-anchors the needs of those whose activity changed, or whose company came or went."""

    reads = (
        "accounts.balance",
        "livelihoods.left_at",
        "residents.activity",
        "residents.place",
        "traits.levels",
    )
    writes = (*needs.COLUMNS, "residents.alert_at", "residents.alone")

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.traits = columns.traits
        self.activities = constants["activities"]
        self.needs = constants["needs"]
        self.accounts = columns.accounts
        self.livelihoods = columns.livelihoods
        self.classes: Classes = constants["classes"]
        self.place_count = len(constants["places"])

    def run(self, step: Step) -> None:
        r = self.residents
        people = np.bincount(r.place, minlength=self.place_count + 1)
        people[0] = 0
        alone = people[r.place] <= 1
        step.mark(RENEW, (alone != (r.alone[:] == 1)).nonzero()[0])
        rows = step.marked(RENEW)
        # Whoever has moved away has no needs that anybody looks after.
        rows = rows[self.livelihoods.left_at[rows] == 0]
        if not len(rows):
            return
        activity = r.activity[rows]
        rates = self.needs.rates(
            self.activities.rates[activity],
            self.activities.fixed[activity],
            self.traits.levels[rows].astype(np.int64),
            alone[rows],
            self._stress(rows),
        )
        values = needs.values_at(r, rows, step.instant)
        needs.anchor(r, rows, values, rates, step.instant)
        r.alone[rows] = alone[rows]
        r.alert_at[rows] = self.needs.alert_at(values, rates, step.instant)

    def _stress(self, rows: Rows) -> NDArray[np.int64]:
        """How hard each has it with what they own, per cent of the usual."""
        owned, _ = locate(self.accounts.numbers, self.residents.numbers[rows])
        return self.classes.stress[self.classes.of(self.accounts.balance[owned])]
