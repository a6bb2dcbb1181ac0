"""The plain way to remember: everything in memory, one matrix a resident, looked at row by row."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from memory.models import MOST
from memory.retrieval import FORGOTTEN, RATE, Query, Weights


class LinearScan:
    """What residents remember, in columns in the order of time; nothing of it is stored."""

    def __init__(self, owners: Any, at: Any, importance: Any, vectors: Any) -> None:
        by_owner = np.argsort(owners, kind="stable")
        keys, begins = np.unique(owners[by_owner], return_index=True)
        self._spans = dict(
            zip(keys.tolist(), zip(begins, [*begins[1:], len(owners)], strict=True), strict=True)
        )
        self._at = at[by_owner]
        self._importance = importance[by_owner].astype(np.float32) / MOST
        self._vectors = vectors(by_owner)

    def span(self, owner: int) -> tuple[int, int]:
        """Where what somebody (a primary key of an actor) remembers begins and ends."""
        return self._spans[owner]

    def recall(self, queries: Sequence[Query], weights: Weights, most: int = 10) -> list[list[Any]]:
        """Scores of what comes to mind to each, the best first."""
        return [self._recall(query, weights, most) for query in queries]

    def _recall(self, query: Query, weights: Weights, most: int) -> list[Any]:
        begin, end = self.span(query.actor)
        end = begin + int(np.searchsorted(self._at[begin:end], query.at, side="right"))
        since = np.minimum(query.at - self._at[begin:end], FORGOTTEN)
        scores = weights.recency * np.exp(since * -RATE)
        scores += weights.importance * self._importance[begin:end]
        scores += weights.relevance * np.maximum(self._vectors[begin:end] @ query.vector, 0)
        best = scores[np.argpartition(-scores, most)[:most]]
        return np.sort(best)[::-1].tolist()
