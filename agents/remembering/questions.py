"""Questions: by whose vectors it is found what answers to a question.

By the model's, where it has read the question and nearly all that is searched; else by the lexical
ones. The two are never compared with each other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache

from agents.remembering import embedder
from agents.remembering.embedder import EmbeddingError
from agents.remembering.reader import FAILURE
from memory import lexical
from memory.models import Embedder
from memory.retrieval import Vector
from memory.search import LEAST
from memory.writing import lexical_embedder

SECONDS = 5
"""A reader waits for the endpoint."""
LEFT_ALONE = 60
"""Seconds for which an endpoint that failed a reader is not asked by another."""
MAY_LACK = 0.05
"""Share of what is searched that the model need not have read yet."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, float32[dimension] by an embedder. least: relevance of what answers to it.

    exact: whether nothing that is searched lacks a vector of this embedder.
    """

    embedder: Embedder
    vector: Vector
    least: float
    exact: bool
    by_model: bool


def question(asked: str, lacking: Callable[[int], tuple[int, int]]) -> Question:
    """A question. lacking: of an embedder (a primary key), how much is searched, and how much of it
    has no vector of that embedder."""
    return _by_model(asked, lacking) or Question(
        embedder=lexical_embedder(),
        vector=lexical.embed([asked])[0],
        least=LEAST,
        exact=True,
        by_model=False,
    )


def _by_model(asked: str, lacking: Callable[[int], tuple[int, int]]) -> Question | None:
    if not embedder.is_there() or cache.get(FAILURE):
        return None
    try:
        (vector,) = embedder.embed([asked], seconds=SECONDS)
    except EmbeddingError as error:
        cache.set(FAILURE, str(error), timeout=LEFT_ALONE)
        return None
    maker = Embedder.objects.filter(name=embedder.model(), dimension=len(vector)).first()
    if maker is None:
        return None
    everything, missing = lacking(maker.pk)
    if missing > MAY_LACK * everything:
        return None
    return Question(maker, vector, least=0, exact=missing == 0, by_model=True)
