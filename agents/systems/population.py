"""Population: once a day people come to live in the town, and others move away."""

from collections.abc import Mapping
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.population import arriving, moving_house
from agents.population.arriving import Arriving, Newcomer
from agents.population.moving_house import MovingHouse
from agents.population.moving_in import MOVE_IN, newcomer_like
from agents.population.rules import PopulationSpec
from agents.population.vocabulary import Departure
from agents.provenance import Source
from agents.systems.conduct import SPELL
from economy import ledger
from economy.ledger import Ledger
from economy.money import Category, fen
from world.engine.columns import Rows
from world.engine.gametime import DAY, NEVER, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step

TIMERS = ("alert_at", "answer_by", "arrives_at", "ends_at", "engaged_at", "talk_at", "think_at")


class Population(System):
    """Lets newcomers in, who bring some money along, couples move together, and those go who cannot
    bear it any longer."""

    reads = (
        *arriving.READS,
        *moving_house.READS,
        "livelihoods.arrived_at",
        "livelihoods.debt_days",
        "livelihoods.gloom_days",
        "residents.started_at",
        "talks.host",
    )
    writes = (
        *ledger.COLUMNS,
        *moving_house.WRITES,
        "businesses.owner",
        "livelihoods.left_at",
        *(f"residents.{timer}" for timer in TIMERS),
        *(
            f"residents.{column}"
            for column in ("activity", "bound_for", "intent", "place", "shift", "workdays")
        ),
        "residents.workplace",
    )

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.businesses = columns.businesses
        self.talks = columns.talks
        self.ledger = Ledger(columns)
        self.arriving = Arriving(columns, constants)
        self.moving_house = MovingHouse(columns, constants)
        self.rules: PopulationSpec = constants["population"]
        self.town_rules = constants["rules"]
        self.treasury: int = constants["institutions"]["treasury"]
        self.grid: int = constants["walks"].grid
        self.idle: int = constants["activities"].codes["idle"]

    def next_due(self, after: int) -> int:
        today = midnight_before(after) + self.rules.at
        settled = int(self.livelihoods.arrived_at[:].max(initial=0)) + self.grid
        return min(today if after < today else today + DAY, settled if after < settled else NEVER)

    def on_time(self, step: Step) -> None:
        fresh = np.flatnonzero(self.livelihoods.arrived_at[:] == step.instant - self.grid)
        self._bring_money(step, fresh)
        if step.instant != midnight_before(step.instant) + self.rules.at:
            return
        live = self.livelihoods
        staying = (live.left_at[:] == 0) & (self.talks.host[:] == 0)
        deep = live.debt_days[:] >= self.rules.debt_days
        gloomy = live.gloom_days[:] >= self.rules.gloom_days
        self._go(step, np.flatnonzero(staying & deep), Departure.DEBT)
        self._go(step, np.flatnonzero(staying & gloomy & ~deep), Departure.GLOOM)
        self.moving_house.today(step)
        first = int(self.ledger.accounts.numbers.max()) + 1
        for number, newcomer in enumerate(self.arriving.today(step), start=first):
            self._come(step, number, newcomer)

    def _bring_money(self, step: Step, rows: Rows) -> None:
        if len(rows):
            self.ledger.post(
                step,
                payer=self.treasury,
                payee=self.residents.numbers[rows],
                amount=fen(self.rules.opening),
                category=Category.OPENING,
            )

    def _come(self, step: Step, number: int, newcomer: Newcomer) -> None:
        """Let somebody be written who stands before their new home from this instant on."""
        spec = newcomer_like(self.town_rules, newcomer.like, number, step.instant)
        told = asdict(newcomer)
        why = told.pop("why")
        step.ask(MOVE_IN, number, told)
        step.recast()
        step.emit(
            events.MOVED_IN,
            actor=number,
            place=newcomer.home,
            reason=int(why),
            data=[
                {
                    "name": spec.name.model_dump(),
                    "age": spec.age,
                    "gender": spec.gender,
                    "occupation": newcomer.occupation,
                    "workplace": newcomer.place,
                }
            ],
        )

    def _go(self, step: Step, rows: Rows, why: Departure) -> None:
        """Let these residents move away: nothing happens to them any more."""
        if not len(rows):
            return
        r = self.residents
        step.note(
            SPELL,
            rows=rows,
            activity=r.activity[rows],
            place=r.place[rows],
            began=r.started_at[rows],
        )
        step.emit(
            events.MOVED_AWAY,
            actor=r.numbers[rows],
            place=r.home[rows],
            reason=int(why),
            source=int(Source.RULE),
        )
        self.livelihoods.left_at[rows] = step.instant
        for timer in TIMERS:
            getattr(r, timer)[rows] = NEVER
        r.activity[rows] = self.idle
        r.place[rows] = r.bound_for[rows] = r.intent[rows] = 0
        r.workplace[rows] = r.shift[rows] = r.workdays[rows] = 0
        b = self.businesses
        b.owner[np.flatnonzero(np.isin(b.owner[:], r.numbers[rows]))] = 0
