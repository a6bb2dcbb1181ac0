"""Spells: what somebody did for a while leaves practice, and at work a wage."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs, wellbeing
from agents.occupations import Occupations
from agents.systems import purse
from agents.systems.conduct import SPELL
from agents.systems.purse import Purse
from economy.money import Category
from economy.sections import PaySpec
from world.engine.gametime import HOUR
from world.engine.lines import FULL, POINT
from world.engine.pipeline import System
from world.engine.step import Step

PRACTICE = FULL // 1000
"""Milli-points of skill for a game hour of practice: 0.1 points."""


class Practice(System):
    """Lets skills grow with what was done: that of the activity, or at work that of the job."""

    reads = ("residents.occupation",)
    writes = ("skills.levels",)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.skills = columns.skills
        self.activities = constants["activities"]
        self.occupations: Occupations = constants["occupations"]

    def run(self, step: Step) -> None:
        spells = step.noted(SPELL)
        if spells is None:
            return
        rows, activity = spells["rows"], spells["activity"]
        of_the_job = self.occupations.skill[self.residents.occupation[rows]]
        skill = np.where(
            self.activities.is_duty[activity], of_the_job, self.activities.skill[activity]
        )
        learnt = (step.instant - spells["began"]) * PRACTICE // HOUR
        who = (skill >= 0) & (learnt > 0)
        if not who.any():
            return
        cell = (rows[who], skill[who])
        self.skills.levels[cell] = np.minimum(self.skills.levels[cell] + learnt[who], FULL)


class Efforts(System):
    """Takes down what spells of work, school, looking for work and making art have come to."""

    reads = ("residents.workplace", "residents.occupation")
    writes = (
        "livelihoods.came_at",
        "livelihoods.made",
        "livelihoods.searched",
        "livelihoods.worked",
    )

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.activities = constants["activities"]

    def run(self, step: Step) -> None:
        spells = step.noted(SPELL)
        if spells is None:
            return
        live, rules = self.livelihoods, self.activities
        rows, activity, began = spells["rows"], spells["activity"], spells["began"]
        seconds = step.instant - began
        at_work = rules.is_duty[activity] & (spells["place"] == self.residents.workplace[rows])
        for column, counts in (
            (live.worked, at_work),
            (live.searched, rules.seeks_work[activity]),
            (live.made, rules.makes_art[activity]),
        ):
            if counts.any():
                column.add(rows[counts], seconds[counts])
        fresh = at_work & (live.came_at[rows] == 0)
        live.came_at[rows[fresh]] = began[fresh]


class Wages(System):
    """Pays for work when a spell of it ends."""

    reads = (
        "residents.occupation",
        "residents.workplace",
        *needs.COLUMNS,
        *purse.READS,
        "skills.levels",
    )
    writes = (*purse.COLUMNS, "businesses.payroll")

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.skills = columns.skills
        self.purse = Purse(columns, constants)
        self.activities = constants["activities"]
        self.occupations: Occupations = constants["occupations"]
        self.owners: NDArray[np.int64] = constants["owners"]
        self.pay: PaySpec = constants["pay"]

    def run(self, step: Step) -> None:
        spells = step.noted(SPELL)
        if spells is None:
            return
        r = self.residents
        rows, place = spells["rows"], spells["place"]
        pays = self.occupations.pay[r.occupation[rows]] > 0
        worked = self.activities.is_duty[spells["activity"]] & (place == r.workplace[rows]) & pays
        worked &= self.owners[place] > 0
        if not worked.any():
            return
        rows, place, began = rows[worked], place[worked], spells["began"][worked]
        wage = self._wage(rows, step.instant - began, step.instant)
        self.purse.ledger.post(
            step,
            payer=self.owners[place],
            payee=r.numbers[rows],
            amount=wage,
            category=Category.WAGE,
            place=place,
            activity=spells["activity"][worked],
            cause=began,
        )
        self.purse.enterprises.pay_roll(place, wage)

    def _wage(
        self, rows: NDArray[np.int64], seconds: NDArray[np.int64], now: int
    ) -> NDArray[np.int64]:
        """Fen for so much work: the hourly rate, by the main skill and by mood."""
        occupation = self.residents.occupation[rows]
        skill = self.occupations.skill[occupation]
        level = self.skills.levels[rows, np.maximum(skill, 0)].astype(np.int64)
        mastery = 1000 + np.where(skill >= 0, (level - FULL // 2) * self.pay.skill // POINT, 0)
        values = needs.values_at(self.residents, rows, now)
        happiness = wellbeing.happiness(values, self.purse.money_class(rows), self.purse.classes)
        mood = np.where(happiness > wellbeing.CONTENT, 100, self.pay.gloomy)
        rate = self.occupations.pay[occupation]
        return rate * seconds // HOUR * mastery // 1000 * mood // 100
