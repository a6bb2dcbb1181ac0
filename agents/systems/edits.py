"""Edits: what an operator changed about a resident, done at once."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agents import events, needs
from agents.activities import SKILLS
from agents.needs import NEEDS, TRAITS, milli
from agents.provenance import Source
from agents.systems import told
from agents.systems.conduct import RENEW
from agents.systems.told import ToldSystem
from economy import ledger
from economy.ledger import Ledger
from economy.money import Category
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.registry import InboxKind

Points = Annotated[float, Field(ge=0, le=100)]
Percent = Annotated[int, Field(ge=0, le=100)]


class AgentEdit(BaseModel):
    """New values, in points, of some of a resident's traits, skills and needs, by their names."""

    model_config = ConfigDict(extra="forbid")

    traits: dict[str, Percent] = {}
    skills: dict[str, Points] = {}
    needs: dict[str, Points] = {}


class PurseEdit(BaseModel):
    """Fen that the treasury gives a resident; what is below 0 it takes."""

    model_config = ConfigDict(extra="forbid")

    fen: Annotated[int, Field(ge=-(10**12), le=10**12)]


EDIT = InboxKind("agent_edit", 120, AgentEdit)
PURSE = InboxKind("agent_purse", 130, PurseEdit)


class Edits(ToldSystem):
    """Carries out operators' edits of single residents, or says why it cannot be done."""

    reads = told.READS
    writes = (
        *ledger.COLUMNS,
        *needs.COLUMNS,
        *(f"traits.{trait}" for trait in TRAITS),
        *(f"skills.{skill}" for skill in SKILLS),
    )
    handles = (EDIT.name, PURSE.name)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.traits = columns.traits
        self.skills = columns.skills
        self.ledger = Ledger(columns)
        self.treasury = constants["institutions"]["treasury"]

    def carry_out(self, step: Step, order: InboxRow, row: Any) -> str | None:
        return self._edit(step, order, row) if order.kind == EDIT.name else self._pay(step, order)

    def _edit(self, step: Step, order: InboxRow, row: Any) -> str | None:
        traits, skills = order.payload["traits"], order.payload["skills"]
        filled = order.payload["needs"]
        if set(traits) - set(TRAITS) or set(skills) - set(SKILLS) or set(filled) - set(NEEDS):
            return "unknown_field"
        for trait, points in traits.items():
            getattr(self.traits, trait)[row] = points
        for skill, points in skills.items():
            getattr(self.skills, skill)[row] = milli(points)
        values = needs.values_at(self.residents, row, step.instant)
        for need, points in filled.items():
            values[:, NEEDS.index(need)] = milli(points)
        needs.anchor(self.residents, row, values, None, step.instant)
        step.mark(RENEW, row)
        step.emit(events.EDITED, actor=order.subject, source=Source.OPERATOR, data=[order.payload])
        return None

    def _pay(self, step: Step, order: InboxRow) -> str | None:
        fen = order.payload["fen"]
        if not fen:
            return "nothing_to_pay"
        payer, payee = (self.treasury, order.subject) if fen > 0 else (order.subject, self.treasury)
        self.ledger.post(step, payer=payer, payee=payee, amount=abs(fen), category=Category.GRANT)
        return None
