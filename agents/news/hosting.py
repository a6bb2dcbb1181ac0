"""Hosting: who gives a gathering that is still to come, and who has not heard of it."""

from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from agents.news.vocabulary import Kind
from world.engine.columns import Rows

READS = ("knowledge.how", "news.about", "news.kind", "news.starts")


class Hosting:
    """columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace) -> None:
        self.residents = columns.residents
        self.news = columns.news
        self.knowledge = columns.knowledge

    def asks(self, now: int, one: Rows, other: Rows) -> NDArray[np.bool_]:
        """Whether each of `one` gives a gathering of which the one of `other` does not know."""
        numbers = self.residents.numbers
        asks = np.zeros(len(one), dtype=np.bool_)
        for host, number in self._to_come(now):
            pairs = np.flatnonzero(numbers[one] == host)
            asks[pairs] |= self._unaware(numbers[other[pairs]], number)
        return asks

    def seeks(self, now: int, rows: Rows) -> NDArray[np.bool_]:
        """Whether each of these gives a gathering of which not everybody knows."""
        numbers = self.residents.numbers
        seeks = np.zeros(len(rows), dtype=np.bool_)
        for host, number in self._to_come(now):
            seeks |= (numbers[rows] == host) & self._unaware(numbers, number).any()
        return seeks

    def _to_come(self, now: int) -> list[tuple[int, int]]:
        """The host, and the number, of each gathering that has not begun."""
        news = self.news
        if not len(news):
            return []
        rows = ((news.kind[:] == int(Kind.GATHERING)) & (news.starts[:] > now)).nonzero()[0]
        if not len(rows):
            return []
        return list(zip(news.about[rows].tolist(), news.seconds(rows).tolist(), strict=True))

    def _unaware(self, people: NDArray[np.int64], number: int) -> NDArray[np.bool_]:
        return np.asarray(self.knowledge.find(people, np.full(len(people), number)) < 0)
