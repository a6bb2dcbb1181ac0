"""Embeddings: unit vectors by the hash of what is embedded.

The same input has the same vector; two inputs have nothing to do with each other, however alike
they are. A shorter vector is the beginning of a longer one, made a unit again.
"""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from agents.fake_llm.usage import tokens_of


def vector_of(embedded: bytes, dimensions: int) -> np.ndarray:
    """A unit vector (dimensions,) of float32."""
    noise = np.frombuffer(hashlib.shake_256(embedded).digest(4 * dimensions), dtype="<u4")
    vector = (noise + 0.5) / 2**31 - 1
    return (vector / np.linalg.norm(vector)).astype("<f4")


def embeddings_of(
    *, model: str, inputs: Sequence[bytes], dimensions: int, as_base64: bool
) -> tuple[bytes, int]:
    """The body of an answer, and how many tokens it took."""
    data: list[dict[str, Any]] = []
    for index, embedded in enumerate(inputs):
        vector = vector_of(embedded, dimensions)
        encoded = base64.b64encode(vector.tobytes()).decode() if as_base64 else vector
        data.append({"object": "embedding", "index": index, "embedding": encoded})
    tokens = sum(tokens_of(len(embedded)) for embedded in inputs)
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    body = {"object": "list", "data": data, "model": model, "usage": usage}
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY), tokens
