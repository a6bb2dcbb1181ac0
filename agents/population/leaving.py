"""Leaving: what it means for the columns that somebody moves away."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.appointments import outcomes
from agents.appointments.outcomes import Outcomes
from agents.population.vocabulary import Departure
from agents.provenance import Source
from agents.systems.conduct import note_spell
from world.engine.columns import Rows
from world.engine.gametime import NEVER
from world.engine.step import Step

TIMERS = ("alert_at", "answer_by", "arrives_at", "ends_at", "engaged_at", "talk_at", "think_at")

READS = (*outcomes.READS, "residents.home", "residents.started_at")
WRITES = (
    *outcomes.WRITES,
    "businesses.owner",
    "livelihoods.left_at",
    *(f"residents.{timer}" for timer in TIMERS),
    *(
        f"residents.{column}"
        for column in ("activity", "bound_for", "intent", "place", "shift", "workdays", "workplace")
    ),
)


class Leaving:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.businesses = columns.businesses
        self.outcomes = Outcomes(columns, constants)
        self.idle: int = constants["activities"].codes["idle"]

    def go(self, step: Step, rows: Rows, why: Departure, source: Source) -> None:
        """Let these residents, none of whom talks, move away: nothing happens to them any more."""
        if not len(rows):
            return
        r = self.residents
        note_spell(step, r, rows)
        self.outcomes.call_off(step, rows)
        step.emit(
            events.MOVED_AWAY,
            actor=r.numbers[rows],
            place=r.home[rows],
            reason=int(why),
            source=int(source),
        )
        self.livelihoods.left_at[rows] = step.instant
        for timer in TIMERS:
            getattr(r, timer)[rows] = NEVER
        r.activity[rows] = self.idle
        r.place[rows] = r.bound_for[rows] = r.intent[rows] = 0
        r.workplace[rows] = r.shift[rows] = r.workdays[rows] = 0
        b = self.businesses
        b.owner[np.flatnonzero(np.isin(b.owner[:], r.numbers[rows]))] = 0
