"""Appointments: people think of them in time, and in the end it shows who kept them."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.appointments import outcomes
from agents.appointments.outcomes import Outcomes
from agents.appointments.vocabulary import State
from agents.provenance import Surprise
from agents.systems.conduct import DECIDE, SURPRISE
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.pipeline import System
from world.engine.step import Step

KEEPS = purpose("agents.appointments.keeps")


class Appointments(System):
    """Lets those decide for whom it is time to set out, and judges what is over."""

    reads = (
        *outcomes.READS,
        "minds.closed",
        "minds.code",
        "residents.activity",
        "residents.bound_for",
    )
    writes = outcomes.WRITES

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.appointments = columns.appointments
        self.outcomes = Outcomes(columns, constants)
        self.diary = self.outcomes.diary
        self.activities = constants["activities"]

    def run(self, step: Step) -> None:
        due = step.due[self.residents.engaged_at[step.due] <= step.instant]
        if not len(due):
            return
        numbers = self.residents.numbers[due].tolist()
        entries = np.concatenate([self.diary.open_of(number) for number in numbers])
        over = self.diary.judged_at(entries) <= step.instant
        self.outcomes.judge(step, entries[over])
        agreed = self.appointments.state[entries] == State.AGREED
        time_to_go = self.diary.leaves_at(entries) <= step.instant
        self._remind(step, entries[agreed & time_to_go & ~over])
        self.diary.renew(step, due)

    def _remind(self, step: Step, entries: Rows) -> None:
        """It is time to set out: those on instinct go, or do not; the others are asked."""
        r, who = self.residents, self.diary.owners(entries)
        thinks = (self.minds.code[who] > 0) & (self.minds.closed[who] == 0)
        asleep = self.activities.until_rested[r.activity[who]]
        busy = (self.activities.firm[r.activity[who]] & ~asleep) | (r.bound_for[who] > 0)
        keeps = step.draws.chance(
            self.diary.keeps(entries), r.numbers[who], KEEPS, other=self._others(entries)
        )
        goes = ~busy & ~asleep & (keeps | thinks)
        self.appointments.state[entries[goes]] = State.DUE
        step.mark(DECIDE, who[goes])
        self._ask(step, entries[goes & thinks])
        self.outcomes.forgo(step, entries[~busy & ~goes])

    def _ask(self, step: Step, entries: Rows) -> None:
        """Who is not there already is to think of it."""
        a, who = self.appointments, self.diary.owners(entries)
        away = self.residents.place[who] != a.place[entries]
        step.note(
            SURPRISE,
            rows=who[away],
            what=np.full(np.count_nonzero(away), int(Surprise.APPOINTMENT)),
            place=a.place[entries[away]].astype(np.int64),
            activity=a.activity[entries[away]].astype(np.int64),
        )

    def _others(self, entries: Rows) -> NDArray[np.int64]:
        return self.residents.numbers[self.diary.partners(entries)]
