"""The inbox: everything that a world cannot compute itself, stamped with when it takes effect."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Stamp(NamedTuple):
    """When an inbox row takes effect: at an instant, or after it in a world that stands still.

    round 0 is the instant itself. Rounds 1, 2, ... are inbox-only steps at the same instant, for
    orders given while the world was paused there.
    """

    instant: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One row: its kind's rank and its subject's number and key give its canonical place.

    arrival breaks ties, which only operators' orders can have. source says whose decision it is.
    """

    identity: int
    stamp: Stamp
    kind: str
    rank: int
    subject: int
    key: str
    payload: dict[str, Any] = field(default_factory=dict)
    source: int = 0

    def canonical(self) -> tuple[int, int, int, str, int]:
        """Sorts the rows of a world into the order in which they take effect."""
        return (*self.stamp, self.rank, self.subject, self.key, self.identity)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an inbox row: done, or refused for a reason (a code)."""

    identity: int
    stamp: Stamp
    accepted: bool
    reason: str = ""
