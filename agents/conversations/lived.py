"""Lived: what somebody may tell of what they have been through with others lately."""

from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from agents.appointments.vocabulary import State
from world.engine.gametime import DAY

FRESH = 5 * DAY
"""For so long after it one speaks of it."""


class Lived(NamedTuple):
    """What happened at a game time and place.

    state: KEPT or STOOD_UP. party: it was a gathering. activity: a code. person: the number of whom
    it was with, or whose gathering it was.
    """

    state: State
    party: bool
    at: int
    place: int
    activity: int
    person: int


class Past:
    """columns: granted tables, `appointments` readable."""

    def __init__(self, columns: SimpleNamespace) -> None:
        self.appointments = columns.appointments

    def of(self, now: int, number: int) -> list[Lived]:
        """What somebody (a number) remembers of meeting others, the latest first."""
        a = self.appointments
        mine = a.of(number)
        told = np.isin(a.state[mine], (State.KEPT, State.STOOD_UP)) & (a.seconds(mine) != number)
        mine = mine[told & (a.at[mine] > now - FRESH)]
        mine = mine[np.argsort(-a.at[mine], kind="stable")]
        columns = (a.state, a.news, a.at, a.place, a.activity)
        return [
            Lived(State(state), news > 0, at, place, activity, person)
            for person, state, news, at, place, activity in zip(
                a.seconds(mine).tolist(),
                *(column[mine].tolist() for column in columns),
                strict=True,
            )
        ]
