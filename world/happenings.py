"""Happenings: rules that operators switch, and what befalls the town or a place for a while."""

from enum import IntEnum
from types import SimpleNamespace
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from world.engine.columns import Rows
from world.engine.gametime import DAYS_OF_A_WEEK, weekday
from world.registry import InboxKind
from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Hours, Key, TimeOfDay

READS = tuple(f"happenings.{column}" for column in ("began", "until", "place", "strength", "kind"))
WRITES = (*READS, "happenings.told")


class Kind(IntEnum):
    """What goes on. Those below 10 are switches of the whole town, those below 20 are figures that
    operators set for it; the others begin and end, in a place or everywhere."""

    CURFEW = 1
    FESTIVAL = 2
    CRISIS = 3
    DAY_OFF = 4
    PENSION = 11
    ALLOWANCE = 12
    TAX = 13
    FREE_COFFEE = 21
    FAIR = 22
    OUTING = 23
    CELEBRATION = 31
    DISASTER = 32
    SHOCK = 33


SWITCHES = tuple(kind for kind in Kind if kind < 10)
FIGURES = tuple(kind for kind in Kind if 10 < kind < 20)
BY_CHANCE = (Kind.FREE_COFFEE, Kind.FAIR, Kind.OUTING)
BY_OPERATORS = (Kind.CELEBRATION, Kind.DISASTER, Kind.SHOCK)

GATHERINGS = (Kind.FAIR, Kind.OUTING, Kind.CELEBRATION)
"""What draws people to its place."""

OPERATOR = 3
"""The source of what operators tell a world, as `agents.provenance.Source` has it."""

USUAL = 1000
"""Thousandths: as much as ever."""


class RuleChange(BaseModel):
    """A rule of the town as it is from now on. rule: of SWITCHES or FIGURES, by name.

    value: 1 or 0 of a switch; of a figure fen a day (pension, allowance) or per cent of the usual
    (tax), None for what the scenario says. days: until it is as before, 0 for good.
    """

    model_config = ConfigDict(extra="forbid")

    rule: Literal["curfew", "festival", "crisis", "day_off", "pension", "allowance", "tax"]
    value: Annotated[int, Field(ge=0, le=10**9)] | None
    days: Annotated[int, Field(ge=0, le=3650)] = 0


class HappeningTold(BaseModel):
    """Something that operators let happen for some game hours.

    place: a number; needed but for a shock. strength: of a shock, thousandths of what the world
    outside usually buys.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["celebration", "disaster", "shock"]
    place: Annotated[int, Field(ge=0)] = 0
    hours: Annotated[int, Field(ge=1, le=24 * 365)]
    strength: Annotated[int, Field(ge=0, le=5 * USUAL)] = USUAL


RULE = InboxKind("rule", 20, RuleChange)
HAPPENING = InboxKind("happening", 30, HappeningTold)


class ByChanceSpec(Strict):
    """Something that happens by itself. per_million: how likely on a day. days: on which. at: the
    kind of place where it is. hours: of the day. staff: the kind of place whose people have the day
    off for it."""

    key: Literal["free_coffee", "fair", "outing"]
    name: Bilingual
    per_million: Annotated[int, Field(ge=0, le=1_000_000)]
    days: Literal["daily", "weekend", "weekdays"]
    at: Key
    hours: Hours
    staff: Key | None = None


class GatheringSpec(Strict):
    """What a gathering is to people: points of utility to come, and of needs at the end of what one
    does there."""

    draws: Annotated[float, Field(ge=0, le=100)]
    fun: Annotated[float, Field(ge=0, le=100)]
    social: Annotated[float, Field(ge=0, le=100)]


class FestivalSpec(Strict):
    """A festival of the whole town. draws: points of utility of what takes company or entertains.
    duty: per cent of what work is worth otherwise. talk: per cent of how likely people usually
    talk. fun, social: points at the end of what takes company or entertains."""

    draws: Annotated[float, Field(ge=0, le=100)]
    duty: Annotated[int, Field(ge=0, le=100)]
    talk: Annotated[int, Field(ge=0, le=1000)]
    fun: Annotated[float, Field(ge=0, le=100)]
    social: Annotated[float, Field(ge=0, le=100)]


class CrisisSpec(Strict):
    """An economic crisis. demand, spending: thousandths of what the world outside usually buys, and
    of how ready people are to spend. lay_offs: per million and day of those whom businesses employ,
    until `most` thousandths of those who work or want to are without work."""

    demand: Annotated[int, Field(ge=0, le=USUAL)]
    spending: Annotated[int, Field(ge=1, le=USUAL)]
    lay_offs: Annotated[int, Field(ge=0, le=1_000_000)]
    most: Annotated[int, Field(ge=0, le=1000)]


class DisasterSpec(Strict):
    """A disaster in a place: points that it costs those who are in it."""

    energy: Annotated[float, Field(ge=0, le=100)]
    comfort: Annotated[float, Field(ge=0, le=100)]
    fun: Annotated[float, Field(ge=0, le=100)]


class CurfewSpec(Strict):
    """From when until when nobody may be out; it may go over midnight."""

    since: TimeOfDay
    until: TimeOfDay


class HappeningsSpec(Strict):
    """happenings.yaml. curfew: the hours at which nobody may be out."""

    curfew: CurfewSpec
    gathering: GatheringSpec
    festival: FestivalSpec
    crisis: CrisisSpec
    disaster: DisasterSpec
    chances: list[ByChanceSpec]


def check_happenings(scenario: Scenario) -> None:
    """Every kind comes once."""
    keys = [chance.key for chance in scenario["happenings"].chances]
    for index, key in enumerate(keys):
        if keys.index(key) < index:
            scenario.problem("happenings", ("chances", index), f"expected {key} once")


SECTION = Section("happenings", HappeningsSpec, check_happenings)


class InForce:
    """What goes on at present. happenings: the granted table with READS readable."""

    def __init__(self, columns: SimpleNamespace) -> None:
        self.happenings = columns.happenings

    def rows(self, now: int) -> Rows:
        """Whatever is in force at `now`, in any order."""
        if not len(self.happenings):
            return np.zeros(0, dtype=np.int64)
        h = self.happenings
        return np.flatnonzero((h.began <= now) & (h.until > now))

    def on(self, kind: Kind, now: int) -> bool:
        """Whether something of a kind goes on at `now`."""
        rows = self.rows(now)
        return bool(len(rows) and np.any(self.happenings.kind[rows] == kind))

    def figure(self, kind: Kind, now: int, usual: int) -> int:
        """The strength of the latest of a kind at `now`, `usual` without any."""
        rows = self.rows(now)
        rows = rows[self.happenings.kind[rows] == kind] if len(rows) else rows
        if not len(rows):
            return usual
        latest = rows[self.happenings.seconds(rows).argmax()]
        return int(self.happenings.strength[latest])

    def places(self, kinds: tuple[Kind, ...], now: int) -> NDArray[np.int64]:
        """The numbers of the places where something of these kinds goes on, ascending."""
        rows = self.rows(now)
        rows = rows[np.isin(self.happenings.kind[rows], kinds)] if len(rows) else rows
        return np.unique(self.happenings.place[rows].astype(np.int64))


def falls_on(days: str, time: int) -> bool:
    """Whether a day is one of "daily", "weekend" or "weekdays"."""
    weekend = weekday(time) >= DAYS_OF_A_WEEK - 2
    return days == "daily" or weekend == (days == "weekend")
