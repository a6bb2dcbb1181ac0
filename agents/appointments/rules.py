"""The rules of appointments: appointments.yaml, as numbers."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, PositiveInt, model_validator

from agents.activities import Activities
from agents.needs import TRAITS
from agents.sections import TraitName
from world.engine.gametime import HOUR, MINUTE
from world.scenario import Scenario, Section, Strict
from world.sections import Key, TimeOfDay

MILLION = 1_000_000
Share = Annotated[float, Field(ge=0, le=1)]
Span = tuple[PositiveInt, PositiveInt]


class OccasionSpec(Strict):
    """Something that people meet for or mean to do. activity: what; kinds: of places where; at:
    times of day; company: what it is done in. trait: of whom it is to the taste."""

    activity: Key
    kinds: Annotated[list[Key], Field(min_length=1)]
    at: Annotated[list[TimeOfDay], Field(min_length=1)]
    company: Literal["alone", "together", "either"]
    trait: TraitName | None = None


class AppointmentsSpec(Strict):
    """appointments.yaml. keeps, comes: for the least and the most conscientious or extravert."""

    days: PositiveInt
    notice_hours: PositiveInt
    apart_hours: PositiveInt
    plans: Share
    invites: Share
    keeps: tuple[Share, Share]
    comes: tuple[Share, Share]
    leave_minutes: PositiveInt
    late_minutes: Annotated[int, Field(ge=0)]
    patience_minutes: PositiveInt
    stay_minutes: Span
    occasions: Annotated[list[OccasionSpec], Field(min_length=1)]

    @model_validator(mode="after")
    def fits_together(self) -> "AppointmentsSpec":
        """Spans are spans; nobody sets out when the other has gone already."""
        for least, most in (self.keeps, self.comes, self.stay_minutes):
            if least > most:
                raise ValueError(f"expected the lesser first (found {least}, {most})")
        if self.late_minutes - self.leave_minutes >= self.patience_minutes:
            raise ValueError("expected whoever is late to come while somebody still waits")
        return self


def check_appointments(scenario: Scenario) -> None:
    """Every occasion is an activity, which the places of its kinds offer."""
    activities = {activity.key for activity in scenario["activities"]}
    for index, occasion in enumerate(scenario["appointments"].occasions):
        where = ("occasions", index)
        if occasion.activity not in activities:
            scenario.problem(
                "appointments",
                (*where, "activity"),
                f"expected an activity of activities.yaml (found {occasion.activity!r})",
            )
        for place in scenario["places"]:
            if place.kind in occasion.kinds and occasion.activity not in place.offers:
                scenario.problem(
                    "appointments",
                    (*where, "kinds"),
                    f"expected kinds of places that offer {occasion.activity} (found {place.kind})",
                )
                break


SECTION = Section("appointments", AppointmentsSpec, check_appointments)


@dataclass(frozen=True)
class AppointmentRules:
    """plans: millionths; invites: per cent; keeps, comes: of the least, and more of the most.

    notice, apart, leave, late, patience, stay: game seconds. Of every slot, int64[S]: activity
    (code), place (number), at (seconds of the day), trait (column of TRAITS, -1 for none); bool[S]:
    alone and together, whether it suits one person or two.
    """

    days: int
    notice: int
    apart: int
    plans: int
    invites: int
    keeps: tuple[int, int]
    comes: tuple[int, int]
    leave: int
    late: int
    patience: int
    stay: tuple[int, int]
    activity: NDArray[np.int64]
    place: NDArray[np.int64]
    at: NDArray[np.int64]
    trait: NDArray[np.int64]
    alone: NDArray[np.bool_]
    together: NDArray[np.bool_]

    @classmethod
    def compile(
        cls, spec: AppointmentsSpec, *, activities: Activities, kinds: list[str]
    ) -> "AppointmentRules":
        """From the section `appointments`. kinds: of the places, by number less one."""
        slots = [
            (activities.codes[each.activity], number, at, each)
            for each in spec.occasions
            for number, kind in enumerate(kinds, start=1)
            if kind in each.kinds
            for at in each.at
        ]
        traits = [TRAITS.index(each.trait) if each.trait else -1 for *_, each in slots]
        return cls(
            days=spec.days,
            notice=spec.notice_hours * HOUR,
            apart=spec.apart_hours * HOUR,
            plans=round(spec.plans * MILLION),
            invites=round(spec.invites * 100),
            keeps=_least_and_more(spec.keeps, MILLION),
            comes=_least_and_more(spec.comes, MILLION),
            leave=spec.leave_minutes * MINUTE,
            late=spec.late_minutes * MINUTE,
            patience=spec.patience_minutes * MINUTE,
            stay=_least_and_more(spec.stay_minutes, MINUTE),
            activity=np.array([activity for activity, *_ in slots], dtype=np.int64),
            place=np.array([place for _, place, *_ in slots], dtype=np.int64),
            at=np.array([at for _, _, at, _ in slots], dtype=np.int64),
            trait=np.array(traits, dtype=np.int64),
            alone=np.array([each.company != "together" for *_, each in slots], dtype=np.bool_),
            together=np.array([each.company != "alone" for *_, each in slots], dtype=np.bool_),
        )


def _least_and_more(span: tuple[float, float], unit: int) -> tuple[int, int]:
    least, most = round(span[0] * unit), round(span[1] * unit)
    return least, most - least


def by_trait(span: tuple[int, int], level: NDArray[np.int64]) -> NDArray[np.int64]:
    """What those with so much of a trait (0 to 100) have of a span: its least, and more of it."""
    least, more = span
    return least + more * level // 100
