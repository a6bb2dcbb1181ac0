"""Moving house: couples who live apart move together, where there is a bed."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import events
from agents.conversations.vocabulary import Love
from world.engine.columns import locate
from world.engine.step import Step

READS = ("livelihoods.left_at", "ties.love")
WRITES = ("residents.home",)


class MovingHouse:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.ties = columns.ties
        self.beds: NDArray[np.int64] = constants["beds"]

    def today(self, step: Step) -> None:
        """Let one couple after the other move together, in the order of their numbers.

        Whoever has the higher number moves, unless only the other one finds a bed.
        """
        for one, other in self._couples_apart():
            if not self._move(step, other, one):
                self._move(step, one, other)

    def _couples_apart(self) -> list[tuple[int, int]]:
        """Rows of couples with two homes, both of whom live here; each couple once."""
        r, rows = self.residents, np.flatnonzero(self.ties.love[:] == Love.LOVERS)
        numbers = self.ties.firsts(rows), self.ties.seconds(rows)
        one, other = (locate(r.numbers, each)[0] for each in numbers)
        here = (self.livelihoods.left_at[one] == 0) & (self.livelihoods.left_at[other] == 0)
        apart = (one < other) & here & (r.home[one] != r.home[other])
        return sorted(zip(one[apart].tolist(), other[apart].tolist(), strict=True))

    def _move(self, step: Step, who: int, to: int) -> bool:
        """Let somebody move to where the other lives; False if there is no bed."""
        r = self.residents
        home = int(r.home[to])
        here = self.livelihoods.left_at[:] == 0
        if int((r.home[:][here] == home).sum()) >= int(self.beds[home - 1]):
            return False
        row = np.array([who])
        before = int(r.home[who])
        r.home[row] = home
        step.emit(
            events.MOVED_HOUSE,
            actor=r.numbers[row],
            other=r.numbers[to],
            place=home,
            amount=before,
        )
        return True
