"""Calibration: does a town live as people do?

A calibration looks at the resident columns at every STEP of game time, so it changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import Activities
from agents.duty import Shifts
from agents.needs import NEEDS, NeedRules
from agents.occupations import Occupations
from world.engine.columns import Columns
from world.engine.gametime import DAY, HOUR, MINUTE, second_of_day

STEP = 5 * MINUTE
"""Game seconds between two looks; no activity that is counted is shorter."""

NIGHT = (22 * HOUR, 8 * HOUR)
"""Since and until when sleep is sleep at night."""

MEALS = ("eat", "quick-eat")

READS = (
    *needs.COLUMNS,
    "residents.activity",
    "residents.occupation",
    "residents.shift",
    "residents.started_at",
    "residents.workdays",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table: what was measured, what it is, what it should be, and if it is so."""

    measure: str
    found: str
    wanted: str
    passed: bool


class Calibration:
    """Watches the residents of one world. constants: those of the world's systems. since: the game
    time at which the columns are as they are."""

    def __init__(self, columns: Columns, constants: Mapping[str, Any], *, since: int) -> None:
        self.activities: Activities = constants["activities"]
        self.shifts: Shifts = constants["shifts"]
        self.occupations: Occupations = constants["occupations"]
        self.needs: NeedRules = constants["needs"]
        count = len(columns["residents"])
        self.extraversion = columns["traits"].arrays["extraversion"].copy()
        self.looks = 0
        self._next = since + STEP
        self.asleep = np.zeros(count, dtype=np.int64)
        self.asleep_at_night = np.zeros(count, dtype=np.int64)
        self.meals = np.zeros(count, dtype=np.int64)
        self.talks = np.zeros(count, dtype=np.int64)
        self.expected = np.zeros(count, dtype=np.int64)
        self.at_work = np.zeros(count, dtype=np.int64)
        self.starved_since = np.full((count, len(NEEDS)), -1, dtype=np.int64)
        self.longest_starving = np.zeros((count, len(NEEDS)), dtype=np.int64)
        self._began = np.full(count, -1, dtype=np.int64)
        self.chats = np.zeros(count, dtype=np.int64)
        self._chats_before = columns["talks"].arrays["chats"].astype(np.int64)
        self._talked_at = columns["talks"].arrays["joined_at"].copy()
        self._is_meal = np.isin(self.activities.keys, MEALS)

    def watch(self, columns: Columns, nothing_before: int) -> None:
        """Look at every STEP before a game time before which nothing happens to the columns."""
        while self._next < nothing_before:
            self._look(columns, self._next)
            self._next += STEP

    def _look(self, columns: Columns, now: int) -> None:
        """Take in how everybody is at `now`."""
        r = columns.grant(reads=READS, writes=()).residents
        activity = r.activity
        self.looks += 1
        sleeping = self.activities.until_rested[activity]
        since, until = NIGHT
        self.asleep += sleeping
        if second_of_day(now) >= since or second_of_day(now) < until:
            self.asleep_at_night += sleeping
        fresh = r.started_at != self._began
        self._began = r.started_at.copy()
        self.meals += fresh & self._is_meal[activity]
        talks = columns["talks"].arrays
        self.chats = talks["chats"] - self._chats_before
        self.talks += talks["joined_at"] != self._talked_at
        self._talked_at = talks["joined_at"].copy()
        paid = self.occupations.pay[r.occupation] > 0
        expected = paid & self.shifts.on_duty(r.shift, r.workdays, now)
        self.expected += expected
        self.at_work += expected & self.activities.is_duty[activity]
        self._watch_needs(r, now)

    def _watch_needs(self, residents: Any, now: int) -> None:
        everyone = np.arange(len(residents.numbers))
        starving = needs.values_at(residents, everyone, now) < self.needs.critical
        begins = starving & (self.starved_since < 0)
        self.starved_since[begins] = now
        self.starved_since[~starving] = -1
        lasted = np.where(starving, now - self.starved_since, 0)
        self.longest_starving = np.maximum(self.longest_starving, lasted)

    @property
    def days(self) -> float:
        """Game days watched so far."""
        return self.looks * STEP / DAY

    def findings(self) -> list[Finding]:
        """The table. Raises ValueError before the first look."""
        if not self.looks:
            raise ValueError("nothing has been looked at yet")
        days = self.days
        sleep = float(np.median(self.asleep)) * STEP / HOUR / days
        at_night = float(self.asleep_at_night.sum() / max(self.asleep.sum(), 1))
        meals = self.meals / days
        presence = float(self.at_work.sum() / max(self.expected.sum(), 1))
        starved = float(self.longest_starving.max()) / HOUR
        worst, need = np.unravel_index(self.longest_starving.argmax(), self.longest_starving.shape)
        talks = self.talks / days
        fewest = float(talks.min())
        correlation = _rank_correlation(self.extraversion, self.chats)
        return [
            Finding("sleep a day, median", f"{sleep:.1f} h", "6.5 to 9 h", 6.5 <= sleep <= 9),
            Finding("sleep at night", f"{at_night:.0%}", "above 50%", at_night > 0.5),
            _spread("meals a day", meals, 2, 4),
            Finding(
                "the employed at work in their hours",
                f"{presence:.1%}",
                "80% to 98%",
                0.80 <= presence <= 0.98,
            ),
            Finding(
                "longest time with a need below 10",
                f"{starved:.1f} h ({NEEDS[need]} of #{worst + 1})" if starved else "none",
                "at most 3 h",
                starved <= 3,
            ),
            Finding(
                "talks a day, service too, fewest of anybody",
                f"{fewest:.1f}",
                "1 or more",
                fewest >= 1,
            ),
            Finding(
                "talks without service and extraversion, rank correlation",
                f"{correlation:.2f}",
                "above 0.4",
                correlation > 0.4,
            ),
        ]


def _spread(measure: str, values: NDArray[Any], low: float, high: float) -> Finding:
    """The mean must lie within the bounds, and nine of ten people with it."""
    inside = float(np.mean((values >= low) & (values <= high)))
    return Finding(
        measure,
        f"{values.mean():.1f} ({values.min():.1f} to {values.max():.1f})",
        f"{low} to {high}, for 9 of 10",
        bool(low <= values.mean() <= high and inside >= 0.9),
    )


def _rank_correlation(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Spearman's; 0 if either is the same for everybody."""
    if len(set(one.tolist())) < 2 or len(set(other.tolist())) < 2:
        return 0.0
    # It takes a second to load, and most processes never come here.
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)
