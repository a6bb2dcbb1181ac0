"""The lexical embedder: hashed n-grams of characters and words. Offline, deterministic, the same on
every machine; it knows what was written, not what was meant.

Feature hashing after Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (ICML
2009): each feature adds its weight, with a sign of its own, to one of DIMENSION sums.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

DIMENSION = 384
"""Not a power of two: of a CRC's low bits alone, alike features share too many."""

Vectors = NDArray[np.float32]
Letters = NDArray[np.uint32]
"""Code points of texts, one after the other, with END after each."""
Ends = NDArray[np.int64]
"""Where among these each ends."""
Sums = NDArray[np.float64]

AT_ONCE = 1000
"""Texts whose features are held in memory at once."""

END = "\0"
MARKS = "，：；！？（）…～"
"""Marks between words. Without them most texts are in normal form, which is found out fast."""

_FIRST, _LAST = 0x3400, 0x9FFF
"""The Chinese characters."""
_COMMON_CHARACTERS = frozenset(
    "的了是在有我你他她们这那就都也和很不吗呢吧啊呀着过到去来说一个上下中"
)
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
    each = [text.replace(END, " ") for text in texts]
    parts = [_embedded(each[at : at + AT_ONCE]) for at in range(0, len(each), AT_ONCE)]
    return np.concatenate(parts or [np.zeros((0, DIMENSION), dtype=np.float32)])


def _embedded(texts: Sequence[str]) -> Vectors:
    written = _plain(END.join([*texts, ""]))
    letters = np.frombuffer(written.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ends = np.flatnonzero(letters == ord(END))
    sums = _of_characters(letters, ends) + _of_words(letters, ends)
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    return (sums / np.where(length > 0, length, 1)).astype(np.float32)


def _plain(written: str) -> str:
    """In one form and in small letters; what was not one word is none now."""
    for mark in MARKS:
        written = written.replace(mark, " ")
    texts = [unicodedata.normalize("NFKC", text) for text in written.split(END)]
    return END.join(texts).casefold()


def _of_characters(letters: Letters, ends: Ends) -> Sums:
    """Single characters and pairs of them: Chinese words mostly have one or two."""
    where = np.flatnonzero(_is_chinese(letters))
    codes = letters[where].astype(np.int64) - _FIRST
    rows = np.searchsorted(ends, where)
    pairs = np.flatnonzero(np.diff(where) == 1)
    one, other = codes[pairs], codes[pairs + 1]
    alone, leading, trailing, common = _characters()
    hashes = np.concatenate([alone[codes], leading[one] ^ trailing[other]])
    single, double = np.array([PART, SLIGHT]), np.array([WHOLE, PART, SLIGHT])
    weights = np.concatenate([single[common[codes]], double[common[one] + common[other]]])
    at = np.concatenate([rows, rows[pairs]]) * DIMENSION + hashes % DIMENSION
    sums = np.bincount(at, _signed(hashes, weights), minlength=len(ends) * DIMENSION)
    return sums.reshape(len(ends), DIMENSION).astype(np.float64, copy=False)


@cache
def _characters() -> tuple[NDArray[np.int64], ...]:
    """Of each Chinese character: the CRC of it alone; what it adds, by exclusive or, to the CRC of
    a pair of which it is the first, and the second (CRCs of equally long texts are affine); and
    whether it is in every sentence."""
    zeros = b"\0\0\0"
    nothing = zlib.crc32(zeros + zeros)
    told = []
    for code in range(_FIRST, _LAST + 1):
        written = chr(code).encode()
        first, second = zlib.crc32(written + zeros), zlib.crc32(zeros + written) ^ nothing
        told.append((zlib.crc32(written), first, second, chr(code) in _COMMON_CHARACTERS))
    return tuple(np.array(told, dtype=np.int64).T.copy())


class _Codes(dict[str, int]):
    """A number for each word, in the order in which they are first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def _of_words(letters: Letters, ends: Ends) -> Sums:
    """Runs of letters and digits that are not Chinese."""
    inside = np.strings.isalnum(letters.view("<U1")) & ~_is_chinese(letters)
    begins = np.flatnonzero(inside & ~np.concatenate([[False], inside[:-1]]))
    between = np.where(inside, letters, ord(" ")).astype("<u4").tobytes()
    code = _Codes()
    said = list(map(code.__getitem__, between.decode("utf-32-le").split()))
    known = [_hashed(word) for word in code]
    texts = csr_array(
        (np.ones(len(said)), said, [0, *np.searchsorted(begins, ends)]), (len(ends), len(code))
    )
    words = csr_array(
        (
            np.concatenate([_NONE, *(weights for _, weights in known)]),
            np.concatenate([_NONE.astype(np.int64), *(places for places, _ in known)]),
            np.cumsum([0, *(len(places) for places, _ in known)]),
        ),
        (len(code), DIMENSION),
    )
    sums: Sums = (texts @ words).toarray()
    return sums


_NONE = np.zeros(0)


def _is_chinese(letters: Letters) -> NDArray[np.bool_]:
    return (letters >= _FIRST) & (letters <= _LAST)


def _signed(hashes: NDArray[np.int64], weights: Sums) -> Sums:
    return np.where(hashes & 0x80000000, weights, -weights)


@lru_cache(maxsize=50_000)
def _hashed(word: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The sums to which a word adds, and what it adds to each."""
    features = list(_of_word(word))
    hashes = np.array([zlib.crc32(feature.encode()) for feature, _ in features], dtype=np.int64)
    return hashes % DIMENSION, _signed(hashes, np.array([weight for _, weight in features]))


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
