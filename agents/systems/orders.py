"""Orders: what an operator told a resident to do, done at once."""

from types import SimpleNamespace
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, Field

from agents import events
from agents.options import Offers
from agents.provenance import Motive, Source, Surprise
from agents.systems import conduct, told
from agents.systems.conduct import DECIDE, HEARD, SURPRISE, Conduct
from agents.systems.replies import THINK
from agents.systems.told import ToldSystem
from world.engine.draws import purpose
from world.engine.gametime import NEVER
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind

LONGEST = 300
"""Characters of what is said at most."""

COMPLIES = purpose("agents.orders.complies")


class MoveOrder(BaseModel):
    """Go to a place (its number) and stay there as one likes."""

    place: int


class ActivityOrder(BaseModel):
    """Do something (an activity's key) where one is."""

    activity: str


class WordsOrder(BaseModel):
    """Something said to a resident. place, activity: what of the town it names, 0 and empty for
    nothing: all that instinct understands."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    place: Annotated[int, Field(ge=0)] = 0
    activity: str = ""


MOVE = InboxKind("agent_move", 100, MoveOrder)
DO = InboxKind("agent_activity", 110, ActivityOrder)
WORDS = InboxKind("agent_words", 115, WordsOrder)

LEAST_PLIANT, PLIANT = 300_000, 7_000
"""How likely somebody does as they are told who goes by instinct, millionths: the least, and more
for each point of agreeableness."""


class Orders(ToldSystem):
    """Carries out operators' orders to single residents, or says why it cannot be done."""

    reads = (
        *conduct.READS,
        *told.READS,
        "minds.asked_at",
        "minds.closed",
        "talks.host",
        "traits.agreeableness",
    )
    writes = (*conduct.COLUMNS, "residents.answer_by")
    handles = (MOVE.name, DO.name, WORDS.name)

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.conduct = Conduct(columns, constants)
        self.residents = columns.residents
        self.minds = columns.minds
        self.talks = columns.talks
        self.traits = columns.traits
        self.offers: Offers = constants["offers"]

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        do = {MOVE.name: self._move, DO.name: self._do, WORDS.name: self._hear}[order.kind]
        refusal = do(step, order, row)
        if refusal is None:
            self.residents.decision[row] = self.residents.decision[row] + 1
        return refusal

    def _move(self, step: Step, order: InboxRow, row: Any) -> str | None:
        return self._go(step, order, row, "idle", Source.OPERATOR)

    def _go(self, step: Step, order: InboxRow, row: Any, intent: str, source: Source) -> str | None:
        """Set out for the place of an order, to do something (a key) there."""
        place = order.payload["place"]
        if not 1 <= place <= len(self.conduct.timing.places):
            return "unknown_place"
        if self.residents.place[row][0] == place:
            return "already_there"
        self.conduct.depart(
            step,
            row,
            place=place,
            intent=self.conduct.activities.codes[intent],
            motive=Motive.ORDER,
            source=source,
        )
        return None

    def _do(
        self, step: Step, order: InboxRow, row: Any, source: Source = Source.OPERATOR
    ) -> str | None:
        code = self.conduct.activities.codes.get(order.payload["activity"])
        if code is None:
            return "unknown_activity"
        place, activity = self.residents.place[row], np.array([code])
        if self.residents.bound_for[row][0]:
            return "walking"
        if not self.offers.can_do(activity, place)[0]:
            return "not_offered_here"
        if not self.conduct.purse.can_afford(row, activity, place)[0]:
            return "unaffordable"
        self.conduct.begin(step, row, code, Motive.ORDER, source)
        return None

    def _hear(self, step: Step, order: InboxRow, row: Any) -> str | None:
        """Put what is said to the mind of whoever is free to listen."""
        r = self.residents
        if r.bound_for[row][0]:
            return "walking"
        if self.conduct.activities.until_rested[r.activity[row]][0]:
            return "asleep"
        if self.talks.host[row][0]:
            return "talking"
        thinks = self.minds.code[row][0] and not self.minds.closed[row][0]
        # What was asked of a model in this very instant is on its way already.
        if thinks and self.minds.asked_at[row][0] == step.instant:
            return "thinking"
        refusal = None if thinks else self._comply(step, order, row)
        if refusal in ("not_understood", "unknown_place", "unknown_activity"):
            return refusal
        step.emit(
            events.WORDS_HEARD,
            actor=order.subject,
            place=r.place[row],
            source=Source.OPERATOR,
            data=[{"text": order.payload["text"]}],
        )
        if thinks:
            self._put_to_mind(step, order, row)
        return refusal

    def _put_to_mind(self, step: Step, order: InboxRow, row: Any) -> None:
        """Let a model be asked what to do now that this was said, whatever it was asked before."""
        if self.residents.answer_by[row][0] < NEVER:
            self.residents.answer_by[row] = NEVER
            step.ask(THINK, order.subject, {})
        nothing = np.zeros(1, dtype=np.int64)
        surprise = np.array([int(Surprise.WORDS)])
        step.note(SURPRISE, rows=row, what=surprise, place=nothing, activity=nothing)
        step.note(HEARD, rows=row, text=np.array([order.payload["text"]], dtype=object))
        step.mark(DECIDE, row)

    def _comply(self, step: Step, order: InboxRow, row: Any) -> str | None:
        """Do what instinct understands of it, if one is so inclined."""
        place, activity = order.payload["place"], order.payload["activity"]
        if not place and not activity:
            return "not_understood"
        if activity and activity not in self.conduct.activities.codes:
            return "unknown_activity"
        if place > len(self.conduct.timing.places):
            return "unknown_place"
        pliant = LEAST_PLIANT + PLIANT * int(self.traits.agreeableness[row][0])
        if not step.draws.chance(pliant, order.subject, COMPLIES)[0]:
            return "would_rather_not"
        if place and self.residents.place[row][0] != place:
            return self._go(step, order, row, activity or "idle", Source.INSTINCT)
        return self._do(step, order, row, Source.INSTINCT) if activity else "already_there"
