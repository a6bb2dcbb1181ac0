"""The outbox: what a world asks of the outside. The answer, if any, comes through the inbox."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked at an instant about a subject (the number of an actor).

    kind says who looks after it. content: plain values, all that the outside needs to know.
    """

    kind: str
    instant: int
    subject: int
    content: dict[str, Any]
