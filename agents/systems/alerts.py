"""Alerts: a need that becomes pressing wakes attention; it does not decide."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events, needs
from agents.provenance import Motive, Surprise
from agents.systems.conduct import DECIDE, RENEW, SURPRISE
from world.engine.pipeline import System
from world.engine.step import Step


class Alerts(System):
    """Says which need presses, and lets those decide who may interrupt what they do."""

    reads = (
        *(f"residents.{name}" for name in ("alert_at", "activity", "bound_for")),
        *("residents.motive", "residents.started_at"),
        *needs.COLUMNS,
    )

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.activities = constants["activities"]
        self.needs = constants["needs"]

    def run(self, step: Step) -> None:
        r = self.residents
        alarmed = step.due[r.alert_at[step.due] <= step.instant]
        if not len(alarmed):
            return
        values = needs.values_at(r, alarmed, step.instant)
        worst = values.argmin(axis=1)
        lowest = values.min(axis=1)
        step.emit(
            events.NEEDED,
            actor=r.numbers[alarmed],
            reason=worst + 1,
            amount=lowest,
        )
        critical = lowest <= self.needs.critical
        # What was ordered in this very instant is done first.
        ordered = (r.motive[alarmed] == Motive.ORDER) & (r.started_at[alarmed] == step.instant)
        free = (r.bound_for[alarmed] == 0) & ~ordered
        firm = self.activities.firm[r.activity[alarmed]]
        step.mark(DECIDE, alarmed[free & (critical | ~firm)])
        step.mark(RENEW, alarmed)
        alarming = alarmed[free & critical]
        nothing = np.zeros(len(alarming), dtype=np.int64)
        step.note(
            SURPRISE,
            rows=alarming,
            what=np.full(len(alarming), int(Surprise.NEED)),
            place=nothing,
            activity=nothing,
        )
