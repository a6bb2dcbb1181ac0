"""Reflected: what a model makes of what a resident kept comes in, or that nothing will."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agents import events
from agents.provenance import Source, StandIn
from agents.systems import told
from agents.systems.told import ToldSystem
from world.engine.gametime import HOUR
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind

LONGEST = 300
"""Characters of an insight at most."""
MOST = 10
"""Insights that come in at once at most, and memories that each names."""

Number = Annotated[int, Field(ge=0)]


class InsightTold(BaseModel):
    """Something that a resident comes to see. evidence: (at, ordinal) of memories of theirs."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    evidence: Annotated[list[tuple[Number, Number]], Field(min_length=1, max_length=MOST)]


class ReflectionReply(BaseModel):
    """What came of asking a model: insights, or the reason why there are none (a StandIn)."""

    model_config = ConfigDict(extra="forbid")

    asked_at: Annotated[int, Field(ge=0, lt=2**32)]
    failure: str = ""
    insights: Annotated[list[InsightTold], Field(max_length=MOST)] = []


REFLECTED = InboxKind("reflected", 55, ReflectionReply)


class Reflected(ToldSystem):
    """Lets answers be events, of which memories are made; what is late is not taken in."""

    reads = ("residents.place", *told.READS)
    handles = (REFLECTED.name,)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.patience = constants["reflection"].late_hours * HOUR

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        told = order.payload
        if step.instant >= told["asked_at"] + self.patience:
            return "late"
        failure = told["failure"].upper()
        why = 0
        if failure or not told["insights"]:
            why = StandIn.__members__.get(failure, StandIn.INVALID)
        step.emit(
            events.REFLECTED,
            actor=order.subject,
            place=self.columns.residents.place[row],
            source=Source.MODEL,
            reason=int(why),
            amount=told["asked_at"],
            data=[None if why else {"insights": told["insights"]}],
        )
        return None
