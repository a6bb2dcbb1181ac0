"""Interviewed: a resident keeps in mind that they were asked something, if they are to."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agents import events
from agents.provenance import Source
from agents.systems import told
from agents.systems.told import ToldSystem
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind

LONGEST = 500
"""Characters of a question, and of an answer, at most."""

Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class InterviewTold(BaseModel):
    """What somebody was asked, and what they answered."""

    model_config = ConfigDict(extra="forbid")

    question: Words
    answer: Words


INTERVIEWED = InboxKind("interviewed", 140, InterviewTold)


class Interviewed(ToldSystem):
    """Lets interviews that are to be remembered be events."""

    reads = ("residents.place", *told.READS)
    handles = (INTERVIEWED.name,)

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        step.emit(
            events.INTERVIEWED,
            actor=order.subject,
            place=self.columns.residents.place[row],
            source=Source.OPERATOR,
            data=[dict(order.payload)],
        )
        return None
