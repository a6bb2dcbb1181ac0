"""Population: once a day people come to live in the town, and others move away."""

from collections.abc import Mapping
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import numpy as np
from pydantic import BaseModel

from agents import events
from agents.population import arriving, leaving, moving_house
from agents.population.arriving import Arriving, Newcomer
from agents.population.leaving import Leaving
from agents.population.moving_house import MovingHouse
from agents.population.moving_in import MOVE_IN, coming, newcomer_like
from agents.population.rules import PopulationSpec
from agents.population.vocabulary import Attraction, Departure
from agents.provenance import Source
from economy import ledger
from economy.ledger import Ledger
from economy.money import Category, fen
from world.engine.columns import Rows
from world.engine.gametime import DAY, NEVER, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step
from world.registry import InboxKind


class InvitationOrder(BaseModel):
    """Let somebody come to live in the town. occupation: a key, empty for anybody's."""

    occupation: str = ""


INVITE = InboxKind("agent_invite", 125, InvitationOrder)


class Population(System):
    """Lets newcomers in, who bring some money along, couples move together, and those go who cannot
    bear it any longer. Operators may invite somebody."""

    reads = (
        *arriving.READS,
        *leaving.READS,
        *moving_house.READS,
        "livelihoods.arrived_at",
        "livelihoods.debt_days",
        "livelihoods.gloom_days",
        "livelihoods.jobless_days",
        "minds.cadence",
        "minds.closed",
        "minds.code",
        "talks.host",
    )
    writes = (*ledger.COLUMNS, *leaving.WRITES, *moving_house.WRITES)
    handles = (INVITE.name,)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.minds = columns.minds
        self.talks = columns.talks
        self.ledger = Ledger(columns)
        self.arriving = Arriving(columns, constants)
        self.leaving = Leaving(columns, constants)
        self.moving_house = MovingHouse(columns, constants)
        self.rules: PopulationSpec = constants["population"]
        self.town_rules = constants["rules"]
        self.treasury: int = constants["institutions"]["treasury"]
        self.grid: int = constants["walks"].grid

    def next_due(self, after: int) -> int:
        today = midnight_before(after) + self.rules.at
        settled = int(self.livelihoods.arrived_at[:].max(initial=0)) + self.grid
        return min(today if after < today else today + DAY, settled if after < settled else NEVER)

    def on_time(self, step: Step) -> None:
        fresh = np.flatnonzero(self.livelihoods.arrived_at[:] == step.instant - self.grid)
        self._bring_money(step, fresh)
        if step.instant != midnight_before(step.instant) + self.rules.at:
            return
        self._let_go(step)
        self.moving_house.today(step)
        for newcomer in self.arriving.today(step):
            self._come(step, newcomer)

    def run(self, step: Step) -> None:
        for order in self.orders(step):
            newcomer = self.arriving.invited(step, order)
            if isinstance(newcomer, str):
                step.refuse(order, newcomer)
                continue
            self._come(step, newcomer)
            step.accept(order)

    def _let_go(self, step: Step) -> None:
        """Let those move away who cannot bear it any longer, each for the first of the reasons."""
        live, rules = self.livelihoods, self.rules
        staying = (live.left_at[:] == 0) & (self.talks.host[:] == 0)
        for why, days, most in (
            (Departure.DEBT, live.debt_days, rules.debt_days),
            (Departure.GLOOM, live.gloom_days, rules.gloom_days),
            (Departure.WORK, live.jobless_days, rules.jobless_days or NEVER),
        ):
            rows = np.flatnonzero(staying & (days[:] >= most))
            self.leaving.go(step, rows, why, Source.RULE)
            staying[rows] = False

    def _bring_money(self, step: Step, rows: Rows) -> None:
        if len(rows):
            self.ledger.post(
                step,
                payer=self.treasury,
                payee=self.residents.numbers[rows],
                amount=fen(self.rules.opening),
                category=Category.OPENING,
            )

    def _come(self, step: Step, newcomer: Newcomer) -> None:
        """Let somebody be written who stands before their new home from this instant on."""
        number = int(self.ledger.accounts.numbers.max()) + 1 + len(coming(step))
        spec = newcomer_like(self.town_rules, newcomer.like, number, step.instant)
        told = asdict(newcomer)
        why = told.pop("why")
        mind = self._usual_mind()
        step.ask(MOVE_IN, number, told | {"mind": mind})
        step.recast()
        step.emit(
            events.MOVED_IN,
            actor=number,
            place=newcomer.home,
            reason=int(why),
            source=int(Source.OPERATOR if why == Attraction.ORDER else Source.RULE),
            data=[
                {
                    "name": spec.name.model_dump(),
                    "age": spec.age,
                    "gender": spec.gender,
                    "occupation": newcomer.occupation,
                    "workplace": newcomer.place,
                    "mind": mind["code"],
                }
            ],
        )

    def _usual_mind(self) -> dict[str, int]:
        """The mind that most residents have, of several that of the lowest code, as it stands.

        Fields of `AgentMind`.
        """
        m, staying = self.minds, np.flatnonzero(self.livelihoods.left_at[:] == 0)
        if not len(staying):
            return {"code": 0}
        codes = m.code[staying]
        code = int(np.bincount(codes).argmax())
        row = staying[codes == code][0]
        return {"code": code, "closed": int(m.closed[row]), "cadence": int(m.cadence[row])}
