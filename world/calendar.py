"""The calendar: the moments and periods of a day, and the date of a day."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from world.engine.gametime import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    day_number,
    midnight_before,
    second_of_day,
)
from world.scenario import Bilingual, Section, Strict
from world.sections import Key, TimeOfDay


class MomentSpec(Strict):
    """Something that happens every day at the same time."""

    key: Key
    name: Bilingual
    at: TimeOfDay


class PeriodSpec(Strict):
    """A part of the day, which lasts until the next one begins."""

    key: Key
    name: Bilingual
    since: TimeOfDay


class CalendarSpec(Strict):
    """calendar.yaml: moments and periods, each in the order of the day."""

    moments: Annotated[list[MomentSpec], Field(min_length=1)]
    periods: Annotated[list[PeriodSpec], Field(min_length=1)]

    @model_validator(mode="after")
    def in_the_order_of_the_day(self) -> "CalendarSpec":
        """Times ascend from midnight on and are all before the next one."""
        for times in ([each.at for each in self.moments], [each.since for each in self.periods]):
            if times != sorted(set(times)) or times[-1] >= DAY:
                raise ValueError("expected times from 00:00 on, each later than the one before")
        return self


SECTION = Section("calendar", CalendarSpec)


@dataclass(frozen=True)
class Calendar:
    """The days of a town. moments: int64[M], game seconds of the day, ascending."""

    first_day: dt.date
    moments: NDArray[np.int64]

    @classmethod
    def compile(cls, spec: CalendarSpec, first_day: dt.date) -> "Calendar":
        """From the section `calendar` and the date of day 1."""
        times = [moment.at for moment in spec.moments]
        return cls(first_day, np.array(times, dtype=np.int64))

    def next_moment(self, after: int) -> int:
        """The first time later than `after` at which a moment of the day comes."""
        midnight, second = midnight_before(after), second_of_day(after)
        index = int(self.moments.searchsorted(second, side="right"))
        if index < len(self.moments):
            return midnight + int(self.moments[index])
        return midnight + DAY + int(self.moments[0])

    def moment_at(self, time: int) -> int | None:
        """Which moment comes at `time`, if one does."""
        found = np.flatnonzero(self.moments == second_of_day(time))
        return int(found[0]) if len(found) else None

    def date(self, time: int) -> dt.date:
        """The date at `time`."""
        return date_at(self.first_day, time)


def date_at(first_day: dt.date, time: int) -> dt.date:
    """The date at a game time of a world whose day 1 is `first_day`."""
    return first_day + dt.timedelta(days=day_number(time) - 1)


def write_world_time(first_day: dt.date, time: int) -> str:
    """A game time as ISO 8601 without an offset, such as 2026-03-02T06:00:00."""
    second = second_of_day(time)
    clock = f"{second // HOUR:02}:{second % HOUR // MINUTE:02}:{second % MINUTE:02}"
    return f"{date_at(first_day, time).isoformat()}T{clock}"


def read_world_time(first_day: dt.date, text: str) -> int:
    """The game time of ISO 8601 without an offset. Raises ValueError for anything else."""
    told = dt.datetime.fromisoformat(text)
    if told.tzinfo is not None:
        raise ValueError("expected a time without an offset")
    midnight = dt.datetime.combine(first_day, dt.time())
    seconds = (told - midnight).total_seconds()
    if not 0 <= seconds < NEVER // 2:
        raise ValueError("expected a time since the first day")
    return round(seconds)
