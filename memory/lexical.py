"""The lexical embedder: hashed n-grams of characters and words. Offline, deterministic, the same on
every machine; it knows what was written, not what was meant.

Feature hashing after Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML
2009): each feature adds its weight, with a sign of its own, to one of DIMENSION sums.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

DIMENSION = 512

Vectors = NDArray[np.float32]

_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
_CHARACTERS = frozenset("的了是在有我你他她们这那就都也和很不吗呢吧啊呀着过到去来说一个上下中")
"""Characters that are in every sentence and say little."""
_COMMON = """
a an the of to in on at and or is are was were be been i you he she it we they my your his her its
our their that this with for as by from not do does did have has had
"""
_WORDS = frozenset(_COMMON.split())
"""Words that are in every sentence and say little."""

SLIGHT, WHOLE, PART = 0.15, 1.0, 0.5
"""Weights of features: of what is everywhere, of a word or a pair of characters, and of parts."""


def embed(texts: Iterable[str]) -> Vectors:
    """A unit vector for each text, float32[n, DIMENSION]; all zeros for one without a word."""
    rows = [_RUNS.findall(unicodedata.normalize("NFKC", text).casefold()) for text in texts]
    hashed = [_hashed(run) for runs in rows for run in runs]
    sums: NDArray[np.float64] = np.zeros((len(rows), DIMENSION), dtype=np.float64)
    if hashed:
        lengths = [sum(len(_hashed(run)[0]) for run in runs) for runs in rows]
        row = np.repeat(np.arange(len(rows)), lengths)
        at = row * DIMENSION + np.concatenate([places for places, _ in hashed])
        weights = np.concatenate([weights for _, weights in hashed])
        sums += np.bincount(at, weights, minlength=sums.size).reshape(sums.shape)
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    return (sums / np.where(length > 0, length, 1)).astype(np.float32)


@lru_cache(maxsize=50_000)
def _hashed(run: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The sums to which the features of a run add, and what each adds."""
    features = list(_of_characters(run) if run[0] >= "\u3400" else _of_word(run))
    hashes = np.array([zlib.crc32(feature.encode()) for feature, _ in features], dtype=np.int64)
    weights = np.array([weight for _, weight in features])
    return hashes % DIMENSION, np.where(hashes & 0x80000000, weights, -weights)


def _of_characters(run: str) -> Iterator[tuple[str, float]]:
    """Single characters and pairs of them: Chinese words mostly have one or two."""
    for character in run:
        yield character, SLIGHT if character in _CHARACTERS else PART
    for first, second in pairwise(run):
        both = (first in _CHARACTERS) + (second in _CHARACTERS)
        yield first + second, (WHOLE, PART, SLIGHT)[both]


def _of_word(word: str) -> Iterator[tuple[str, float]]:
    """The word, and its parts of three letters, so that its forms are alike."""
    if word in _WORDS:
        yield f"={word}", SLIGHT
        return
    yield f"={word}", WHOLE
    marked = f"^{word}$"
    share = PART * 3 / max(len(marked) - 2, 1)
    for begin in range(len(marked) - 2):
        yield marked[begin : begin + 3], share
