"""Heat: how lively a place is, by who is in it, at what hour, and how much is talked: heat.yaml."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PositiveInt

from world.calendar import CalendarSpec
from world.engine.gametime import MINUTE, second_of_day
from world.scenario import Scenario, Section, Strict
from world.sections import Key

HOTTEST = 100

Points = Annotated[float, Field(ge=0, le=HOTTEST)]
Factor = Annotated[float, Field(ge=0, le=2)]


class HeatSpec(Strict):
    """heat.yaml. full: points of a full place where the factor is 1. talk: points of a talk, most:
    of all of them; minutes: for how long one counts once it is over. factors: by kind of place and
    period of the calendar; whatever is not there is 1.
    """

    full: Points
    talk: Points
    most: Points
    minutes: PositiveInt
    factors: dict[Key, dict[Key, Factor]]


def check_heat(scenario: Scenario) -> None:
    """Factors are of periods that there are."""
    periods = {period.key for period in scenario["calendar"].periods}
    for kind, factors in scenario["heat"].factors.items():
        for period in factors:
            if period not in periods:
                scenario.problem(
                    "heat",
                    ("factors", kind, period),
                    f"expected a period of calendar.yaml (found {period!r})",
                )


SECTION = Section("heat", HeatSpec, check_heat)


@dataclass(frozen=True)
class HeatRules:
    """full, talk, most: points. warms: game seconds for which a talk counts once it is over.
    since: int64[P], the second of the day at which each period begins; factors: float64[P] by kind.
    """

    full: float
    talk: float
    most: float
    warms: int
    since: NDArray[np.int64]
    factors: dict[str, NDArray[np.float64]]

    @classmethod
    def compile(cls, spec: HeatSpec, calendar: CalendarSpec) -> "HeatRules":
        """From the sections `heat` and `calendar`."""
        keys = [period.key for period in calendar.periods]
        return cls(
            full=spec.full,
            talk=spec.talk,
            most=spec.most,
            warms=spec.minutes * MINUTE,
            since=np.array([period.since for period in calendar.periods], dtype=np.int64),
            factors={
                kind: np.array([factors.get(key, 1.0) for key in keys])
                for kind, factors in spec.factors.items()
            },
        )

    def factor(self, kind: str, time: int) -> float:
        """How much people count in a place of a kind at a game time."""
        factors = self.factors.get(kind)
        if factors is None:
            return 1.0
        # Before the first period of a day the last one of the day before goes on.
        return float(factors[np.searchsorted(self.since, second_of_day(time), side="right") - 1])

    def of(self, kind: str, time: int, *, count: int, capacity: int, talks: int) -> float:
        """The heat of a place, 0 to 100, with so many people and conversations of late."""
        people = self.full * self.factor(kind, time) * count / capacity
        return round(min(people + min(self.talk * talks, self.most), HOTTEST), 1)
