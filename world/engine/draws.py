"""Keyed draws: chance that belongs to whom it befalls, not to who asks first.

A draw is Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011)
with key (seed, instant) and counter (actor, purpose, other, index). The same question has the same
answer in any order, batch or process.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

WORD = 2**32

_MULTIPLIERS = np.array([0xD2511F53, 0xCD9E8D57], dtype=np.uint64)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def purpose(name: str) -> int:
    """The counter word of a purpose, from its name; what draws for another purpose is unrelated."""
    return zlib.crc32(name.encode())


Words = NDArray[np.uint64]


def philox(key: tuple[int, int], counter: Sequence[Words]) -> tuple[Words, Words, Words, Words]:
    """Philox4x32-10 of `counter`, four arrays of words below 2**32; four of the same shape."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        first = c0 * _MULTIPLIERS[0]
        second = c2 * _MULTIPLIERS[1]
        c0 = (second >> _HALF) ^ c1 ^ np.uint64(k0)
        c1 = second & _LOW
        c2 = (first >> _HALF) ^ c3 ^ np.uint64(k1)
        c3 = first & _LOW
        k0 = (k0 + _WEYL[0]) % WORD
        k1 = (k1 + _WEYL[1]) % WORD
    return c0, c1, c2, c3


class Draws:
    """All the chance of one instant of one world."""

    def __init__(self, seed: int, instant: int) -> None:
        """Raises ValueError unless seed and instant are whole numbers below 2**32."""
        if not (0 <= seed < WORD and 0 <= instant < WORD):
            raise ValueError(f"seed {seed} and instant {instant} must lie in 0..2**32-1")
        self._key = (seed, instant)

    def words(
        self, actors: ArrayLike, purpose: int, other: ArrayLike = 0, index: ArrayLike = 0
    ) -> NDArray[np.uint64]:
        """One word below 2**32 for each actor (or pair, or index), broadcast together, (n,)."""
        actor, partner, position = np.broadcast_arrays(
            np.atleast_1d(np.asarray(actors, dtype=np.uint64)),
            np.asarray(other, dtype=np.uint64),
            np.asarray(index, dtype=np.uint64),
        )
        counter = (actor, np.full_like(actor, purpose), partner, position)
        return philox(self._key, counter)[0]

    def below(
        self,
        bound: ArrayLike,
        actors: ArrayLike,
        purpose: int,
        other: ArrayLike = 0,
        index: ArrayLike = 0,
    ) -> NDArray[np.int64]:
        """Whole numbers 0 <= draw < bound, one for each actor; bound is 1 to 2**32.

        A draw is word * bound >> 32, so no number is likelier than another by more than 2**-32:
        a bias below bound / 2**32 of its probability.
        """
        words = self.words(actors, purpose, other, index)
        return ((words * np.asarray(bound, dtype=np.uint64)) >> _HALF).astype(np.int64)

    def chance(
        self,
        per_million: ArrayLike,
        actors: ArrayLike,
        purpose: int,
        other: ArrayLike = 0,
        index: ArrayLike = 0,
    ) -> NDArray[np.bool_]:
        """True with a probability of `per_million` / 1,000,000, one for each actor."""
        drawn = self.below(1_000_000, actors, purpose, other, index)
        return drawn < np.asarray(per_million, dtype=np.int64)
