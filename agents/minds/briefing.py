"""Briefings: what a model may know when it is asked, as codes and numbers.

Written down by the engine in the instant of the question, so that the prompt is a function of the
world at that instant, however much later it is rendered.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import needs
from agents.minds import person
from agents.minds.person import Person, person_of
from agents.minds.situation import Situations
from agents.models.mind import PLAN_BLOCKS
from world.engine.columns import Rows
from world.engine.draws import purpose
from world.engine.step import Step

PRESENT = purpose("agents.briefing.present")

CROWD = 8
"""So many of the people around somebody are noticed."""

READS = (
    *needs.COLUMNS,
    *person.READS,
    *(f"minds.{block}" for block in PLAN_BLOCKS),
    "minds.following",
    "minds.retries",
    "minds.steps",
    "minds.surprise",
    "minds.surprise_activity",
    "minds.surprise_place",
    "residents.decision",
    "residents.source",
    "residents.started_at",
)


class Content(Person):
    """One briefing. Places and people are numbers, 0 for the street and for nobody.

    needs: milli-points. options: what is possible, as [place, activity, game seconds
    to get there, fen]. dear: what they cannot pay, as [place, activity, fen]. present: people in
    the same place. surprise: [Surprise, place, activity]. plan: what was left of the last plan, as
    [activity, place, game seconds]. words: what was said to them just now by nobody of the town,
    empty for nothing.
    """

    decision: int
    needs: list[int]
    since: int
    crowd: int
    present: list[int]
    options: list[list[int]]
    dear: list[list[int]]
    surprise: list[int]
    plan: list[list[int]]
    retry: int
    words: str


class Briefing:
    """Puts briefings together. columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.columns = columns
        self.residents = columns.residents
        self.minds = columns.minds

    def of(self, step: Step, rows: Rows, situations: Situations) -> list[Content]:
        """The briefing of each row. situations: those of the rows, now."""
        return [self._one(step, row, index, situations) for index, row in enumerate(rows.tolist())]

    def _one(self, step: Step, row: int, index: int, situations: Situations) -> Content:
        r, m, now = self.residents, self.minds, step.instant
        following, steps = int(m.following[row]), int(m.steps[row])
        plan = np.stack([getattr(m, block)[row, following:steps] for block in PLAN_BLOCKS])
        person = person_of(self.columns, row)
        return Content(
            **person,
            decision=int(r.decision[row]),
            needs=situations.needs[index].tolist(),
            since=int(r.started_at[row]),
            crowd=int(situations.crowd[index]),
            present=self._present(step, row),
            options=self._options(situations, index, now),
            dear=self._dear(situations, index, person["balance"]),
            surprise=[
                int(m.surprise[row]),
                int(m.surprise_place[row]),
                int(m.surprise_activity[row]),
            ],
            plan=plan.T.tolist(),
            retry=int(m.retries[row]),
            words="",
        )

    def _options(self, situations: Situations, index: int, now: int) -> list[list[int]]:
        options = situations.options
        columns = np.flatnonzero(situations.possible[index])
        return np.stack(
            [
                options.place[index, columns],
                options.activity[columns],
                situations.arrives_at[index, columns] - now,
                situations.prices[index, columns],
            ],
            axis=1,
        ).tolist()

    def _dear(self, situations: Situations, index: int, balance: int) -> list[list[int]]:
        options, prices = situations.options, situations.prices[index]
        columns = np.flatnonzero(options.exists[index] & (prices > max(balance, 0)))
        told = (options.place[index, columns], options.activity[columns], prices[columns])
        return np.stack(told, axis=1).tolist()

    def _present(self, step: Step, row: int) -> list[int]:
        """Who shares one's place; in a crowd, some of them by lot."""
        r = self.residents
        place = r.place[row]
        if not place:
            return []
        others = np.flatnonzero(r.place[:] == place)
        others = others[others != row]
        numbers = r.numbers[others]
        if len(others) > CROWD:
            lot = step.draws.words(r.numbers[row], PRESENT, other=numbers)
            numbers = np.sort(numbers[np.argsort(lot, kind="stable")[:CROWD]])
        return [int(number) for number in numbers]
