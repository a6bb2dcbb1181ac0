"""Chance of a reply: numbers that hang on what was asked and on nothing else.

The n-th draw from the same seed is always the same, in any process and at any time.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

WORD = 8
"""Bytes of a digest that make one draw."""


class Chance:
    """Draws one after another from SHA-256 of a seed and their number."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._words: list[int] = []

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1; bound at least 1."""
        if not self._words:
            digest = hashlib.sha256(self._seed + self._block.to_bytes(WORD, "big")).digest()
            self._block += 1
            self._words = [
                int.from_bytes(digest[at : at + WORD], "big") for at in range(0, len(digest), WORD)
            ]
        return self._words.pop() % bound

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def one_of(self, items: Sequence[T]) -> T:
        """One of the items; at least one."""
        return items[self.below(len(items))]

    def share(self) -> float:
        """A number above 0 and below 1."""
        return (self.below(1 << 52) + 0.5) / (1 << 52)
