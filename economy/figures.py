"""Figures: measures of how money is spread among people and how fast it moves."""

import numpy as np
from numpy.typing import NDArray

Fen = NDArray[np.int64]


def gini(balances: Fen) -> float:
    """The Gini coefficient of what people own, 0 (all the same) to 1 (one has all).

    balances: int64[n], fen; debts count as nothing. 0 for nobody and where nobody owns anything.
    Source: half of the relative mean absolute difference (Gini, "Variabilità e mutabilità", 1912),
    by the sum over sorted values.
    """
    owned = np.sort(np.maximum(balances, 0))
    total = int(owned.sum())
    if not total:
        return 0.0
    ranks = np.arange(1, len(owned) + 1, dtype=np.int64)
    weighted = int((ranks * owned).sum())
    return (2 * weighted - (len(owned) + 1) * total) / (len(owned) * total)


def per_mille(part: int, whole: int) -> int:
    """A part of a whole in thousandths, rounded; 0 of nothing."""
    return round(1000 * part / whole) if whole else 0
