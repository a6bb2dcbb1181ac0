"""Departures: operators let somebody move away."""

from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from agents.conversations import talking
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Ending
from agents.population import leaving
from agents.population.leaving import Leaving
from agents.population.vocabulary import Departure
from agents.provenance import Source
from agents.systems import told
from agents.systems.told import ToldSystem
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind


class DepartureOrder(BaseModel):
    """Move away from the town."""


DEPART = InboxKind("agent_depart", 120, DepartureOrder)


class Departures(ToldSystem):
    """Lets those go whom an operator sends away, after all else that this instant brings them."""

    reads = (*told.READS, *talking.READS, *leaving.READS)
    writes = (*talking.WRITES, *leaving.WRITES)
    handles = (DEPART.name,)

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.talks = columns.talks
        self.talking = Talking(columns, constants)
        self.leaving = Leaving(columns, constants)

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        if self.talks.host[row][0]:
            self.talking.leave(step, int(row[0]), Ending.ORDER)
        self.leaving.go(step, row, Departure.ORDER, Source.OPERATOR)
        return None
