"""Consequences: what rules of the town and happenings do to those whom they concern."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.founding import workdays
from agents.minds import climate
from agents.minds.climate import Climates
from agents.needs import NEEDS, milli
from agents.systems import timing
from agents.systems.conduct import DECIDE, RENEW, SENT_OUT
from agents.systems.timing import Timing
from world.engine.columns import Rows
from world.engine.gametime import DAY, MINUTE, NEVER, midnight_before, weekday
from world.engine.pipeline import System
from world.engine.step import Step
from world.happenings import HappeningsSpec, Kind
from world.systems.happenings import BEGUN, OVER

ROSTER = 6 * MINUTE
"""After midnight, when yesterday's work has been judged, it is settled who works today."""

COFFEE = "coffee"
"""The key of the activity that is free when coffee is."""

WEEKDAYS = "weekdays"
"""The days of those shifts that a day off frees."""


class Consequences(System):
    """Frees people from work, sends them home, lets them drink for nothing, or does them harm."""

    reads = (*timing.READS, *climate.READS, "livelihoods.left_at", "residents.activity")
    writes = ("businesses.free", "residents.workdays", *needs.COLUMNS)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.businesses = columns.businesses
        self.timing = Timing(columns, constants)
        self.climates = Climates(columns, constants)
        self.rules: HappeningsSpec = constants["happenings"]
        self.shift_days: list[str] = constants["shift_days"]
        self.business_rows: NDArray[np.int64] = constants["business_rows"]
        self.activities = constants["activities"]
        self.staff_of_outing: NDArray[np.bool_] = constants["goes_on_outings"]

    def next_due(self, after: int) -> int:
        midnight = midnight_before(after)
        times = [midnight + ROSTER, midnight + self.rules.curfew.since, midnight + DAY + ROSTER]
        return min(time for time in times if time > after)

    def on_time(self, step: Step) -> None:
        if step.instant == midnight_before(step.instant) + ROSTER:
            self._draw_up_roster(step.instant)
        else:
            self._send_home(step)

    def run(self, step: Step) -> None:
        for kind, place in _noted(step, BEGUN):
            self._begin(step, kind, place)
        for kind, place in _noted(step, OVER):
            if kind == Kind.FREE_COFFEE:
                self._give_away(place, 0)
            elif kind in (Kind.DAY_OFF, Kind.OUTING):
                self._draw_up_roster(step.instant)

    def _begin(self, step: Step, kind: Kind, place: int) -> None:
        match kind:
            case Kind.FREE_COFFEE:
                self._give_away(place, self.activities.codes.get(COFFEE, 0))
            case Kind.DISASTER:
                self._strike(step, place)
            case Kind.DAY_OFF | Kind.OUTING:
                self._draw_up_roster(step.instant)
                r = self.residents
                at_work = self.activities.is_duty[r.activity[:]] & ~self._works_today(step.instant)
                step.mark(DECIDE, np.flatnonzero(at_work))
            case Kind.CURFEW if self.climates.is_night(step.instant):
                self._send_home(step)
            case _:
                pass

    def _draw_up_roster(self, now: int) -> None:
        """Who works on which days: as their shifts have it, but for who has today off."""
        r = self.residents
        rows = np.flatnonzero(r.shift[:] > 0)
        days = np.array(
            [
                workdays(self.shift_days[shift], number)
                for shift, number in zip(
                    r.shift[rows].tolist(), r.numbers[rows].tolist(), strict=True
                )
            ],
            dtype=np.int64,
        )
        off = np.zeros(len(rows), dtype=np.bool_)
        if self.climates.in_force.on(Kind.DAY_OFF, now):
            off |= np.isin(r.shift[rows], self._office_shifts())
        if self.climates.in_force.on(Kind.OUTING, now):
            off |= self.staff_of_outing[r.workplace[rows]]
        days = np.where(off, days & ~(1 << weekday(now)), days)
        moved = days != r.workdays[rows]
        r.workdays[rows[moved]] = days[moved]

    def _office_shifts(self) -> list[int]:
        return [shift for shift, days in enumerate(self.shift_days) if days == WEEKDAYS]

    def _works_today(self, now: int) -> NDArray[np.bool_]:
        return np.asarray(self.residents.workdays[:].astype(np.int64) >> weekday(now) & 1 == 1)

    def _send_home(self, step: Step) -> None:
        """Under curfew whoever is out and not on duty must go home now."""
        if self.climates.home_by(step.instant) == NEVER:
            return
        r = self.residents
        out = np.flatnonzero(
            (r.place[:] != r.home[:])
            & (r.bound_for[:] != r.home[:])
            & (self.livelihoods.left_at[:] == 0)
        )
        out = out[~self._on_duty(out, step.instant)]
        step.mark(DECIDE, out)
        step.mark(SENT_OUT, out[r.place[out] > 0])

    def _on_duty(self, rows: Rows, now: int) -> NDArray[np.bool_]:
        r = self.residents
        bound = np.where(r.bound_for[rows] > 0, r.bound_for[rows], r.place[rows])
        return self.timing.staffs(rows, bound, now)

    def _give_away(self, place: int, activity: int) -> None:
        row = int(self.business_rows[place])
        if row >= 0:
            self.businesses.free[np.array([row])] = activity

    def _strike(self, step: Step, place: int) -> None:
        """Whoever is in the place is shaken, and must leave it."""
        r, rule = self.residents, self.rules.disaster
        inside = np.flatnonzero(r.place[:] == place)
        if not len(inside):
            return
        values = needs.values_at(r, inside, step.instant)
        for need in ("energy", "comfort", "fun"):
            values[:, NEEDS.index(need)] -= milli(getattr(rule, need))
        needs.anchor(r, inside, values, None, step.instant)
        step.mark(RENEW, inside)
        guests = inside[r.home[inside] != place]
        step.mark(DECIDE, guests)
        step.mark(SENT_OUT, guests)


def _noted(step: Step, name: str) -> list[tuple[Kind, int]]:
    noted = step.noted(name)
    if noted is None:
        return []
    return [
        (Kind(kind), place)
        for kind, place in zip(noted["kind"].tolist(), noted["place"].tolist(), strict=True)
    ]
