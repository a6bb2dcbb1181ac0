"""Decisions: whoever has nothing to do, or has a reason to stop, chooses what comes next."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import Activities, Where
from agents.minds.instinct import Instinct
from agents.minds.situation import Choices, Situations
from agents.needs import TRAITS, NeedRules
from agents.options import Offers, Options
from agents.provenance import Source
from agents.systems import conduct
from agents.systems.closings import STAFF_WITHIN
from agents.systems.conduct import DECIDE, MORNING, Conduct
from world.engine.columns import Rows
from world.engine.gametime import MINUTE, NEVER
from world.engine.pipeline import System
from world.engine.step import Step

EARLY_WITHIN = 40 * MINUTE
"""How long before duty begins one may already turn up for it."""


class Decisions(System):
    """Puts their situations before the minds of those who must decide, and does what they choose."""

    reads = (
        *conduct.READS,
        *needs.COLUMNS,
        *(f"traits.{trait}" for trait in TRAITS),
        "residents.occupation",
        "residents.alone",
    )
    writes = conduct.COLUMNS

    def __init__(self, columns: SimpleNamespace, constants: dict[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.traits = columns.traits
        self.conduct = Conduct(columns, constants)
        self.activities: Activities = constants["activities"]
        self.needs: NeedRules = constants["needs"]
        self.instinct: Instinct = constants["instinct"]
        self.offers: Offers = constants["offers"]
        self.duties: NDArray[np.int64] = constants["duties"]

    def run(self, step: Step) -> None:
        rows = step.marked(DECIDE)
        if not len(rows):
            return
        r = self.residents
        choices = self.instinct.decide(
            self.situations(step, rows),
            now=step.instant,
            activities=self.activities,
            needs=self.needs,
            draws=step.draws,
        )
        r.decision[rows] = r.decision[rows] + 1
        waits = rows[~choices.decided]
        r.think_at[waits] = step.instant + self.conduct.walks.grid
        stays = choices.decided & (choices.place == r.place[rows])
        self._begin(step, rows, choices, stays)
        self._depart(step, rows, choices, choices.decided & ~stays)

    def _begin(self, step: Step, rows: Rows, choices: Choices, who: NDArray[np.bool_]) -> None:
        self.conduct.begin(
            step, rows[who], choices.activity[who], choices.motive[who], Source.INSTINCT
        )

    def _depart(self, step: Step, rows: Rows, choices: Choices, who: NDArray[np.bool_]) -> None:
        self.conduct.depart(
            step,
            rows[who],
            choices.place[who],
            choices.activity[who],
            choices.motive[who],
            Source.INSTINCT,
        )

    def situations(self, step: Step, rows: Rows) -> Situations:
        """What these residents may know as they decide."""
        r, c = self.residents, self.conduct
        place = r.place[rows].astype(np.int64)
        traits = np.stack([getattr(self.traits, trait)[rows] for trait in TRAITS], axis=1)
        options = self.offers.of(
            place=place,
            home=r.home[rows].astype(np.int64),
            workplace=r.workplace[rows].astype(np.int64),
            duty=self.duties[r.occupation[rows]],
        )
        arrives = self._arrivals(step, rows, place, options)
        is_duty = self.activities.is_duty[options.activity]
        crowd = self._crowd(place)
        return Situations(
            number=r.numbers[rows],
            traits=traits.astype(np.int64),
            needs=needs.values_at(r, rows, step.instant),
            sinking=self.needs.sinking(traits.astype(np.int64), r.alone[rows] == 1),
            place=place,
            crowd=crowd,
            options=options,
            arrives_at=arrives,
            ends_by=self._ends_by(step, rows, options, arrives, is_duty),
            is_duty=is_duty,
            possible=self._possible(step, rows, options, arrives, is_duty, crowd),
        )

    def _arrivals(
        self, step: Step, rows: Rows, place: NDArray[np.int64], options: Options
    ) -> NDArray[np.int64]:
        """When each option could begin: at once where one is, else after the way there."""
        cells = np.broadcast_to(self.conduct.standing_at(step, rows)[:, None], options.place.shape)
        goals = np.maximum(options.place, 1) - 1
        there = options.place == place[:, None]
        away = self.conduct.walks.travel_seconds(cells, goals)
        return step.instant + np.where(there, 0, away)

    def _crowd(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """Per cent of seats that others have taken where one is; -1 in the street."""
        places = self.conduct.places
        people = np.bincount(self.residents.place[:], minlength=len(places) + 1)
        others = people[place] - 1
        capacity = places.capacity[np.maximum(place, 1) - 1]
        # Even one person among many seats counts as company.
        return np.where(place > 0, -(-others * 100 // capacity), -1)

    def _ends_by(
        self,
        step: Step,
        rows: Rows,
        options: Options,
        arrives: NDArray[np.int64],
        is_duty: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """When each option would have to end: for closing time, for duty, or as duty itself ends."""
        c = self.conduct
        goals = np.maximum(options.place, 1) - 1
        cells = np.where(
            options.place > 0, c.walks.doors[goals], c.standing_at(step, rows)[:, None]
        )
        called = c.leaves_by(step, rows, cells)
        called = np.where(self.activities.until_rested[options.activity], called - MORNING, called)
        shuts = np.where(options.place > 0, c.places.open_until(goals, arrives), NEVER)
        free = c.shifts.free_at(self.residents.shift[rows][:, None], arrives)
        return np.where(is_duty, free, np.minimum(called, shuts))

    def _possible(
        self,
        step: Step,
        rows: Rows,
        options: Options,
        arrives: NDArray[np.int64],
        is_duty: NDArray[np.bool_],
        crowd: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """What the calendar, opening hours and one's own memory do not rule out."""
        r, c = self.residents, self.conduct
        shift, workdays = r.shift[rows][:, None], r.workdays[rows][:, None]
        goals = np.maximum(options.place, 1) - 1
        at_home = options.place == r.home[rows][:, None]
        staff = (options.place == r.workplace[rows][:, None]) & c.shifts.near_duty(
            shift, workdays, arrives, STAFF_WITHIN
        )
        open_there = (options.place == 0) | at_home | staff | c.places.is_open(goals, arrives)
        shunned = (options.place == r.shunned[rows][:, None]) & (
            step.instant < r.shunned_until[rows][:, None]
        )
        called = c.shifts.called_at(r.shift[rows], r.workdays[rows], step.instant)[:, None]
        expected = c.shifts.on_duty(shift, workdays, arrives) | (
            (called >= arrives) & (called - arrives <= EARLY_WITHIN)
        )
        time_left = self._ends_by(step, rows, options, arrives, is_duty) - arrives
        anywhere = self.activities.where[options.activity] == Where.ANYWHERE
        enough = anywhere | (time_left >= self.activities.shortest[options.activity])
        here = options.place == r.place[rows][:, None]
        lonely = self.activities.sociable[options.activity] & here & (crowd <= 0)[:, None]
        return (
            options.exists & open_there & ~shunned & ~lonely & np.where(is_duty, expected, enough)
        )
