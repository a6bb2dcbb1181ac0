"""Options: what each resident could do next, and where.

The options of a town are the same columns for everybody: what is offered in public in one's own
district, what one's home offers, what duty expects, and what can be done wherever one is. So what
an activity does and costs is known by column, and only the places differ from person to person.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agents.activities import Activities, Where
from agents.effects import Effects, Leanings, Spans

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class PlaceOffers:
    """What one place of a district offers: its kind and the activities, by key.

    private: only to those who work there.
    """

    kind: str
    private: bool
    activities: list[str]


@dataclass(frozen=True)
class Offers:
    """The offers of a town whose districts have P places each, as C columns of options.

    activity: int64[C], codes. gains: int64[C, 6], milli-points when it is done. price: int64[C],
    fen. public: int64[K], the place of each of the first K columns, counted from 1 in its district.
    effects, spans, leanings: what the columns do for needs, how long they take, whom they suit.
    at_home: bool[P, H], which of the next H columns each place offers to those who live there.
    at_work: bool[P, W], which of the next W columns each private place offers to those who work
    there. The next columns are duties, one for each activity that is somebody's; the rest can be
    done anywhere. By place and activity: fen int64[P, A], what it costs; left int64[P, A, 6], what
    it leaves; everywhere bool[P, A], whether it is offered.
    """

    activity: Numbers
    gains: NDArray[np.int64]
    price: Numbers
    public: Numbers
    effects: Effects
    spans: Spans
    leanings: Leanings
    at_home: NDArray[np.bool_]
    at_work: NDArray[np.bool_]
    duties: Numbers
    anywhere: Numbers
    fen: NDArray[np.int64]
    left: NDArray[np.int64]
    everywhere: NDArray[np.bool_]

    @classmethod
    def compile(
        cls,
        activities: Activities,
        places: list[PlaceOffers],
        prices: dict[tuple[str, str], int],
    ) -> "Offers":
        """places: those of one district, in order. prices: fen by (kind of place, activity)."""
        where = activities.where
        everywhere = np.zeros((len(places), len(activities.keys)), dtype=np.bool_)
        fen = np.zeros(everywhere.shape, dtype=np.int64)
        left = np.repeat(activities.gains[None], len(places), axis=0)
        for row, place in enumerate(places):
            for (kind, activity), more in activities.gains_at.items():
                if kind == place.kind:
                    left[row, activity] += more
            for key in place.activities:
                code = activities.codes[key]
                everywhere[row, code] = True
                fen[row, code] = prices.get((place.kind, key), 0)
        home = np.any(everywhere[:, where == Where.HOME], axis=1)
        offered = everywhere & (where == Where.OFFERED) & ~home[:, None]
        private = np.array([place.private for place in places])[:, None]
        places_of, public = np.nonzero(offered & ~private)
        collegial = np.flatnonzero(np.any(offered & private, axis=0))
        domestic = np.flatnonzero(
            np.any(everywhere[home], axis=0) & ((where == Where.OFFERED) | (where == Where.HOME))
        )
        duties = np.flatnonzero(activities.is_duty)
        anywhere = np.flatnonzero(where == Where.ANYWHERE)
        columns = np.concatenate([public, domestic, collegial, duties, anywhere])
        gains = activities.gains[columns]
        gains[: len(public)] = left[places_of, public]
        price = np.zeros(len(columns), dtype=np.int64)
        price[: len(public)] = fen[places_of, public]
        return cls(
            activity=columns,
            gains=gains,
            price=price,
            public=places_of + 1,
            effects=Effects.compile(activities, columns, gains),
            spans=Spans.compile(activities, columns),
            leanings=Leanings.compile(activities, columns),
            at_home=everywhere[:, domestic],
            at_work=(everywhere & private)[:, collegial],
            duties=duties,
            anywhere=anywhere,
            fen=fen,
            left=left,
            everywhere=everywhere,
        )

    def can_do(self, activity: Numbers, place: Numbers) -> NDArray[np.bool_]:
        """Whether each place (by its number in the town, 0: the street) offers the activity."""
        row = (place - 1) % len(self.everywhere)
        return np.isin(activity, self.anywhere) | (self.everywhere[row, activity] & (place > 0))

    def price_of(self, activity: Numbers, place: Numbers) -> NDArray[np.int64]:
        """What each activity costs in each place (by its number, 0: the street), fen."""
        row = (place - 1) % len(self.fen)
        return np.where(place > 0, self.fen[row, activity], 0)

    def gains_of(self, activity: Numbers, place: Numbers) -> NDArray[np.int64]:
        """What each activity leaves when it was done in each place, milli-points int64[n, 6]."""
        return self.left[(place - 1) % len(self.left), activity]

    def of(self, *, place: Numbers, home: Numbers, workplace: Numbers, duty: Numbers) -> "Options":
        """The options of n residents.

        place: where each is (0: the street). duty: the activity expected of each at the
        workplace, -1 for none.
        """
        size = len(self.everywhere)
        district, row = np.divmod(home - 1, size)
        places = np.empty((len(place), len(self.activity)), dtype=np.int64)
        exists = np.ones(places.shape, dtype=np.bool_)
        public, at_home, at_work, on_duty, anywhere = self.parts
        places[:, public] = self.public + (district * size)[:, None]
        places[:, at_home] = home[:, None]
        exists[:, at_home] = self.at_home[row]
        employed = workplace[:, None] > 0
        places[:, at_work] = workplace[:, None]
        exists[:, at_work] = self.at_work[(workplace - 1) % size] & employed
        places[:, on_duty] = workplace[:, None]
        exists[:, on_duty] = (duty[:, None] == self.duties) & employed
        places[:, anywhere] = place[:, None]
        return Options(offers=self, place=places, row=np.maximum(places, 1) - 1, exists=exists)

    @cached_property
    def parts(self) -> tuple[slice, slice, slice, slice, slice]:
        """The columns of what is public, at home, at work, of duties and of what goes anywhere."""
        ends = np.cumsum(
            [
                len(self.public),
                self.at_home.shape[1],
                self.at_work.shape[1],
                len(self.duties),
                len(self.anywhere),
            ]
        ).tolist()
        public, at_home, at_work, on_duty, anywhere = map(slice, [0, *ends[:-1]], ends)
        return public, at_home, at_work, on_duty, anywhere

    @cached_property
    def priced(self) -> Numbers:
        """The columns of what costs anything."""
        return np.flatnonzero(self.price)

    @property
    def on_duty(self) -> slice:
        """The columns of duties."""
        return self.parts[3]


@dataclass(frozen=True)
class Options:
    """What n residents could do, int64[n, C] or bool[n, C]; columns as in `offers`.

    place: numbers, 0 for the street; row: those of places, 0 for the street too.
    """

    offers: Offers
    place: NDArray[np.int64]
    row: NDArray[np.int64]
    exists: NDArray[np.bool_]

    @property
    def activity(self) -> Numbers:
        """int64[C], the activity of each column."""
        return self.offers.activity
