"""Apart: people who do not talk grow apart, slowly."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.conversations.rules import TalkRules
from agents.conversations.vocabulary import Change
from world.engine.gametime import DAY, midnight_before
from world.engine.pipeline import System
from world.engine.step import Step


class Apart(System):
    """Takes a little from ties at midnight, with every so many days since the last talk."""

    reads = ("ties.met_at",)
    writes = ("ties.strength",)

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        super().__init__(columns, constants)
        self.ties = columns.ties
        self.rules: TalkRules = constants["talk"]

    def next_due(self, after: int) -> int:
        return midnight_before(after) + DAY

    def on_time(self, step: Step) -> None:
        # Whoever knew each other when the town began counts from then on.
        apart = step.instant // DAY - self.ties.met_at[:] // DAY
        due = (apart > 0) & (apart % (self.rules.apart_every // DAY) == 0)
        rows = np.flatnonzero(due & (self.ties.strength[:] > self.rules.apart_stays))
        if not len(rows):
            return
        before = self.ties.strength[rows].astype(np.int64)
        after = np.maximum(before - self.rules.apart, self.rules.apart_stays)
        self.ties.strength[rows] = after
        first, second = self.ties.firsts(rows), self.ties.seconds(rows)
        order = np.lexsort([second, first])
        step.emit(
            events.TIE_CHANGED,
            actor=first[order],
            other=second[order],
            reason=Change.APART,
            amount=(after - before)[order],
            until=after[order],
        )
