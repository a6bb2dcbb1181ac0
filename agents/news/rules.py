"""The rules of news: hearsay.yaml, as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PositiveInt, model_validator

from agents.news.vocabulary import Kind, Urgency
from memory.models import MOST
from world.engine.gametime import DAY, HOUR
from world.scenario import Bilingual, Section, Strict, check_names

Share = Annotated[float, Field(ge=0, le=1)]
Importance = Annotated[int, Field(ge=0, le=MOST)]

KINDS = tuple(kind.name.lower() for kind in Kind)
URGENCIES = tuple(urgency.name.lower() for urgency in Urgency)

TEXTS = {
    "gathering": {"person", "place", "when"},
    "couple": {"person", "other"},
    "split": {"person", "other"},
    "quarrel": {"person", "other"},
}
"""What the words for each kind of news may name."""


class KindSpec(Strict):
    """A kind of news. tell: how likely one speaks of it when something new is brought up, while it
    is fresh. days: for how long one does. matters: how important it is to whoever hears of it.
    text: what is known, in a sentence."""

    tell: Share
    days: PositiveInt
    matters: Importance
    text: Bilingual | None = None


class UrgencySpec(Strict):
    """How likely one speaks of what was announced so loudly, and how important that is."""

    tell: Share
    matters: Importance


class NewsSpec(Strict):
    """hearsay.yaml. half_life_hours: after so long it is told half as often. again: how
    likely one tells what the other knows already, beside that. noticed: how likely one takes in
    what is announced in passing, or that others quarrel where one is. own: how likely one
    speaks of a gathering of one's own."""

    half_life_hours: PositiveInt
    again: Share
    noticed: Share
    own: Share
    kinds: dict[str, KindSpec]
    urgency: dict[str, UrgencySpec]

    @model_validator(mode="after")
    def everything_is_there(self) -> "NewsSpec":
        """Every kind and every urgency is there; what is not announced has a text."""
        for found, expected in ((self.kinds, KINDS), (self.urgency, URGENCIES)):
            if sorted(found) != sorted(expected):
                raise ValueError(f"expected exactly {', '.join(expected)}")
        for key, names in TEXTS.items():
            text = self.kinds[key].text
            if text is None:
                raise ValueError(f"expected a text for {key}")
            check_names(key, text, names)
        return self


SECTION = Section("hearsay", NewsSpec)


@dataclass(frozen=True)
class NewsRules:
    """tell: by Kind, and by Urgency where something was announced; millionths. lasts: by Kind,
    game seconds."""

    spec: NewsSpec
    tell: NDArray[np.int64]
    urgent: NDArray[np.int64]
    lasts: NDArray[np.int64]
    own: int
    half_life: int
    again: int
    noticed: int

    @classmethod
    def compile(cls, spec: NewsSpec) -> "NewsRules":
        """From the section `hearsay`."""
        return cls(
            spec=spec,
            tell=_millionths({kind: spec.kinds[kind.name.lower()].tell for kind in Kind}),
            urgent=_millionths({level: spec.urgency[level.name.lower()].tell for level in Urgency}),
            lasts=np.array([0, *(spec.kinds[key].days * DAY for key in KINDS)], dtype=np.int64),
            own=round(spec.own * 1_000_000),
            half_life=spec.half_life_hours * HOUR,
            again=round(spec.again * 100),
            noticed=round(spec.noticed * 1_000_000),
        )


def _millionths(shares: Mapping[int, float]) -> NDArray[np.int64]:
    return np.array([0, *(round(share * 1_000_000) for share in shares.values())], dtype=np.int64)
