"""Places as the engine sees them: who fits in, and when they are open."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from world.engine.columns import Rows
from world.engine.gametime import (
    DAY,
    DAYS_OF_A_WEEK,
    NEVER,
    WEEK,
    midnight_before,
    second_of_day,
    weekday,
)


class Places:
    """The places of a world, one row each, in ascending order of their numbers (1, 2, 3, ...).

    capacity: int64[P]. opens, closes: int64[P, 7], game seconds of the day, Monday first; equal
    on a day on which the place stays closed, 0 and 86,400 when it is open all day.
    """

    def __init__(self, *, capacity: ArrayLike, opens: ArrayLike, closes: ArrayLike) -> None:
        self.capacity: NDArray[np.int64] = np.asarray(capacity, dtype=np.int64)
        self.opens: NDArray[np.int64] = np.asarray(opens, dtype=np.int64).reshape(-1, 7)
        self.closes: NDArray[np.int64] = np.asarray(closes, dtype=np.int64).reshape(-1, 7)
        self._until = self._open_until()
        self._hours = (self.opens, self.closes, self._until)
        self._closings = self._closings_of_the_week()

    def __len__(self) -> int:
        return len(self.capacity)

    def is_open(self, rows: Rows | slice, time: int) -> NDArray[np.bool_]:
        """Whether each of these places is open at `time`."""
        day, second = weekday(time), second_of_day(time)
        opens, closes = self.opens[rows, day], self.closes[rows, day]
        return np.asarray((opens <= second) & (second < closes))

    def hours_at(
        self, rows: Rows, time: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Whether each of these places is open at its time, and when it closes next if so.

        As `is_open` and `open_until`, in one look.
        """
        # As a rule all of it is today; one midnight serves for all then.
        midnight: Any = midnight_before(int(time.min(initial=NEVER)))
        if time.max(initial=0) >= midnight + DAY:
            midnight = midnight_before(time)
        second = time - midnight
        index = rows * DAYS_OF_A_WEEK + weekday(midnight)
        opens, closes, until = (table.reshape(-1)[index] for table in self._hours)
        is_open = (opens <= second) & (second < closes)
        return is_open, np.minimum(midnight + until, NEVER)

    def open_until(self, rows: Rows, time: int) -> NDArray[np.int64]:
        """When each of these places, if open at `time`, closes next; NEVER if it never does."""
        until: NDArray[np.int64] = midnight_before(time) + self._until[rows, weekday(time)]
        return np.minimum(until, NEVER)

    def closing_at(self, time: int) -> NDArray[np.int64]:
        """The rows of the places that were open until just now."""
        return np.flatnonzero(
            self.is_open(slice(None), time - 1) & ~self.is_open(slice(None), time)
        )

    def next_closing(self, after: int) -> int:
        """The first time later than `after` at which a place closes; NEVER if none ever does."""
        if not len(self._closings):
            return NEVER
        week = after - after % WEEK
        index = int(self._closings.searchsorted(after - week, side="right"))
        if index < len(self._closings):
            return week + int(self._closings[index])
        return week + WEEK + int(self._closings[0])

    def _open_until(self) -> NDArray[np.int64]:
        """For a day of the week: seconds from its midnight to the closing that ends its hours."""
        until = self.closes.copy()
        # Hours that go on over midnight end when the next day's do; twice round the week settles
        # every chain but that of a place that never closes.
        for day in [*range(6, -1, -1)] * 2:
            tomorrow = (day + 1) % 7
            goes_on = (self.closes[:, day] == DAY) & (self.opens[:, tomorrow] == 0)
            until[:, day] = np.where(goes_on, DAY + until[:, tomorrow], self.closes[:, day])
        until[np.all((self.opens == 0) & (self.closes == DAY), axis=1)] = NEVER
        return until

    def _closings_of_the_week(self) -> NDArray[np.int64]:
        """Seconds since Monday's midnight, ascending, at which any place closes."""
        midnights = DAY * np.arange(7)
        candidates = np.unique((midnights + self.closes) % WEEK).tolist()
        return np.array(
            [time for time in candidates if len(self.closing_at(time + WEEK))], dtype=np.int64
        )


@dataclass(frozen=True, slots=True)
class Seats:
    """Who gets in when more come than fit.

    capacity, taken: int64[P], seats of each place and how many are occupied.
    """

    capacity: NDArray[np.int64]
    taken: NDArray[np.int64]

    def suffice(self, places: Rows) -> bool:
        """Whether everybody at the doors of `places` gets a seat, so no lot need be drawn."""
        coming = np.bincount(places, minlength=len(self.capacity))
        return bool(np.all((coming == 0) | (self.taken + coming <= self.capacity)))

    def admit(self, places: Rows, lots: ArrayLike, numbers: ArrayLike) -> NDArray[np.bool_]:
        """Which of those at the doors of `places` get a seat: the lowest lots, then numbers."""
        order = np.lexsort((np.asarray(numbers), np.asarray(lots), places))
        arrived = places[order]
        _, first, counts = np.unique(arrived, return_index=True, return_counts=True)
        rank = np.arange(len(arrived)) - np.repeat(first, counts)
        admitted = np.zeros(len(places), dtype=np.bool_)
        admitted[order] = rank < (self.capacity - self.taken)[arrived]
        return admitted
