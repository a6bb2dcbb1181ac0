"""Meaning: sentences that change what two people are to each other."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents.conversations.bonds import Bonds
from agents.conversations.outlook import Heard
from agents.conversations.rules import TalkRules
from agents.conversations.talking import Talking
from agents.conversations.vocabulary import Act, Change, Love
from agents.needs import milli
from agents.news.noting import note_tiding
from agents.news.vocabulary import Kind
from world.engine.step import Step

MEANT = frozenset({Act.FORGIVE, Act.YES, Act.NO, Act.BREAK_OFF})
"""Acts that change what two people are to each other."""


class Meaning:
    """columns: granted tables, as `Talking` has them."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.bonds = Bonds(columns, constants)
        self.talking = Talking(columns, constants)
        self.rules: TalkRules = constants["talk"]

    def take(self, step: Step, heard: Heard, index: int, act: Act) -> None:
        """What is said in this one of the turns changes what two people are to each other."""
        host, speaker, listener = (
            int(rows[index]) for rows in (heard.hosts, heard.speakers, heard.listeners)
        )
        spec, ties = self.rules.spec.strength, self.bonds.ties
        one, other = np.array([speaker, listener]), np.array([listener, speaker])
        numbers = self.residents.numbers
        pairs = ties.ensure(numbers[one], numbers[other])
        match act:
            case Act.FORGIVE:
                ties.sore[pairs] = 0
                change, points, regard = Change.RECONCILED, spec.reconciled, 10
            case Act.YES:
                self._let_know(step, host, speaker, listener, Kind.COUPLE)
                ties.love[pairs] = Love.LOVERS
                change, points, regard = Change.LOVE, spec.love, 15
            case Act.NO:
                ties.love[pairs] = Love.REJECTED
                change, points, regard = Change.REJECTED, spec.rejected, -5
            case Act.BREAK_OFF:
                self._let_know(step, host, speaker, listener, Kind.SPLIT)
                ties.love[pairs] = Love.PARTED
                change, points, regard = Change.PARTED, spec.rejected, -20
            case _:
                raise ValueError(f"{act!r} changes nothing")
        self.bonds.change(
            step,
            one,
            other,
            points=np.full(2, milli(points)),
            reason=np.full(2, change),
            conversation=self.talking.numbers(np.array([host]))[0],
            regard=milli(regard),
            place=self.residents.place[speaker],
        )

    def _let_know(self, step: Step, host: int, one: int, other: int, kind: Kind) -> None:
        """Something that people will talk about, before all who are there."""
        r = self.residents
        people, _ = self.talking.people(np.array([host]))
        about, others, place = (
            np.full(len(people), value)
            for value in (r.numbers[one], r.numbers[other], r.place[one])
        )
        note_tiding(step, kind, about=about, other=others, place=place, witness=people)
