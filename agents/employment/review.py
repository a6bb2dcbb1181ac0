"""Review: how yesterday's work is judged, who is warned, and who is dismissed."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.duty import Shifts
from agents.employment.rules import PerformanceSpec
from agents.employment.vocabulary import Fault
from agents.needs import milli
from agents.occupations import Occupations
from world.engine.columns import Rows
from world.engine.gametime import DAY, MINUTE, midnight_before, weekday
from world.engine.lines import FULL
from world.engine.step import Step

READS = (
    "livelihoods.came_at",
    "livelihoods.hired_at",
    "livelihoods.worked",
    "residents.occupation",
    "residents.shift",
    "residents.workdays",
    "skills.levels",
)
WRITES = ("livelihoods.performance", "livelihoods.warnings")

LEARNER = 70
"""Per cent of a full mark that somebody without any skill can get; the rest comes with skill."""


class Review:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.skills = columns.skills
        self.rules: PerformanceSpec = constants["employment"].performance
        self.occupations: Occupations = constants["occupations"]
        self.shifts: Shifts = constants["shifts"]

    def of(self, step: Step, employed: Rows) -> Rows:
        """Judge the work of yesterday; returns the rows of those who are to be dismissed."""
        yesterday = midnight_before(step.instant) - DAY
        rows = self._expected(employed, yesterday)
        if not len(rows):
            return rows
        live, rules = self.livelihoods, self.rules
        presence = self._presence(rows)
        late = self._late(rows, yesterday)
        mark = presence * (LEARNER + (100 - LEARNER) * self._mastery(rows) // 100) // 100
        mark = np.maximum(mark - late * rules.late, 0)
        before = live.performance[rows].astype(np.int64)
        now = before + (milli(1) * mark - before) * rules.weight // 100
        live.performance[rows] = np.clip(now, 0, FULL)
        absent, poor = presence < rules.absent, now < milli(rules.poor)
        self._warn(step, rows[absent | poor], absent[absent | poor])
        live.warnings[rows[now >= milli(rules.good)]] = 0
        return rows[(live.warnings[rows] >= rules.warnings) & poor]

    def _expected(self, employed: Rows, day: int) -> Rows:
        """Those who were to work on a day, and had the job all of it."""
        r, live = self.residents, self.livelihoods
        works = r.workdays[employed].astype(np.int64) >> weekday(day) & 1 == 1
        begins = day + self.shifts.begins[r.shift[employed]]
        return employed[works & (live.hired_at[employed] < begins)]

    def _presence(self, rows: Rows) -> NDArray[np.int64]:
        """Per cent of their hours that each was at work."""
        s, shift = self.shifts, self.residents.shift[rows]
        pause = s.break_ends[shift] - s.break_begins[shift]
        hours = np.maximum(s.ends[shift] - s.begins[shift] - pause, 1)
        return np.minimum(self.livelihoods.worked[rows].astype(np.int64) * 100 // hours, 100)

    def _late(self, rows: Rows, day: int) -> NDArray[np.bool_]:
        came = self.livelihoods.came_at[rows]
        begins = day + self.shifts.begins[self.residents.shift[rows]]
        return np.asarray(came > begins + self.rules.late_minutes * MINUTE)

    def _mastery(self, rows: Rows) -> NDArray[np.int64]:
        """Points of the skill that each one's job takes, 100 where it takes none."""
        skill = self.occupations.skill[self.residents.occupation[rows]]
        level = self.skills.levels[rows, np.maximum(skill, 0)].astype(np.int64)
        return np.where(skill >= 0, level // milli(1), 100)

    def _warn(self, step: Step, rows: Rows, absent: NDArray[np.bool_]) -> None:
        live, r = self.livelihoods, self.residents
        live.warnings[rows] = live.warnings[rows] + 1
        step.emit(
            events.WARNED,
            actor=r.numbers[rows],
            reason=np.where(absent, int(Fault.ABSENT), int(Fault.POOR_WORK)),
            amount=live.warnings[rows],
            until=live.performance[rows],
        )
