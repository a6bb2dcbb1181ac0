"""How the server behaves: what is fixed when it starts, and what may be changed while it runs."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

from agents.fake_llm.chance import Chance
from agents.fake_llm.faults import Deck, FaultError, checked_shares

LONGEST_DELAY = 60.0
"""Seconds; a log-normal has a long tail."""
SECONDS = ("latency", "spread", "slow")


@dataclass(frozen=True, slots=True)
class Options:
    """What is fixed. key: None if any will do. dimensions: of embeddings that do not say.

    any_model: it answers to every name, not only those of `models`.
    """

    models: tuple[str, ...] = ("fake-chat", "fake-reasoner")
    any_model: bool = False
    key: str | None = None
    refuse_schema: bool = False
    dimensions: int = 256


@dataclass(slots=True)
class Behaviour:
    """What may be changed.

    shares: of faults. latency: the median time to an answer in seconds. spread: sigma of its
    logarithm. slow: seconds of the fault slow_first_byte.
    """

    seed: int
    shares: dict[str, float] = field(default_factory=dict)
    latency: float = 0.0
    spread: float = 0.5
    slow: float = 10.0
    _deck: Deck = field(init=False)
    _delays: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.change({**self.shares, **{name: getattr(self, name) for name in SECONDS}})

    def change(self, wanted: Mapping[str, Any]) -> None:
        """Take these shares, and no others, from now on, and those of SECONDS that are named.

        Raises FaultError and changes nothing if one of them cannot be.
        """
        for name in SECONDS:
            if name in wanted and not _is_span(wanted[name]):
                raise FaultError(f"{name} must be a number, at least 0")
        shares = checked_shares({k: v for k, v in wanted.items() if k not in SECONDS})
        for name in SECONDS:
            if name in wanted:
                setattr(self, name, float(wanted[name]))
        self.shares = shares
        self._deck = Deck(shares, self.seed)

    def read(self) -> dict[str, float]:
        """What `change` would have to be given to bring this about."""
        return {**{name: getattr(self, name) for name in SECONDS}, **self.shares}

    def next_fault(self) -> str | None:
        """What befalls the next call."""
        return self._deck.deal()

    def next_delay(self, digest: bytes) -> float:
        """Seconds that the next call takes; the same request may take another time."""
        if not self.latency:
            return 0.0
        self._delays += 1
        drawn = Chance(digest + self._delays.to_bytes(8, "big")).share()
        exponent = self.spread * NormalDist().inv_cdf(drawn)
        return min(LONGEST_DELAY, self.latency * math.exp(min(exponent, 50.0)))


def _is_span(number: Any) -> bool:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and math.isfinite(number) and number >= 0
