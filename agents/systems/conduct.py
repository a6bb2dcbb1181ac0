"""Conduct: what it means for the columns to begin an activity, to set out, to be turned away."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import events
from agents.activities import Activities
from agents.duty import Shifts
from agents.minds.instinct import Instinct
from agents.needs import ENERGY, first_reach
from world.engine import lines
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import MINUTE, NEVER, on_or_after
from world.engine.places import Places
from world.engine.routes import Walks
from world.engine.step import Step

DECIDE = "decide"
"""Mark: these rows must decide in this instant."""
RENEW = "renew"
"""Mark: what these rows do has changed, so their needs go on at other rates."""

LINGER = purpose("agents.conduct.linger")

EARLY_BY = 5 * MINUTE
"""How early the average person means to be at work."""
MORNING = 60 * MINUTE
"""What one leaves between waking and setting out for work."""

COLUMNS = tuple(
    f"residents.{column}"
    for column in (
        "activity",
        "arrives_at",
        "bound_for",
        "cell",
        "departed_at",
        "ends_at",
        "intent",
        "motive",
        "place",
        "shunned",
        "shunned_until",
        "source",
        "started_at",
        "think_at",
        "decision",
    )
)
READS = (
    "residents.home",
    "residents.workplace",
    "residents.shift",
    "residents.workdays",
    "residents.energy",
    "residents.energy_rate",
    "residents.needs_since",
    "traits.conscientiousness",
)


class Conduct:
    """The deeds of residents, by the rules of one world.

    residents, traits: granted columns, with COLUMNS writable and READS readable.
    """

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.activities: Activities = constants["activities"]
        self.shifts: Shifts = constants["shifts"]
        self.places: Places = constants["places"]
        self.walks: Walks = constants["walks"]
        self.instinct: Instinct = constants["instinct"]

    def begin(
        self, step: Step, rows: Rows, activity: ArrayLike, motive: ArrayLike, source: ArrayLike
    ) -> None:
        """Begin an activity where one is (or in the street), planned to its end."""
        if not len(rows):
            return
        r = self.residents
        code = np.broadcast_to(np.asarray(activity, dtype=np.int64), rows.shape)
        ends = self.planned_end(step, rows, code)
        r.activity[rows] = code
        r.intent[rows] = 0
        r.started_at[rows] = step.instant
        r.ends_at[rows] = ends
        r.arrives_at[rows] = NEVER
        r.think_at[rows] = NEVER
        r.motive[rows] = motive
        r.source[rows] = source
        step.mark(RENEW, rows)
        step.emit(
            events.STARTED,
            actor=r.numbers[rows],
            place=r.place[rows],
            activity=code,
            reason=motive,
            source=source,
            until=ends,
        )

    def depart(
        self,
        step: Step,
        rows: Rows,
        place: ArrayLike,
        intent: ArrayLike,
        motive: ArrayLike,
        source: ArrayLike,
    ) -> None:
        """Set out for a place, from where one stands, to do something there."""
        if not len(rows):
            return
        r = self.residents
        goal = np.broadcast_to(np.asarray(place, dtype=np.int64), rows.shape)
        origin = self.standing_at(step, rows)
        arrives = step.instant + self.walks.travel_seconds(origin, goal - 1)
        r.cell[rows] = origin
        r.place[rows] = 0
        r.bound_for[rows] = goal
        r.departed_at[rows] = step.instant
        r.arrives_at[rows] = arrives
        r.activity[rows] = self.activities.codes["walk"]
        r.intent[rows] = intent
        r.started_at[rows] = step.instant
        r.ends_at[rows] = NEVER
        r.think_at[rows] = NEVER
        r.motive[rows] = motive
        r.source[rows] = source
        step.mark(RENEW, rows)
        step.emit(
            events.MOVED,
            actor=r.numbers[rows],
            place=goal,
            activity=intent,
            reason=motive,
            source=source,
            amount=origin,
            until=arrives,
        )

    def turn_away(self, step: Step, rows: Rows, reason: ArrayLike, shun: int) -> None:
        """Leave walkers standing at a door that did not open to them; they choose once more."""
        if not len(rows):
            return
        r = self.residents
        door = r.bound_for[rows]
        step.emit(
            events.REFUSED,
            actor=r.numbers[rows],
            place=door,
            activity=r.intent[rows],
            reason=reason,
        )
        r.cell[rows] = self.walks.doors[door - 1]
        r.shunned[rows] = door
        r.shunned_until[rows] = step.instant + shun
        r.bound_for[rows] = 0
        r.arrives_at[rows] = NEVER
        r.intent[rows] = 0
        r.activity[rows] = self.activities.codes["idle"]
        step.mark(RENEW, rows)
        step.mark(DECIDE, rows)

    def enter(self, rows: Rows) -> None:
        """Walkers are inside the place they went to."""
        r = self.residents
        goal = r.bound_for[rows]
        r.place[rows] = goal
        r.cell[rows] = self.walks.doors[goal - 1]
        r.bound_for[rows] = 0
        r.arrives_at[rows] = NEVER

    def standing_at(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        """The cell in which each is: at a door, in the street, or on the way."""
        r = self.residents
        cells = r.cell[rows].astype(np.int64)
        walking = np.flatnonzero(r.bound_for[rows] > 0)
        if len(walking):
            on_the_way = rows[walking]
            cells[walking] = self.walks.cell_at(
                cells[walking],
                r.bound_for[on_the_way] - 1,
                step.instant - r.departed_at[on_the_way],
            )
        return cells

    def leaves_by(self, step: Step, rows: Rows, from_cell: ArrayLike) -> NDArray[np.int64]:
        """When each must leave the given cells, int64[n] or [n, C], for duty; NEVER without duty.

        The conscientious mean to be early, others are late.
        """
        r = self.residents
        called = self.shifts.called_at(r.shift[rows], r.workdays[rows], step.instant)
        care = self.traits.conscientiousness[rows].astype(np.int64)
        called = called - EARLY_BY - (care - 50) * MINUTE // 5
        workplace = np.maximum(r.workplace[rows], 1) - 1
        cells = np.asarray(from_cell, dtype=np.int64)
        if cells.ndim == 2:
            called, workplace = called[:, None], workplace[:, None]
        away = self.walks.travel_seconds(cells, np.broadcast_to(workplace, cells.shape))
        return np.where(called < NEVER // 2, called - away, NEVER)

    def planned_end(self, step: Step, rows: Rows, activity: NDArray[np.int64]) -> NDArray[np.int64]:
        """When an activity that begins now will end, on the grid, at least one step from now."""
        r, rules, now = self.residents, self.activities, step.instant
        shortest, longest = rules.shortest[activity], rules.longest[activity]
        lasts = shortest + step.draws.below(longest - shortest + 1, r.numbers[rows], LINGER)
        energy = lines.value_at(r.energy[rows], r.energy_rate[rows], r.needs_since[rows], now)
        rested = first_reach(energy, rules.rates[activity, ENERGY], now, self.instinct.bed_energy)
        in_bed = rules.until_rested[activity]
        ends = np.where(in_bed, np.clip(rested, now + shortest, now + longest), now + lasts)
        call = self.leaves_by(step, rows, r.cell[rows])
        ends = np.minimum(ends, np.where(in_bed, call - MORNING, call))
        inside = r.place[rows] > 0
        shuts = self.places.open_until(np.maximum(r.place[rows], 1) - 1, now)
        ends = np.where(inside, np.minimum(ends, shuts), ends)
        duty = self.activities.is_duty[activity] & (r.place[rows] == r.workplace[rows])
        ends = np.where(duty, self.shifts.free_at(r.shift[rows], now), ends)
        grid = self.walks.grid
        return np.maximum(on_or_after(ends, grid), now + grid)
