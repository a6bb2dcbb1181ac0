"""Orders: what an operator told a resident to do, done at once."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from pydantic import BaseModel

from agents.options import Offers
from agents.provenance import Motive, Source
from agents.systems import conduct
from agents.systems.conduct import Conduct
from agents.systems.told import ToldSystem
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import register_inbox_kind


class MoveOrder(BaseModel):
    """Go to a place (its number) and stay there as one likes."""

    place: int


class ActivityOrder(BaseModel):
    """Do something (an activity's key) where one is."""

    activity: str


MOVE = register_inbox_kind("agent_move", 100, MoveOrder)
DO = register_inbox_kind("agent_activity", 110, ActivityOrder)


class Orders(ToldSystem):
    """Carries out operators' orders to single residents, or says why it cannot be done."""

    reads = conduct.READS
    writes = conduct.COLUMNS
    handles = (MOVE.name, DO.name)

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.conduct = Conduct(columns, constants)
        self.residents = columns.residents
        self.offers: Offers = constants["offers"]

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        do = self._move if order.kind == MOVE.name else self._do
        refusal = do(step, order, row)
        if refusal is None:
            self.residents.decision[row] = self.residents.decision[row] + 1
        return refusal

    def _move(self, step: Step, order: InboxRow, row: Any) -> str | None:
        place = order.payload["place"]
        if not 1 <= place <= len(self.conduct.timing.places):
            return "unknown_place"
        if self.residents.place[row][0] == place:
            return "already_there"
        self.conduct.depart(
            step,
            row,
            place=place,
            intent=self.conduct.activities.codes["idle"],
            motive=Motive.ORDER,
            source=Source.OPERATOR,
        )
        return None

    def _do(self, step: Step, order: InboxRow, row: Any) -> str | None:
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
        self.conduct.begin(step, row, code, Motive.ORDER, Source.OPERATOR)
        return None
