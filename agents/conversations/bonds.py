"""Bonds: the arithmetic of ties. Both sides are changed, each as its own character has it."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents import events
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Change
from agents.needs import TRAITS
from world.engine.columns import Rows
from world.engine.lines import FULL
from world.engine.step import Step

READS = ("traits.levels",)
WRITES = tuple(
    f"ties.{column}"
    for column in (
        "known_since",
        "lines",
        "love",
        "met_at",
        "regard",
        "sore",
        "strength",
        "talks",
        "topic",
    )
)

FORGIVING = 70
"""Agreeableness above which one forgives: what is bad counts half."""

ALIKE_WITHIN, OPPOSITE_FROM = 15, 40
"""Points between two people's extraversion up to which they are alike, and between their
agreeableness from which on they are opposite."""

_NOTHING = np.int64(0)
_EXTRAVERSION, _AGREEABLENESS = TRAITS.index("extraversion"), TRAITS.index("agreeableness")


class Bonds:
    """The ties of one world. columns: granted tables with READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.traits = columns.traits
        self.ties = columns.ties
        self.rules: TalkRules = constants["talk"]

    def strength(self, one: Rows, other: Rows) -> NDArray[np.int64]:
        """How close each feels to the other, milli-points; rows of residents."""
        return self.of("strength", self.between(one, other))

    def met_at(self, one: Rows, other: Rows) -> NDArray[np.int64]:
        """When they last talked, 0 for never."""
        return self.of("met_at", self.between(one, other))

    def between(self, one: Rows, other: Rows) -> Rows:
        """The ties of these residents to those, -1 where there is none."""
        numbers = self.residents.numbers
        return self.ties.find(numbers[one], numbers[other])

    def of(self, column: str, ties: Rows) -> NDArray[np.int64]:
        """A column of ties, 0 where there is none."""
        if not len(self.ties):
            return np.zeros(len(ties), dtype=np.int64)
        # Where there is none, whatever stands last is put aside.
        return np.where(ties >= 0, getattr(self.ties, column)[ties], _NOTHING)

    def kind(self, one: Rows, other: Rows) -> NDArray[np.int64]:
        """The kind of tie as each of `one` sees it, a row of the scenario's kinds."""
        return self.rules.kind_of(self.strength(one, other))

    def bent(self, one: Rows, other: Rows, points: NDArray[np.int64]) -> NDArray[np.int64]:
        """Points of strength as the characters of both sides have it, seen by `one`."""
        mine = self.traits.levels[one].astype(np.int64)
        theirs = self.traits.levels[other].astype(np.int64)
        apart = np.abs(mine - theirs)
        spec = self.rules.spec.strength
        alike = np.where(apart[:, _EXTRAVERSION] <= ALIKE_WITHIN, spec.alike, 100)
        opposite = np.where(apart[:, _AGREEABLENESS] >= OPPOSITE_FROM, spec.opposite, 100)
        gained = points * alike // 100 * opposite // 100
        forgiving = mine[:, _AGREEABLENESS] > FORGIVING
        return np.where(points > 0, gained, np.where(forgiving, points // 2, points))

    def change(
        self,
        step: Step,
        one: Rows,
        other: Rows,
        *,
        points: NDArray[np.int64],
        reason: NDArray[np.int64],
        conversation: ArrayLike = 0,
        regard: ArrayLike = 0,
        place: ArrayLike = 0,
    ) -> None:
        """Let each of `one` feel closer to `other`, or less so, and say why.

        points, regard: milli-points. reason: Change. conversation: the number of the one that this
        comes from, 0 for none.
        """
        numbers = self.residents.numbers
        first, second = numbers[one], numbers[other]
        pairs = self.ties.ensure(first, second)
        before = self.ties.strength[pairs].astype(np.int64)
        after = np.clip(before + points, 0, FULL)
        self.ties.strength[pairs] = after
        thought = self.ties.regard[pairs] + np.asarray(regard, dtype=np.int64)
        self.ties.regard[pairs] = np.clip(thought, -FULL, FULL)
        number = np.broadcast_to(np.asarray(conversation, dtype=np.int64), first.shape)
        moved = (after != before) | (reason == int(Change.QUARREL))
        step.emit(
            events.TIE_CHANGED,
            actor=first[moved],
            other=second[moved],
            place=np.broadcast_to(place, first.shape)[moved],
            reason=reason[moved],
            amount=(after - before)[moved],
            until=after[moved],
            data=[{"conversation": each} if each else None for each in number[moved].tolist()],
        )
