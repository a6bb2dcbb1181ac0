"""Options: what each resident could do next, and where."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.activities import Activities, Where

STREET = 0
"""The number of no place at all."""


@dataclass(frozen=True)
class Offers:
    """The offers of a town. public_place, public_activity: int64[K], what anyone may go and do.

    home_activity: int64[H], what some home offers; at_home: bool[P, H], which home does. here: the
    activities that can be done wherever one is. everywhere: (place, activity) of all offers.
    """

    public_place: NDArray[np.int64]
    public_activity: NDArray[np.int64]
    home_activity: NDArray[np.int64]
    at_home: NDArray[np.bool_]
    here: NDArray[np.int64]
    everywhere: frozenset[tuple[int, int]]

    @classmethod
    def compile(cls, activities: Activities, offered: list[list[str]]) -> "Offers":
        """offered: the keys of activities that each place offers, in the order of places."""
        where = activities.where
        codes = [[activities.codes[key] for key in keys] for keys in offered]
        homes = [any(where[code] == Where.HOME for code in place) for place in codes]
        public = [
            (number, code)
            for number, (place, home) in enumerate(zip(codes, homes, strict=True), start=1)
            for code in place
            if not home and where[code] == Where.OFFERED
        ]
        domestic = sorted(
            {
                code
                for place, home in zip(codes, homes, strict=True)
                for code in place
                if home and where[code] in {Where.ANYWHERE, Where.OFFERED, Where.HOME}
            }
        )
        return cls(
            public_place=np.array([place for place, _ in public], dtype=np.int64),
            public_activity=np.array([code for _, code in public], dtype=np.int64),
            home_activity=np.array(domestic, dtype=np.int64),
            at_home=np.array([[code in place for code in domestic] for place in codes]),
            here=np.flatnonzero(where == Where.ANYWHERE),
            everywhere=frozenset(
                (number, code) for number, place in enumerate(codes, start=1) for code in place
            ),
        )

    def can_do(self, activity: int, place: int) -> bool:
        """Whether a place (0: the street) lets one do this activity."""
        return activity in self.here or (place, activity) in self.everywhere

    def of(
        self,
        *,
        place: NDArray[Any],
        home: NDArray[Any],
        workplace: NDArray[Any],
        duty: NDArray[Any],
    ) -> "Options":
        """The options of n residents.

        place: where each is (0: the street). duty: the activity expected of each at the
        workplace, -1 for none.
        """
        count = len(place)
        here = len(self.here)
        places = np.concatenate(
            [
                np.broadcast_to(self.public_place, (count, len(self.public_place))),
                np.repeat(home[:, None], len(self.home_activity), axis=1),
                workplace[:, None],
                np.repeat(place[:, None], here, axis=1),
            ],
            axis=1,
            dtype=np.int64,
        )
        activity = np.concatenate(
            [
                np.broadcast_to(self.public_activity, (count, len(self.public_activity))),
                np.broadcast_to(self.home_activity, (count, len(self.home_activity))),
                duty[:, None],
                np.broadcast_to(self.here, (count, here)),
            ],
            axis=1,
            dtype=np.int64,
        )
        exists = np.concatenate(
            [
                np.ones((count, len(self.public_place)), dtype=np.bool_),
                self.at_home[home - 1],
                ((workplace > 0) & (duty >= 0))[:, None],
                np.ones((count, here), dtype=np.bool_),
            ],
            axis=1,
        )
        return Options(place=places, activity=np.maximum(activity, 0), exists=exists)


@dataclass(frozen=True)
class Options:
    """What n residents could do: place, activity int64[n, C]; exists bool[n, C]."""

    place: NDArray[np.int64]
    activity: NDArray[np.int64]
    exists: NDArray[np.bool_]
