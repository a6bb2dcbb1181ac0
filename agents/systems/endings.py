"""Endings: an activity that ends leaves what it promised, and its doer decides anew."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import needs
from agents.activities import SKILLS
from agents.systems.conduct import DECIDE
from world.engine.columns import Rows
from world.engine.gametime import HOUR, NEVER
from world.engine.lines import FULL
from world.engine.pipeline import System
from world.engine.step import Step

PRACTICE = FULL // 1000
"""Milli-points of skill for a game hour of practice: 0.1 points."""


class Endings(System):
    """Ends activities whose time has come: gains for the needs, practice for the skills."""

    reads = ("residents.activity", "residents.started_at", "residents.think_at")
    writes = (
        *needs.COLUMNS,
        *(f"skills.{skill}" for skill in SKILLS),
        "residents.ends_at",
    )

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.skills = columns.skills
        self.activities = constants["activities"]

    def run(self, step: Step) -> None:
        r = self.residents
        step.mark(DECIDE, step.due[r.think_at[step.due] <= step.instant])
        ended = step.due[r.ends_at[step.due] <= step.instant]
        if not len(ended):
            return
        activity = r.activity[ended]
        gains = self.activities.gains[activity]
        values = needs.values_at(r, ended, step.instant) + gains
        needs.anchor(r, ended, values, None, step.instant)
        self._practise(ended, activity, step.instant)
        r.ends_at[ended] = NEVER
        step.mark(DECIDE, ended)

    def _practise(self, ended: Rows, activity: Any, now: int) -> None:
        practised = self.activities.skill[activity]
        learnt = (now - self.residents.started_at[ended]) * PRACTICE // HOUR
        for index in np.unique(practised[practised >= 0]):
            who = practised == index
            column = getattr(self.skills, SKILLS[index])
            column[ended[who]] = np.minimum(column[ended[who]] + learnt[who], FULL)
