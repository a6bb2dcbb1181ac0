"""Memories at hand: what comes to a resident's mind at a question, without a trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agents.minds.recollection import kept
from memory import lexical
from memory.models import Memory
from memory.retrieval import Query, recall
from memory.writing import lexical_embedder
from world.stage import Stage

MOST = 8
"""Memories that somebody has in mind when they are asked something."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A memory, as a thought keeps it: its words, and the parts of its score."""

    kept: dict[str, Any]

    @property
    def relevance(self) -> float:
        """How much it has to do with the question, 0 to 1."""
        return float(self.kept["relevance"])


def remembered(stage: Stage, actor: int, at: int, question: str) -> Sequence[Remembered]:
    """What somebody (a primary key) remembers at a question, the best match first."""
    (vector,) = lexical.embed([question])
    (found,) = recall([Query(actor, at, lexical_embedder().pk, vector)], most=MOST)
    memories = Memory.objects.in_bulk([each.memory for each in found])
    return [Remembered(kept(memories[each.memory], each)) for each in found]
