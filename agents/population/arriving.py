"""Arriving: who might come to a district today, and what they would live by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.employment import posts
from agents.employment.posts import Posts
from agents.needs import milli
from agents.occupations import Occupations
from agents.population.moving_in import coming
from agents.population.rules import PopulationSpec
from agents.population.vocabulary import Attraction
from agents.sections import ResidentSpec
from world import happenings
from world.engine.columns import Rows
from world.engine.draws import WORD, purpose
from world.engine.inbox import InboxRow
from world.engine.step import Step
from world.happenings import InForce, Kind

READS = (
    *posts.READS,
    "businesses.closed_at",
    "businesses.price",
    "livelihoods.left_at",
    "residents.home",
    "residents.occupation",
    "ties.strength",
    *happenings.READS,
)

COMES = purpose("agents.population.comes")
WHO = purpose("agents.population.who")
INVITED = purpose("agents.population.invited")

KNOWN = milli(11)
"""The strength of a tie from which on somebody is not without any."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes to a district (from 0 on). like: the row of residents.yaml that they take
    after. place, shift: of their work, 0 for none; home: where they will live."""

    why: Attraction
    like: int
    occupation: int
    home: int
    place: int = 0
    shift: int = 0


class Arriving:
    """columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.livelihoods = columns.livelihoods
        self.ties = columns.ties
        self.posts = Posts(columns, constants)
        self.in_force = InForce(columns)
        self.rules: PopulationSpec = constants["population"]
        self.occupations: Occupations = constants["occupations"]
        self.named: list[ResidentSpec] = constants["residents"]
        self.beds: NDArray[np.int64] = constants["beds"]
        self.places_of_district = len(constants["place_kinds"])
        self.cap: int = constants["population_cap"]
        self.schools: list[tuple[int, int]] = constants["schools"]

    def today(self, step: Step) -> list[Newcomer]:
        """Who comes today, one to a district at most, in the order of districts."""
        count = len(self.beds) // self.places_of_district
        coming = [self._to(step, district) for district in range(count)]
        return [newcomer for newcomer in coming if newcomer is not None]

    def invited(self, step: Step, order: InboxRow) -> Newcomer | str:
        """Who comes because an operator invites somebody, or why nobody can (a code)."""
        key = order.payload["occupation"]
        if key and key not in self.occupations.keys:
            return "unknown_occupation"
        seeks = key == self.occupations.keys[self.occupations.seeking]
        alike = [
            row for row, spec in enumerate(self.named) if not key or seeks or spec.occupation == key
        ]
        if not alike:
            return "nobody_like_that"
        # Several may be invited in one instant.
        others = coming(step)
        homes = [each["home"] for each in others]
        for district in range(len(self.beds) // self.places_of_district):
            moving = sum((home - 1) // self.places_of_district == district for home in homes)
            home = self._free_bed(district, homes)
            if len(self._people(district)) + moving >= self.cap or not home:
                continue
            pick = step.draws.below(len(alike), district + 1, INVITED, index=len(others))
            like = alike[int(pick[0])]
            if seeks:
                return Newcomer(Attraction.ORDER, like, self.occupations.seeking, home)
            taken = [(each["place"], each["shift"]) for each in others]
            return self._settled(Attraction.ORDER, like, district, home, taken)
        return "full"

    def _to(self, step: Step, district: int) -> Newcomer | None:
        people = self._people(district)
        home = self._free_bed(district)
        if len(people) >= self.cap or not home:
            return None
        draws = step.draws.below(1_000_000, district + 1, COMES, index=[0, 1, 2]).tolist()
        hiring = not self.in_force.on(Kind.CRISIS, step.instant)
        if (
            draws[0] < self.rules.job * hiring
            and (gap := self._job_gap(people, district)) is not None
        ):
            return self._for_work(step, district, home, gap)
        if draws[1] < self.rules.lonely and self._somebody_is_alone(people):
            return self._anybody(step, district, home, Attraction.LONELY)
        if draws[2] < self.rules.chance:
            return self._anybody(step, district, home, Attraction.CHANCE)
        return None

    def _people(self, district: int) -> Rows:
        here = (self.residents.home[:] - 1) // self.places_of_district == district
        return np.flatnonzero(here & (self.livelihoods.left_at[:] == 0))

    def _free_bed(self, district: int, promised: Sequence[int] = ()) -> int:
        """The number of the place with most free beds in a district, 0 if there is none.

        promised: a home for each bed that is not free any more.
        """
        first = district * self.places_of_district
        here = self.livelihoods.left_at[:] == 0
        homes = np.append(self.residents.home[:][here], np.array(promised, dtype=np.int64))
        taken = np.bincount(homes, minlength=len(self.beds) + 1)[1:]
        free = (self.beds - taken)[first : first + self.places_of_district]
        return first + int(free.argmax()) + 1 if free.max() > 0 else 0

    def _job_gap(self, people: Rows, district: int) -> tuple[int, int, int] | None:
        """The best paid work (place, occupation, shift) that nobody here who seeks some can do."""
        openings = self.posts.openings()
        seekers = people[self.residents.occupation[people] == self.occupations.seeking]
        for place, occupation, shift in zip(
            openings.place.tolist(),
            openings.occupation.tolist(),
            openings.shift.tolist(),
            strict=True,
        ):
            near = (place - 1) // self.places_of_district == district
            if near and not len(self.posts.able(seekers, occupation)):
                return place, occupation, shift
        return None

    def _for_work(
        self, step: Step, district: int, home: int, gap: tuple[int, int, int]
    ) -> Newcomer | None:
        place, occupation, shift = gap
        key = self.occupations.keys[occupation]
        alike = [row for row, spec in enumerate(self.named) if spec.occupation == key]
        if not alike:
            return None
        like = alike[self._pick(step, district, len(alike))]
        return Newcomer(Attraction.JOB, like, occupation, home, place, shift)

    def _anybody(self, step: Step, district: int, home: int, why: Attraction) -> Newcomer:
        """Somebody like any of those whom the scenario names."""
        like = self._pick(step, district, len(self.named))
        return self._settled(why, like, district, home)

    def _settled(
        self,
        why: Attraction,
        like: int,
        district: int,
        home: int,
        promised: Sequence[tuple[int, int]] = (),
    ) -> Newcomer:
        """Somebody like one of those; paid work takes a free post, or they come to look for some.

        promised: the place and the shift of posts that are not free any more.
        """
        occupation = self.occupations.keys.index(self.named[like].occupation)
        if self.occupations.pay[occupation] == 0:
            place, shift = self._school(district, occupation)
            return Newcomer(why, like, occupation, home, place, shift)
        openings = self.posts.openings()
        for row in np.flatnonzero(openings.occupation == occupation).tolist():
            place, shift = int(openings.place[row]), int(openings.shift[row])
            near = (place - 1) // self.places_of_district == district
            if near and openings.free[row] > promised.count((place, shift)):
                return Newcomer(why, like, occupation, home, place, shift)
        return Newcomer(why, like, self.occupations.seeking, home)

    def _school(self, district: int, occupation: int) -> tuple[int, int]:
        """Where those of an unpaid occupation go in the day, and their shift; zeros for nowhere."""
        place, shift = self.schools[occupation]
        return (district * self.places_of_district + place if place else 0), shift

    def _somebody_is_alone(self, people: Rows) -> bool:
        numbers = self.residents.numbers[people]
        return any(
            not np.any(self.ties.strength[self.ties.of(number)] >= KNOWN)
            for number in numbers.tolist()
        )

    def _pick(self, step: Step, district: int, count: int) -> int:
        return int(step.draws.words(district + 1, WHO)[0]) * count // WORD
