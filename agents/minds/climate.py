"""Climate: what goes on in the town that everybody knows of when they decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world import happenings
from world.engine.gametime import DAY, NEVER, midnight_before, second_of_day
from world.happenings import GATHERINGS, USUAL, HappeningsSpec, InForce, Kind

READS = happenings.READS

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Climate:
    """gatherings, shut: the numbers of places where something draws people, and of those that a
    disaster has closed. festival, crisis: whether there is one."""

    gatherings: Numbers
    shut: Numbers
    festival: bool
    crisis: bool


class Climates:
    """columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.in_force = InForce(columns)
        self.rules: HappeningsSpec = constants["happenings"]

    def at(self, now: int) -> Climate:
        """What goes on at a game time."""
        return Climate(
            gatherings=self.in_force.places(GATHERINGS, now),
            shut=self.in_force.places((Kind.DISASTER,), now),
            festival=self.in_force.on(Kind.FESTIVAL, now),
            crisis=self.in_force.on(Kind.CRISIS, now),
        )

    def home_by(self, now: int) -> int:
        """When everybody must be at home who is not on duty: `now` in the hours of a curfew, NEVER
        without one."""
        if not self.in_force.on(Kind.CURFEW, now):
            return NEVER
        begins = midnight_before(now) + self.rules.curfew.since
        return now if self.is_night(now) else begins if now < begins else begins + DAY

    def is_night(self, now: int) -> bool:
        """Whether a time lies in the hours of a curfew."""
        since, until = self.rules.curfew.since, self.rules.curfew.until
        second = second_of_day(now)
        if since <= until:
            return since <= second < until
        return second >= since or second < until

    def demand(self, now: int) -> int:
        """Thousandths of what the world outside usually buys."""
        usual = self.rules.crisis.demand if self.in_force.on(Kind.CRISIS, now) else USUAL
        return usual * self.in_force.figure(Kind.SHOCK, now, USUAL) // USUAL

    def talk(self, now: int) -> int:
        """Per cent of how likely people usually talk."""
        return self.rules.festival.talk if self.in_force.on(Kind.FESTIVAL, now) else 100
