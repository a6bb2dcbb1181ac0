"""A person: what every briefing tells of whoever is asked, as codes and numbers."""

from types import SimpleNamespace
from typing import Any, TypedDict

import numpy as np

from agents.appointments.entries import open_of

READS = (
    *(f"appointments.{column}" for column in ("activity", "at", "news", "place", "state")),
    "accounts.balance",
    "minds.code",
    "residents.activity",
    "residents.home",
    "residents.occupation",
    "residents.place",
    "residents.shift",
    "residents.workdays",
    "residents.workplace",
    "skills.levels",
    "traits.levels",
)


class Person(TypedDict):
    """model: the code of the mind. Places are numbers, 0 for the street. balance: fen.

    appointments: what is still to come, as [game time, place, activity, with whom, number of the
    gathering]; with whom: a number, one's own for nobody.
    """

    model: int
    traits: list[int]
    skills: list[int]
    balance: int
    place: int
    activity: int
    home: int
    workplace: int
    occupation: int
    shift: int
    workdays: int
    appointments: list[list[int]]


def person_of(columns: SimpleNamespace, row: int) -> Person:
    """What is told of a resident. columns: granted tables with READS readable."""
    r = columns.residents
    account = np.searchsorted(columns.accounts.numbers, r.numbers[row])
    return Person(
        model=int(columns.minds.code[row]),
        traits=columns.traits.levels[row].tolist(),
        skills=columns.skills.levels[row].tolist(),
        balance=int(columns.accounts.balance[account]),
        place=int(r.place[row]),
        activity=int(r.activity[row]),
        home=int(r.home[row]),
        workplace=int(r.workplace[row]),
        occupation=int(r.occupation[row]),
        shift=int(r.shift[row]),
        workdays=int(r.workdays[row]),
        appointments=_appointments(columns.appointments, int(r.numbers[row])),
    )


def _appointments(appointments: Any, number: int) -> list[list[int]]:
    """What somebody has in mind still, the next first."""
    mine = open_of(appointments, number)
    columns = [getattr(appointments, name)[mine] for name in ("at", "place", "activity")]
    rows = np.stack([*columns, appointments.seconds(mine), appointments.news[mine]], axis=1)
    return sorted(rows.tolist())
