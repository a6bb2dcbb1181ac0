"""Mind orders: whose mind decides for a resident, and whether it can be asked at present."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from agents import events
from agents.provenance import Source, StandIn
from agents.systems.conduct import DECIDE
from agents.systems.replies import THINK
from world.engine.columns import Rows, locate
from world.engine.gametime import NEVER
from world.engine.inbox import InboxRow
from world.engine.pipeline import System
from world.engine.step import Step
from world.registry import InboxKind

Code = Annotated[int, Field(ge=0, lt=2**15)]


class MindState(BaseModel):
    """Whether a model may be asked, and how often: the whole truth about it, not a change.

    model: its name; code: what the engine calls it, 0 for instinct. closed: why it is not asked (a
    name of StandIn), empty while it is. cadence: game seconds between two questions at least.
    """

    model_config = ConfigDict(extra="forbid")

    model: str
    code: Code
    closed: str = ""
    cadence: Annotated[int, Field(gt=0, lt=2**31)] = 600


MIND = InboxKind("agent_mind", 60, MindState)
"""Which mind a resident has from now on; of subject 0, every resident."""
STATE = InboxKind("minds_state", 40, MindState)
"""How it stands with a model, for all who have it."""


class MindOrders(System):
    """Gives residents their minds, and tells them when these cannot be asked."""

    reads = ("livelihoods.left_at", "residents.bound_for", "residents.ends_at")
    writes = (
        "minds.cadence",
        "minds.closed",
        "minds.code",
        "minds.following",
        "minds.lasts",
        "minds.stand_in",
        "minds.steps",
        "residents.answer_by",
    )
    handles = (MIND.name, STATE.name)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.livelihoods = columns.livelihoods

    def run(self, step: Step) -> None:
        for order in self.orders(step):
            closed = order.payload["closed"].upper()
            if closed and closed not in StandIn.__members__:
                step.refuse(order, "unknown_reason")
                continue
            why = int(StandIn[closed]) if closed else 0
            refusal = (self._set_state if order.kind == STATE.name else self._give)(
                step, order, why
            )
            if refusal:
                step.refuse(order, refusal)
            else:
                step.accept(order)

    def _set_state(self, step: Step, order: InboxRow, why: int) -> str | None:
        rows = np.flatnonzero(self.minds.code[:] == order.payload["code"])
        if not len(rows):
            return "nobody_has_it"
        self.minds.closed[rows] = why
        self.minds.cadence[rows] = order.payload["cadence"]
        told = {key: order.payload[key] for key in ("model", "closed", "cadence")}
        step.emit(events.MINDS_STATE, data=[told])
        return None

    def _give(self, step: Step, order: InboxRow, why: int) -> str | None:
        if order.subject:
            rows, found = locate(self.residents.numbers, [order.subject])
            if not found[0]:
                return "unknown_agent"
            if self.livelihoods.left_at[rows][0]:
                return "departed"
        else:
            rows = np.flatnonzero(self.livelihoods.left_at[:] == 0)
        m, r, payload = self.minds, self.residents, order.payload
        rows = rows[m.code[rows] != payload["code"]]
        if not len(rows):
            return "has_it_already"
        self._forget_questions(step, rows[r.answer_by[rows] < NEVER])
        m.code[rows] = payload["code"]
        m.closed[rows] = why
        m.cadence[rows] = payload["cadence"]
        m.steps[rows] = m.following[rows] = m.stand_in[rows] = m.lasts[rows] = 0
        step.emit(
            events.MIND_CHANGED,
            actor=r.numbers[rows],
            source=Source.OPERATOR,
            data=[{"model": payload["model"]}] * len(rows),
        )
        return None

    def _forget_questions(self, step: Step, rows: Rows) -> None:
        r = self.residents
        r.answer_by[rows] = NEVER
        for number in r.numbers[rows].tolist():
            step.ask(THINK, number, {})
        step.mark(DECIDE, rows[(r.ends_at[rows] == NEVER) & (r.bound_for[rows] == 0)])
