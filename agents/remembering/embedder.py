"""The embedding model: unit vectors of texts, from an OpenAI-compatible endpoint.

Which one is told by EMBEDDING_MODEL, EMBEDDING_BASE_URL and EMBEDDING_DIMENSIONS. Its key is read
from the environment with every call, so it stands nowhere else.
"""

from collections.abc import Sequence
from contextlib import suppress

import numpy as np
from django.conf import settings

from agents.minds.keys import MissingKeyError, secret_of, without_secrets
from memory.lexical import Vectors

KEY = "EMBEDDING_API_KEY"

LONGEST = 4000
"""Numbers of a vector that can be stored."""

MOST_DETAIL = 400
"""Characters of an error that are kept."""


class EmbeddingError(RuntimeError):
    """The model made no vectors; says why, without secrets."""


def is_there() -> bool:
    """Whether there is a model besides the lexical embedder."""
    return bool(settings.EMBEDDING_MODEL)


def model() -> str:
    """Its name, empty for none."""
    return str(settings.EMBEDDING_MODEL)


def embed(texts: Sequence[str], *, seconds: float) -> Vectors:
    """A unit vector for each text, float32[n, dimension]. Raises EmbeddingError.

    seconds: real ones, after which the endpoint is given up.
    """
    # Only where there is a model is the client needed, which is large.
    import openai

    key = ""
    with suppress(MissingKeyError):
        key = secret_of(KEY)
    length = settings.EMBEDDING_DIMENSIONS
    try:
        with openai.OpenAI(
            base_url=settings.EMBEDDING_BASE_URL,
            # The client insists on a key even where the endpoint wants none.
            api_key=key or "none",
            max_retries=0,
            timeout=seconds,
        ) as client:
            answer = client.embeddings.create(
                model=settings.EMBEDDING_MODEL,
                input=list(texts),
                # Not every endpoint knows base64, which the client asks for by itself.
                encoding_format="float",
                dimensions=length or openai.omit,
            )
        rows = sorted(answer.data, key=lambda each: each.index)
        vectors = np.array([each.embedding for each in rows], dtype=np.float64)
    except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
        cause = error.__cause__ or error
        told = without_secrets(f"{type(cause).__name__}: {error}", key)[:MOST_DETAIL]
        raise EmbeddingError(told) from None
    return _checked(vectors, len(texts))


def _checked(vectors: np.ndarray, count: int) -> Vectors:
    """What the endpoint sent, as units."""
    if vectors.ndim != 2 or len(vectors) != count or not 0 < vectors.shape[1] <= LONGEST:
        raise EmbeddingError(f"expected {count} vectors of at most {LONGEST} numbers")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EmbeddingError("expected vectors that have a length")
    return (vectors / lengths).astype(np.float32)
