"""Losing work: what it means for the columns, and what one gets for it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.employment.rules import EmploymentSpec
from agents.employment.vocabulary import Loss
from agents.models.livelihood import FAIR
from agents.occupations import Occupations
from economy import ledger
from economy.ledger import Ledger
from economy.money import Category
from world.engine.columns import Rows
from world.engine.gametime import midnight_before
from world.engine.step import Step

USUAL_HOURS = 8
"""Hours in a day of usual pay."""

WRITES = (
    *ledger.COLUMNS,
    "residents.occupation",
    "residents.shift",
    "residents.workdays",
    "residents.workplace",
    "livelihoods.hired_at",
    "livelihoods.jobless_days",
    "livelihoods.performance",
    "livelihoods.searched",
    "livelihoods.warnings",
)


class Losing:
    """columns: granted tables with WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.ledger = Ledger(columns)
        self.rules: EmploymentSpec = constants["employment"]
        self.occupations: Occupations = constants["occupations"]
        self.owners = constants["owners"]

    def lose(self, step: Step, rows: Rows, why: Loss) -> None:
        """Let these residents, who work for pay, be without work, and pay what is due for it."""
        if not len(rows):
            return
        r, live = self.residents, self.livelihoods
        place = r.workplace[rows].astype(np.int64)
        severance = self._severance(step, rows, why)
        step.emit(
            events.WORK_LOST,
            actor=r.numbers[rows],
            place=place,
            reason=int(why),
            amount=severance,
            until=r.occupation[rows],
        )
        r.occupation[rows] = self.occupations.seeking
        r.workplace[rows] = r.shift[rows] = r.workdays[rows] = 0
        live.performance[rows] = FAIR
        live.hired_at[rows] = live.warnings[rows] = 0
        live.searched[rows] = live.jobless_days[rows] = 0

    def _severance(self, step: Step, rows: Rows, why: Loss) -> Any:
        """Some days of usual pay, as far as the employer has them."""
        days = {
            Loss.DISMISSED: self.rules.severance.dismissed,
            Loss.LAID_OFF: self.rules.severance.laid_off,
        }.get(why, 0)
        r = self.residents
        employer = self.owners[r.workplace[rows]]
        due = self.occupations.pay[r.occupation[rows]] * USUAL_HOURS * days
        paid = np.zeros(len(rows), dtype=np.int64)
        held = {int(each): int(self.ledger.balance_of(each)[0]) for each in np.unique(employer)}
        for index, (payer, sum_due) in enumerate(zip(employer.tolist(), due.tolist(), strict=True)):
            paid[index] = min(sum_due, max(held[payer], 0))
            held[payer] -= int(paid[index])
        self.ledger.post(
            step,
            payer=employer,
            payee=r.numbers[rows],
            amount=paid,
            category=Category.SEVERANCE,
            place=r.workplace[rows],
            cause=midnight_before(step.instant),
        )
        return paid
