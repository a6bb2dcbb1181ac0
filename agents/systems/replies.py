"""Replies: what a model has decided comes in, or does not come in time."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from agents import events
from agents.models import PLAN_STEPS
from agents.models.mind import PLAN_BLOCKS
from agents.options import Offers
from agents.provenance import StandIn
from agents.systems import told
from agents.systems.conduct import DECIDE
from agents.systems.told import ToldSystem
from world.engine.columns import Rows
from world.engine.gametime import MINUTE, NEVER
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind

ANSWERED = "answered"
"""Mark: these rows have a fresh plan."""
STAND_IN = "stand_in"
"""Note: instinct must decide for these rows: `code` (a StandIn)."""

THINK = "think"
"""Kind of questions: a thought to be asked for; without content, nobody waits for one any more."""

LONGEST = 12 * 60
"""Minutes that a step of a plan takes at most."""


class PlannedStep(BaseModel):
    """One step of a plan. place: a number, 0 for wherever one is then."""

    model_config = ConfigDict(extra="forbid")

    activity: str
    place: Annotated[int, Field(ge=0)]
    minutes: Annotated[int, Field(ge=1, le=LONGEST)]
    why: str = ""


class ThoughtReply(BaseModel):
    """What came of a thought: a plan, or the reason why there is none (a name of StandIn)."""

    model_config = ConfigDict(extra="forbid")

    purpose: Literal["decide"] = "decide"
    asked_at: int
    decision: int
    failure: str = ""
    steps: Annotated[list[PlannedStep], Field(max_length=PLAN_STEPS)] = []
    thought: str = ""
    feeling: str = ""


REPLY = InboxKind("thought_reply", 50, ThoughtReply)


def reply_key(purpose: str, asked_at: int) -> str:
    """The key of the inbox row with the reply to a thought; its subject is the resident."""
    return f"{purpose}.{asked_at}"


class Replies(ToldSystem):
    """Takes plans in, and gives up on those that are late. Deciding comes later in the instant."""

    reads = (
        *told.READS,
        "residents.bound_for",
        "residents.decision",
        "residents.ends_at",
        "minds.decision",
    )
    writes = (
        *(f"minds.{block}" for block in PLAN_BLOCKS),
        "minds.asked_at",
        "minds.following",
        "minds.steps",
        "minds.plan_of",
        "residents.answer_by",
    )
    handles = (REPLY.name,)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.activities = constants["activities"]
        self.offers: Offers = constants["offers"]
        self.place_count = len(constants["places"])

    def run(self, step: Step) -> None:
        super().run(step)
        late = step.due[self.residents.answer_by[step.due] <= step.instant]
        if len(late):
            self._give_up(step, late, StandIn.LATE)
            for number in self.residents.numbers[late].tolist():
                step.ask(THINK, number, {})

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        reply = order.payload
        open_ = self.residents.answer_by[row][0] < NEVER
        if not open_ or self.minds.asked_at[row][0] != reply["asked_at"]:
            return "late"
        if self.residents.decision[row][0] != reply["decision"]:
            self._close(step, row, StandIn.LATE)
            step.mark(DECIDE, row[self._idle(row)])
            return "overtaken"
        failure = reply["failure"].upper()
        plan = [] if failure else self._understood(reply["steps"])
        if not plan:
            known = failure in StandIn.__members__
            self._give_up(step, row, StandIn[failure] if known else StandIn.INVALID)
            return None
        self._close(step, row, None)
        for block, values in zip(PLAN_BLOCKS, zip(*plan, strict=True), strict=True):
            getattr(self.minds, block)[row, : len(plan)] = values
        self.minds.steps[row] = len(plan)
        self.minds.following[row] = 0
        self.minds.plan_of[row] = reply["asked_at"]
        step.mark(ANSWERED, row)
        step.mark(DECIDE, row)
        return None

    def _understood(self, steps: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
        """(activity, place, game seconds) of every step; nothing if one of them makes no sense."""
        plan = []
        for wanted in steps:
            activity = self.activities.codes.get(wanted["activity"], -1)
            if activity < 0 or wanted["place"] > self.place_count:
                return []
            plan.append((activity, wanted["place"], wanted["minutes"] * MINUTE))
        return plan

    def _give_up(self, step: Step, rows: Rows, why: StandIn) -> None:
        """Nobody waits for an answer any more; whoever has nothing to do goes by instinct."""
        self._close(step, rows, why)
        idle = rows[self._idle(rows)]
        step.note(STAND_IN, rows=idle, code=np.full(len(idle), int(why)))
        step.mark(DECIDE, idle)

    def _close(self, step: Step, rows: Rows, why: StandIn | None) -> None:
        self.residents.answer_by[rows] = NEVER
        step.emit(
            events.ANSWERED,
            actor=self.residents.numbers[rows],
            amount=self.minds.asked_at[rows],
            reason=int(why or 0),
        )

    def _idle(self, rows: Rows) -> Any:
        """Whether what each was doing is over."""
        r = self.residents
        return (r.ends_at[rows] == NEVER) & (r.bound_for[rows] == 0)
