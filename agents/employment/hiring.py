"""Hiring: those who look for work and the posts that are free find each other, best pay first."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from agents import events
from agents.employment import posts
from agents.employment.posts import Posts
from agents.founding import workdays
from agents.models.livelihood import FAIR
from agents.occupations import Occupations
from world.engine.columns import Rows
from world.engine.step import Step

READS = (*posts.READS, "businesses.closed_at", "businesses.price", "residents.home")
WRITES = (
    "residents.occupation",
    "residents.shift",
    "residents.workdays",
    "residents.workplace",
    "livelihoods.hired_at",
    "livelihoods.jobless_days",
    "livelihoods.performance",
    "livelihoods.searched",
    "livelihoods.warnings",
)


class Hiring:
    """columns: granted tables, READS readable and WRITES writable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.posts = Posts(columns, constants)
        self.occupations: Occupations = constants["occupations"]
        self.shift_days: list[str] = constants["shift_days"]
        self.places_of_district = len(constants["place_kinds"])

    def match(self, step: Step, seekers: Rows) -> None:
        """Give free posts to those who seek work, the best paid first, each to whoever is best."""
        openings = self.posts.openings()
        district = (self.residents.home[seekers] - 1) // self.places_of_district
        for index, (place, occupation, free) in enumerate(
            zip(
                openings.place.tolist(),
                openings.occupation.tolist(),
                openings.free.tolist(),
                strict=True,
            )
        ):
            if not len(seekers):
                break
            near = seekers[district == (place - 1) // self.places_of_district]
            taken = self.posts.able(near, occupation)[:free]
            if len(taken):
                self.hire(step, taken, place, occupation, int(openings.shift[index]))
                left = ~np.isin(seekers, taken)
                seekers, district = seekers[left], district[left]

    def hire(self, step: Step, rows: Rows, place: int, occupation: int, shift: int) -> None:
        """Let these residents work in a place from now on."""
        r, live = self.residents, self.livelihoods
        r.workplace[rows] = place
        r.occupation[rows] = occupation
        r.shift[rows] = shift
        days = self.shift_days[shift]
        r.workdays[rows] = [workdays(days, number) for number in r.numbers[rows].tolist()]
        live.hired_at[rows] = step.instant
        live.performance[rows] = FAIR
        live.warnings[rows] = live.searched[rows] = live.jobless_days[rows] = 0
        step.emit(
            events.HIRED,
            actor=r.numbers[rows],
            place=place,
            amount=self.occupations.pay[occupation],
            until=occupation,
        )
