"""How others choose what comes to mind, to compare with, over the same memories and vectors.

Importances are on our scale: both stretch them, so the scale does not matter.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

OVERFETCH = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """All that somebody remembers, in columns. hours: since each last came to mind."""

    hours: Floats
    importance: Floats


def generative_agents(kept: Kept, relevance: Floats, most: int) -> list[int]:
    """Rows that come to mind, the best first, by Park et al., "Generative Agents: Interactive
    Simulacra of Human Behavior" (UIST 2023), section 4.1. relevance: the cosine of each.

    Recency (0.995 for every game hour since the last access), importance and relevance, each
    stretched over all memories, are added with weights of 1.
    """
    scores = _stretched(0.995**kept.hours) + _stretched(kept.importance) + _stretched(relevance)
    return _best(scores, most)


def generative_agents_code(kept: Kept, relevance: Floats, most: int) -> list[int]:
    """The same with the weights of the code that was published with the paper (`new_retrieve` in
    joonspk-research/generative_agents, persona/cognitive_modules/retrieve.py): 0.5 for recency, 2
    for importance, 3 for relevance.

    That code raises its decay to the power of the place in the order of access, from the oldest on;
    here recency stays the paper's.
    """
    scores = 0.5 * _stretched(0.995**kept.hours) + 2 * _stretched(kept.importance)
    return _best(scores + 3 * _stretched(relevance), most)


def ai_town(kept: Kept, relevance: Floats, most: int) -> list[int]:
    """Rows that come to mind, the best first, by `searchMemories` and `rankAndTouchMemories` of
    a16z-infra/ai-town, convex/agent/memory.ts. relevance: the cosine of each.

    The nearest vectors, MEMORY_OVERFETCH times as many as are wanted, are ordered by relevance +
    importance + recency (0.99 for every whole hour since the last access), each stretched over
    these candidates.
    """
    near = np.array(_best(relevance, most * OVERFETCH))
    scores = _stretched(relevance[near]) + _stretched(kept.importance[near])
    scores += _stretched(0.99 ** np.floor(kept.hours[near]))
    return near[_best(scores, most)].tolist()


def _best(scores: Floats, most: int) -> list[int]:
    """Rows with the highest scores, the highest first; of equals the first."""
    return np.argsort(-scores, kind="stable")[:most].tolist()


def _stretched(values: Floats) -> Floats:
    """From 0 for the least to 1 for the greatest; 0 where all are equal."""
    least, greatest = values.min(), values.max()
    return (values - least) / (greatest - least or 1)
