"""Decisions: whoever has nothing to do, or has a reason to stop, chooses what comes next."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.appointments import keeping
from agents.appointments.keeping import Keeping
from agents.minds.instinct import Instinct
from agents.minds.situation import Choices
from agents.provenance import Motive, Source
from agents.systems import conduct, deliberation, outlook
from agents.systems.conduct import DECIDE, Conduct
from agents.systems.deliberation import Deliberation
from agents.systems.outlook import Outlook
from world.engine.columns import Rows
from world.engine.pipeline import System
from world.engine.step import Step


class Decisions(System):
    """Puts their situations before the minds of those who must decide; does what they choose."""

    reads = (*conduct.READS, *outlook.READS, *deliberation.READS, *keeping.READS)
    writes = deliberation.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.deliberation = Deliberation(columns, constants)
        self.conduct = Conduct(columns, constants)
        self.outlook = Outlook(columns, constants)
        self.keeping = Keeping(columns, constants)
        self.instinct: Instinct = constants["instinct"]

    def run(self, step: Step) -> None:
        rows = step.marked(DECIDE)
        thinking = self.minds.code[rows] > 0
        if thinking.any():
            rows = np.union1d(rows[~thinking], self.deliberation.decide(step, rows[thinking]))
        rows = self._keep_appointments(step, rows)
        if not len(rows):
            return
        r = self.residents
        choices = self.choose(step, rows)
        r.decision[rows] = r.decision[rows] + 1
        # Whoever cannot do anything at all stands about until the next instant.
        r.think_at[rows[~choices.decided]] = step.instant + self.conduct.walks.grid
        stays = choices.decided & (choices.place == r.place[rows])
        goes = choices.decided & ~stays
        self.conduct.begin(
            step, rows[stays], choices.activity[stays], choices.motive[stays], Source.INSTINCT
        )
        self.conduct.depart(
            step,
            rows[goes],
            place=choices.place[goes],
            intent=choices.activity[goes],
            motive=choices.motive[goes],
            source=Source.INSTINCT,
        )

    def _keep_appointments(self, step: Step, rows: Rows) -> Rows:
        """Let those do what they agreed on for whom it is time; returns the others."""
        held = self.keeping.of(step, rows)
        if not len(held.rows):
            return rows
        r = self.residents
        r.decision[held.rows] = r.decision[held.rows] + 1
        stays = held.place == r.place[held.rows]
        here, away = held.rows[stays], held.rows[~stays]
        why, source = Motive.APPOINTMENT, Source.INSTINCT
        self.conduct.begin(step, here, held.activity[stays], why, source)
        self.conduct.depart(
            step,
            away,
            place=held.place[~stays],
            intent=held.activity[~stays],
            motive=why,
            source=source,
        )
        return np.setdiff1d(rows, held.rows)

    def choose(self, step: Step, rows: Rows) -> Choices:
        """What these rows choose; the same for each whoever else is among them."""
        situations = self.outlook.situations(rows, step.instant)
        return self.instinct.decide(situations, now=step.instant, draws=step.draws)
