"""Noting: how systems say within an instant that something came to pass, or was told."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.news.vocabulary import Kind
from world.engine.columns import Rows
from world.engine.step import Step

TIDING = "tiding"
"""Note: something has come to pass between `about` and `other` (numbers) of `kind`, in `place`, and
`witness` (a row) was there."""

TOLD = "told_news"
"""Note: `speaker` (a number) has told `news` (a number) in `conversation`, and `hearer` (a row) was
there."""

LEARNT = "learnt"
"""Note: these `rows` have come to know `news` (a number)."""


def note_tiding(
    step: Step,
    kind: Kind,
    *,
    about: NDArray[Any],
    other: NDArray[Any],
    place: NDArray[Any],
    witness: Rows,
) -> None:
    """Note that something came to pass; one record for each witness."""
    first, second = np.minimum(about, other), np.maximum(about, other)
    step.note(
        TIDING,
        kind=np.full(len(witness), int(kind)),
        about=first,
        other=second,
        place=place,
        witness=witness,
    )


def note_told(step: Step, *, speaker: int, news: int, conversation: int, hearers: Rows) -> None:
    """Note that somebody told something; one record for each who heard it."""
    alike = {"speaker": speaker, "news": news, "conversation": conversation}
    columns = {name: np.full(len(hearers), value) for name, value in alike.items()}
    step.note(TOLD, **columns, hearer=hearers)
