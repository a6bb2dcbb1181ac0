"""Occasions: when, where and for what somebody could meet another, or go out alone."""

import zlib
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.appointments.entries import open_of
from agents.appointments.rules import AppointmentRules
from agents.duty import Shifts
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, HOUR, MINUTE, midnight_before
from world.engine.places import Places
from world.engine.step import Step

TASTE = purpose("agents.occasions.taste")

MOST = 3
"""Occasions that come to mind at once."""

LASTS = HOUR
"""How long one has to be free, and the place open, for it."""

SET_OUT = 15 * MINUTE
"""How long before one must not be at work any more."""

AVERAGE = 50
"""How much what is to nobody's taste in particular is to everybody's."""

READS = (
    "residents.home",
    "residents.shift",
    "residents.workdays",
    "traits.levels",
    *(f"appointments.{column}" for column in ("at", "state")),
)


class Occasion(NamedTuple):
    """at: game time. place: its number. activity: what is done there, a code."""

    at: int
    place: int
    activity: int


class Occasions:
    """columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.appointments = columns.appointments
        self.rules: AppointmentRules = constants["appointments"]
        self.shifts: Shifts = constants["shifts"]
        self.places: Places = constants["places"]
        self.seed: int = constants["seed"]
        self.district = len(constants["place_kinds"])

    def for_two(self, now: int, one: int, other: int) -> Sequence[Occasion]:
        """Up to MOST at which both of these (rows) are free, in the next days; by time."""
        slots = np.flatnonzero(self.rules.together)
        found = self._free(now, (one, other), slots, days=self.rules.days + 1)
        if not found:
            return ()
        numbers = self.residents.numbers
        lot = zlib.crc32(f"{self.seed} {numbers[one]} {numbers[other]} {now // DAY}".encode())
        apart = max(len(found) // MOST, 1)
        picked = {(lot + k * apart) % len(found) for k in range(min(MOST, len(found)))}
        return [found[index] for index in sorted(picked)]

    def for_one(self, step: Step, row: int) -> Occasion | None:
        """Something for somebody (a row) to do today, rather what is to their taste."""
        slots = np.flatnonzero(self.rules.alone)
        found = self._free(step.instant, (row,), slots, days=1)
        if not found:
            return None
        # First what, then when: what has more slots is not done more often for that.
        levels = np.append(self.traits.levels[row].astype(np.int64), AVERAGE)[self.rules.trait]
        liking = dict(zip(self.rules.activity.tolist(), levels.tolist(), strict=True))
        number = self.residents.numbers[row]
        activities = sorted({each.activity for each in found})
        lots = step.draws.below(1000, number, TASTE, index=np.arange(len(activities) + 1)).tolist()
        _, activity = max(
            (lot * (10 + liking[activity]), activity)
            for lot, activity in zip(lots[1:], activities, strict=True)
        )
        wanted = [each for each in found if each.activity == activity]
        return wanted[lots[0] % len(wanted)]

    def _free(self, now: int, rows: Sequence[int], slots: Rows, *, days: int) -> list[Occasion]:
        """At which of these slots, today and later, all of these people have time; by time."""
        rules = self.rules
        midnights = midnight_before(now) + DAY * np.arange(days)
        at = (midnights[:, None] + rules.at[slots]).ravel()
        slot = np.tile(slots, days)
        soon_enough = at >= now + rules.notice
        at, slot = at[soon_enough], slot[soon_enough]
        home = int(self.residents.home[rows[0]]) - 1
        place = rules.place[slot] + home // self.district * self.district
        is_open, shuts = self.places.hours_at(place - 1, at)
        fits = is_open & (shuts >= at + LASTS)
        for row in rows:
            fits &= self._has_time(row, at)
        order = np.lexsort([slot[fits], at[fits]])
        found = zip(
            at[fits][order], place[fits][order], rules.activity[slot[fits]][order], strict=True
        )
        return [Occasion(*map(int, each)) for each in found]

    def _has_time(self, row: int, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        r = self.residents
        shift, workdays = r.shift[row], r.workdays[row]
        busy = np.zeros(len(at), dtype=np.bool_)
        for moment in (at - SET_OUT, at, at + LASTS):
            busy |= self.shifts.on_duty(shift, workdays, moment)
        mine = open_of(self.appointments, int(r.numbers[row]))
        for taken in self.appointments.at[mine].tolist():
            busy |= np.abs(at - taken) < self.rules.apart
        return ~busy
