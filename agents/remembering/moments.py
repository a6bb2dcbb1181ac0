"""Moments: what stands out beside talk, as somebody keeps it in mind."""

from collections.abc import Sequence
from typing import Any

from agents.remembering.wording import Wording
from memory.models import Memory
from memory.writing import Impression


def moment_kept(
    wording: Wording,
    key: str,
    actor: int,
    at: int,
    *,
    kind: Memory.Kind = Memory.Kind.OBSERVATION,
    people: Sequence[int] = (),
    at_place: int = 0,
    cause: int = 0,
    **about: Any,
) -> Impression:
    """One of `Wording.moments` of a resident (a number). about: what its words name."""
    return Impression(
        actor=wording.stage.key(actor),
        at=at,
        kind=kind,
        importance=wording.moments[key].importance,
        subject=key,
        text=wording.moment(key, **about),
        people=people,
        place=at_place,
        cause=cause,
    )
