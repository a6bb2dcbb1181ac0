"""Company: who may talk, and which pairs of them share a place."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import needs
from agents.activities import Activities
from world.engine.columns import Rows
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

    def free(self, step: Step, places: NDArray[np.int64] | None = None) -> Rows:
        """Those who may be talked to: awake, in a place, at nothing that must not be interrupted,
        in no conversation, and not in need. places: look only there.
        """
        r, a = self.residents, self.activities
        at_leisure = ~(a.firm | a.until_rested)[r.activity]
        may = (r.place[:] > 0) & (r.bound_for[:] == 0) & (self.talks.host[:] == 0) & at_leisure
        if places is not None:
            may &= np.isin(r.place[:], places)
        rows = np.flatnonzero(may)
        values = needs.values_at(r, rows, step.instant)
        return rows[values.min(axis=1) > self.critical]


def pairs_within(places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The indices of all pairs of equal elements: of the earlier, and of the later."""
    order = np.argsort(places, kind="stable")
    here = places[order]
    last = np.searchsorted(here, here, side="right")
    index = np.arange(len(here))
    partners = last - index - 1
    one = np.repeat(index, partners)
    begins = np.cumsum(partners) - partners
    other = np.arange(len(one)) - np.repeat(begins, partners) + one + 1
    return order[one], order[other]


def noticed(
    step: Step, one: Numbers, other: Numbers, crowd: Numbers, most: int
) -> NDArray[np.bool_]:
    """Which pairs take notice of each other: in a crowd, one sees `most` people on average.

    one, other: numbers of residents. crowd: how many each pair might see.
    """
    seen = np.ones(len(one), dtype=np.bool_)
    many = np.flatnonzero(crowd > most)
    if len(many):
        lot = step.draws.below(crowd[many], one[many], NOTICED, other=other[many])
        seen[many] = lot < most
    return seen
