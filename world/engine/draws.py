"""Keyed draws: chance that belongs to whom it befalls, not to who asks first.

A draw is Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011)
with key (seed, instant) and counter (actor, purpose, other, index). The same question has the same
answer in any order, batch or process.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

WORD = 2**32

_MULTIPLIER, _OTHER_MULTIPLIER = 0xD2511F53, 0xCD9E8D57
_STEP, _OTHER_STEP = 0x9E3779B9, 0xBB67AE85
_MULTIPLIERS = np.array([[_MULTIPLIER], [_OTHER_MULTIPLIER]], dtype=np.uint64)
_ROUNDS = 10
_FEW = 24
"""Below so many counters, plain integers are faster than numpy."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def purpose(name: str) -> int:
    """The counter word of a purpose, from its name; what draws for another purpose is unrelated."""
    return zlib.crc32(name.encode())


Words = NDArray[np.uint64]


def philox(key: tuple[int, int], counter: ArrayLike) -> Words:
    """Philox4x32-10 of n counters of four words below 2**32, uint64[4, n] both ways."""
    words = np.array(counter, dtype=np.uint64)
    even, odd, product = words[0::2], words[1::2], np.empty_like(words[0::2])
    swapped = product[::-1]
    for round_key in np.array(_round_keys(key), dtype=np.uint64)[:, :, None]:
        np.multiply(even, _MULTIPLIERS, out=product)
        np.right_shift(swapped, _HALF, out=even)
        even ^= odd
        even ^= round_key
        np.bitwise_and(swapped, _LOW, out=odd)
    return words


def philox_of_one(
    key: tuple[int, int], counter: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """As `philox`, of one counter."""
    first, second, third, fourth = counter
    for one, other in _round_keys(key):
        product, other_product = first * _MULTIPLIER, third * _OTHER_MULTIPLIER
        first, second = (other_product >> 32) ^ second ^ one, other_product & 0xFFFFFFFF
        third, fourth = (product >> 32) ^ fourth ^ other, product & 0xFFFFFFFF
    return first, second, third, fourth


@lru_cache(maxsize=1)
def _round_keys(key: tuple[int, int]) -> Sequence[tuple[int, int]]:
    """The keys of all rounds."""
    one, other = key
    return [
        ((one + step * _STEP) % WORD, (other + step * _OTHER_STEP) % WORD)
        for step in range(_ROUNDS)
    ]


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
        asked = np.broadcast(actors, other, index)
        shape = asked.shape or (1,)
        if asked.size < _FEW:
            counters = ((int(who), purpose, int(whom), int(at)) for who, whom, at in asked)
            few = [philox_of_one(self._key, each)[0] for each in counters]
            return np.array(few, dtype=np.uint64).reshape(shape)
        counter = np.empty((4, *shape), dtype=np.uint64)
        counter[0], counter[1], counter[2], counter[3] = actors, purpose, other, index
        drawn: Words = philox(self._key, counter.reshape(4, -1))[0]
        return drawn.reshape(shape)

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
