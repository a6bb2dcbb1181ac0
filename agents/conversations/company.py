"""Company: who may talk, and which pairs of them share a place."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import Activities
from world.engine.columns import Rows, flags
from world.engine.draws import purpose
from world.engine.step import Step

Numbers = NDArray[np.int64]

NOTICED = purpose("agents.company.noticed")

READS = (
    "residents.activity",
    "residents.bound_for",
    "residents.place",
    "talks.host",
    *needs.COLUMNS,
)


class Company:
    """Who is free to talk. columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.talks = columns.talks
        self.activities: Activities = constants["activities"]
        self.critical: int = constants["needs"].critical
        self.place_count = len(constants["places"])

    def free(self, step: Step, places: NDArray[np.int64] | None = None) -> Rows:
        """Those who may be talked to: awake, in a place, at nothing that must not be interrupted,
        in no conversation, and not in need. places: look only there.
        """
        r, a = self.residents, self.activities
        here = r.place[:] > 0
        if places is not None:
            here &= flags(places, self.place_count + 1)[r.place[:]]
        rows = here.nonzero()[0]
        at_leisure = ~(a.firm | a.until_rested)
        may = (r.bound_for[rows] == 0) & (self.talks.host[rows] == 0)
        rows = rows[may & at_leisure[r.activity[rows]]]
        values = needs.values_at(r, rows, step.instant)
        return rows[values.min(axis=1) > self.critical]


def pairs_within(places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The indices of all pairs of equal elements: of the earlier, and of the later."""
    order = np.argsort(places, kind="stable")
    here = places[order]
    last = here.searchsorted(here, side="right")
    index = np.arange(len(here))
    one, other = _spans(index + 1, last)
    return order[one], order[other]


def pairs_across(
    places: NDArray[np.int64], others: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The indices of all pairs of an element of `places` and an equal one of `others`.

    Ascending by the first, then by the second.
    """
    order = np.argsort(others, kind="stable")
    here = others[order]
    first = here.searchsorted(places, side="left")
    one, other = _spans(first, here.searchsorted(places, side="right"))
    return one, order[other]


def _spans(
    begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every whole number of each span from `begins` to below `ends`, after the span's index."""
    lengths = ends - begins
    span = np.repeat(np.arange(len(lengths)), lengths)
    offset = begins - np.cumsum(lengths) + lengths
    return span, np.arange(len(span)) + offset[span]


def first_come(one: Rows, other: Rows) -> NDArray[np.int64]:
    """The indices of pairs that may be, nobody being in two of them: the earlier is preferred."""
    taken: set[int] = set()
    chosen = []
    for index, pair in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        if taken.isdisjoint(pair):
            taken.update(pair)
            chosen.append(index)
    return np.array(chosen, dtype=np.int64)


def noticed(
    step: Step, one: Numbers, other: Numbers, crowd: Numbers, most: int
) -> NDArray[np.bool_]:
    """Which pairs take notice of each other: in a crowd, one sees `most` people on average.

    one, other: numbers of residents. crowd: how many each pair might see.
    """
    seen = np.ones(len(one), dtype=np.bool_)
    many = (crowd > most).nonzero()[0]
    if len(many):
        lot = step.draws.below(crowd[many], one[many], NOTICED, other=other[many])
        seen[many] = lot < most
    return seen
