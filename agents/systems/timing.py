"""Timing: where residents stand, when duty calls them away, and when what they do will end."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.activities import Activities
from agents.duty import Shifts
from agents.minds import climate
from agents.minds.climate import Climates
from agents.minds.instinct import Instinct
from agents.needs import ENERGY, first_reach
from world.engine import lines
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.gametime import DAY, MINUTE, NEVER, midnight_before, on_or_after, second_of_day
from world.engine.places import Places
from world.engine.routes import Walks
from world.engine.step import Step

LINGER = purpose("agents.timing.linger")
WAKE = purpose("agents.timing.wake")

EARLY_BY = 5 * MINUTE
"""How early the average person means to be at work."""
EARLIER_BY_CARE = 20 * MINUTE
"""How much earlier than that the most conscientious mean to be there, and the least later."""
MORNING = 60 * MINUTE
"""What one leaves between waking and setting out for work."""
STAFF_WITHIN = 60 * MINUTE
"""How long before and after their shift staff may be in a closed workplace."""

READS = (
    "residents.arrives_at",
    "residents.bound_for",
    "residents.cell",
    "residents.departed_at",
    "residents.energy",
    "residents.energy_rate",
    "residents.home",
    "residents.needs_since",
    "residents.place",
    "residents.shift",
    "residents.workdays",
    "residents.workplace",
    "traits.conscientiousness",
    *climate.READS,
)


class Timing:
    """When and where, by the rules of one world. columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.activities: Activities = constants["activities"]
        self.shifts: Shifts = constants["shifts"]
        self.places: Places = constants["places"]
        self.walks: Walks = constants["walks"]
        self.instinct: Instinct = constants["instinct"]
        self.climates = Climates(columns, constants)

    def standing_at(self, rows: Rows, now: int) -> NDArray[np.int64]:
        """The cell in which each is: at a door, in the street, or on the way."""
        r = self.residents
        cells = r.cell[rows].astype(np.int64)
        walking = (r.bound_for[rows] > 0).nonzero()[0]
        if len(walking):
            on_the_way = rows[walking]
            cells[walking] = self.walks.cell_at(
                cells[walking], r.bound_for[on_the_way] - 1, now - r.departed_at[on_the_way]
            )
        return cells

    def seconds_to(self, rows: Rows, places: NDArray[np.int64], now: int) -> NDArray[np.int64]:
        """Game seconds from where each stands to the doors of places (rows); int64[n, C] both."""
        place = self.residents.place[rows].astype(np.int64)
        away = self.walks.between((np.maximum(place, 1) - 1)[:, None], places)
        street = (place == 0).nonzero()[0]
        if len(street):
            cells = self.standing_at(rows[street], now)[:, None]
            away[street] = self.walks.travel_seconds(cells, places[street])
        return away

    def called_at(self, rows: Rows, now: int) -> NDArray[np.int64]:
        """When duty next calls each after `now`, NEVER without duty."""
        r = self.residents
        return self.shifts.called_at(r.shift[rows], r.workdays[rows], now)

    def turns_up_at(self, rows: Rows, called: NDArray[np.int64]) -> NDArray[np.int64]:
        """When each means to be at the workplace, whom duty calls at `called`.

        The conscientious mean to be early, others are late.
        """
        care = self.traits.conscientiousness[rows].astype(np.int64) - 50
        return np.where(called < NEVER, called - EARLY_BY - care * EARLIER_BY_CARE // 50, NEVER)

    def staffs(self, rows: Rows, place: NDArray[Any], now: NDArray[Any] | int) -> NDArray[np.bool_]:
        """Whether each may be in `place` at `now` because they work there, open or not.

        place, now: int[n] or int[n, C], both alike; or one `now` for all.
        """
        r = self.residents
        staff = place == r.workplace[rows].reshape((len(rows),) + (1,) * (np.ndim(place) - 1))
        at_work = staff.nonzero()
        if not len(at_work[0]):
            return np.asarray(staff)
        who = rows[at_work[0]]
        times = now[at_work] if isinstance(now, np.ndarray) else now
        staff[at_work] = self.shifts.near_duty(r.shift[who], r.workdays[who], times, STAFF_WITHIN)
        return np.asarray(staff)

    def planned_end(
        self,
        step: Step,
        rows: Rows,
        activity: NDArray[np.int64],
        wished: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """When an activity that begins now will end, on the grid, at least one step from now.

        wished: game seconds that somebody has decided to take for it, 0 for as long as usual. Only
        closing time and the end of a shift cut that short.
        """
        r, rules, now = self.residents, self.activities, step.instant
        shortest, longest = rules.shortest[activity], rules.longest[activity]
        place, workplace = r.place[rows], r.workplace[rows]
        lasts = shortest + step.draws.below(longest - shortest + 1, r.numbers[rows], LINGER)
        called = self.turns_up_at(rows, self.called_at(rows, now))
        door = (np.maximum(workplace, 1) - 1).astype(np.int64)[:, None]
        away = self.seconds_to(rows, door, now)[:, 0]
        shuts = self.places.open_until(np.maximum(place, 1) - 1, now)
        inside = (place > 0) & (place != r.home[rows])
        ends = np.minimum(now + lasts, called - away)
        ends = np.minimum(ends, np.where(inside, shuts, NEVER))
        in_bed = rules.until_rested[activity].nonzero()[0]
        if len(in_bed):
            woken = self._woken_at(step, rows[in_bed], activity[in_bed])
            ends[in_bed] = np.minimum(woken, called[in_bed] - away[in_bed] - MORNING)
        on_duty = (rules.is_duty[activity] & (place == workplace)).nonzero()[0]
        if len(on_duty):
            free = self.shifts.free_at(r.shift[rows[on_duty]], now)
            ends[on_duty] = np.minimum(now + lasts[on_duty], free)
        if wished.any():
            latest = np.where(inside, shuts, NEVER)
            if len(on_duty):
                latest[on_duty] = self.shifts.free_at(r.shift[rows[on_duty]], now)
            ends = np.where(wished > 0, np.minimum(now + wished, latest), ends)
        ends = self._before_curfew(rows, ends, now)
        grid = self.walks.grid
        return np.maximum(on_or_after(ends, grid), now + grid)

    def _before_curfew(self, rows: Rows, ends: NDArray[np.int64], now: int) -> NDArray[np.int64]:
        """Early enough to be at home in time, for those who are out and not on duty."""
        home_by = self.climates.home_by(now)
        if home_by == NEVER:
            return ends
        r = self.residents
        home = r.home[rows].astype(np.int64)
        free = (r.place[rows] != home) & ~self.staffs(rows, r.place[rows], now)
        back = self.seconds_to(rows, home[:, None] - 1, now)[:, 0]
        return np.where(free, np.minimum(ends, home_by - back), ends)

    def _woken_at(self, step: Step, rows: Rows, activity: NDArray[np.int64]) -> NDArray[np.int64]:
        """Until when each would sleep who falls asleep now: till rested, and through the night."""
        r, rules, now = self.residents, self.activities, step.instant
        energy = lines.value_at(r.energy[rows], r.energy_rate[rows], r.needs_since[rows], now)
        rested = first_reach(energy, rules.rates[activity, ENERGY], now, self.instinct.bed_energy)
        woken = np.maximum(rested, self._morning_at(step, rows))
        woken = np.maximum(woken, now + rules.shortest[activity])
        return np.minimum(woken, now + rules.longest[activity])

    def _morning_at(self, step: Step, rows: Rows) -> NDArray[np.int64]:
        """When the night ends for each; now by day."""
        now, (earliest, latest) = step.instant, self.instinct.wakes
        drawn = step.draws.below(latest - earliest + 1, self.residents.numbers[rows], WAKE)
        wakes = midnight_before(now) + earliest + drawn
        if second_of_day(now) >= self.instinct.night_begins:
            return wakes + DAY
        return np.where(second_of_day(now) < earliest, wakes, now)
