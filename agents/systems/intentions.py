"""Intentions: what people mean to do - a plan for the day, and to go to gatherings."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.appointments import diary, occasions
from agents.appointments.diary import Diary
from agents.appointments.occasions import Occasion, Occasions
from agents.needs import TRAITS
from agents.news import knowing
from agents.news.noting import LEARNT
from agents.news.vocabulary import Kind
from agents.systems.conduct import SPELL
from world.engine.draws import purpose
from world.engine.gametime import DAY, HOUR, second_of_day
from world.engine.pipeline import System
from world.engine.step import Step

PLANS = purpose("agents.intentions.plans")
COMES = purpose("agents.intentions.comes")

MORNING = (4 * HOUR, 12 * HOUR)
"""When whoever wakes thinks of the day."""

_CONSCIENTIOUSNESS = TRAITS.index("conscientiousness")


class Intentions(System):
    """Fills diaries: of those who wake, and of those who hear of a gathering."""

    reads = (*diary.READS, *occasions.READS, *knowing.WRITES, "minds.code")
    writes = diary.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.traits = columns.traits
        self.minds = columns.minds
        self.news = columns.news
        self.appointments = columns.appointments
        self.diary = Diary(columns, constants)
        self.occasions = Occasions(columns, constants)
        self.activities = constants["activities"]

    def run(self, step: Step) -> None:
        self._plan_days(step)
        self._hear_of_gatherings(step)

    def _plan_days(self, step: Step) -> None:
        """Who has slept, and has no model to make plans, may have something in mind for today."""
        spells = step.noted(SPELL)
        begins, ends = MORNING
        if spells is None or not begins <= second_of_day(step.instant) < ends:
            return
        woken = spells["rows"][self.activities.until_rested[spells["activity"]]]
        woken = np.unique(woken[self.minds.code[woken] == 0])
        if not len(woken):
            return
        care = self.traits.levels[woken, _CONSCIENTIOUSNESS].astype(np.int64)
        chance = self.diary.rules.plans * (50 + care) // 100
        for row in woken[step.draws.chance(chance, self.residents.numbers[woken], PLANS)].tolist():
            number = int(self.residents.numbers[row])
            occasion = None if self._has_plan(step, number) else self.occasions.for_one(step, row)
            if occasion is not None:
                self.diary.enter(step, [number], [number], occasion)

    def _has_plan(self, step: Step, number: int) -> bool:
        """Whether somebody has thought of today, or of a gathering of their own, already."""
        own = self.appointments.find([number], [number])
        if own[0] < 0:
            return False
        today = self.appointments.made_at[own][0] // DAY == step.instant // DAY
        return bool(today or self.diary.agreed(number, number))

    def _hear_of_gatherings(self, step: Step) -> None:
        """Who learns of a gathering may mean to go; who gives it does."""
        learnt = step.noted(LEARNT)
        if learnt is None:
            return
        chat = self.activities.codes["talk"]
        for number in np.unique(learnt["news"]).tolist():
            row = self.news.find([0], [number])
            host, starts = int(self.news.about[row][0]), int(self.news.starts[row][0])
            if self.news.kind[row][0] != Kind.GATHERING or starts <= step.instant:
                continue
            rows = np.unique(learnt["rows"][learnt["news"] == number])
            numbers = self.residents.numbers[rows]
            comes = step.draws.chance(
                self.diary.comes(rows), numbers, COMES, other=np.full(len(rows), number)
            )
            coming = numbers[comes | (numbers == host)]
            free = [each for each in coming.tolist() if self.diary.agreed(each, host) is None]
            if free:
                occasion = Occasion(starts, int(self.news.place[row][0]), chat)
                self.diary.enter(step, free, [host] * len(free), occasion, news=number)
