"""The rules of work: employment.yaml."""

from typing import Annotated

from pydantic import Field, PositiveInt

from world.scenario import Scenario, Section, Strict
from world.sections import Key

Percent = Annotated[int, Field(ge=0, le=100)]
Days = Annotated[int, Field(ge=0, le=365)]
PerMillion = Annotated[int, Field(ge=0, le=1_000_000)]


class PostsSpec(Strict):
    """How many people of an occupation each place of a kind takes for a shift."""

    at: Key
    occupation: Key
    shift: Key
    posts: Annotated[int, Field(ge=0, le=1000)]


class PerformanceSpec(Strict):
    """How work is judged, the day after. Points but where said.

    weight: per cent by which a day's mark moves what one is known for. absent: per cent of the
    hours below which one counts as absent. late_minutes: from which on one counts as late; late:
    what it costs. poor: below which, or when absent, one is warned; good: from which on warnings
    are forgotten. warnings: with so many, whoever is poor is dismissed.
    """

    weight: Percent
    absent: Percent
    late_minutes: PositiveInt
    late: Percent
    poor: Percent
    good: Percent
    warnings: PositiveInt


class SeveranceSpec(Strict):
    """Days of usual pay that somebody gets who loses their work."""

    dismissed: Days
    laid_off: Days


class ArtSpec(Strict):
    """How art is made and sold. hours: of work in a piece. yuan: what it brings at a skill of 70.
    sells: per million and day, how likely a finished piece finds a buyer."""

    hours: PositiveInt
    yuan: Annotated[float, Field(gt=0, le=1e6)]
    sells: PerMillion


class StaffingSpec(Strict):
    """How posts follow business. customers: of a day that somebody can serve; more make a post
    more, up to `most` on a shift. The world outside buys all that businesses make for it: where
    somebody able has been without work for idle_days, these make a post more, up to so many per
    cent of their seats. losing_days: in a row, after which a business that owes money lets people
    go."""

    customers: PositiveInt
    most: PositiveInt
    idle_days: PositiveInt
    seats: Annotated[int, Field(ge=0, le=100)]
    losing_days: PositiveInt


class EmploymentSpec(Strict):
    """employment.yaml. lay_offs: per million and day. search_hours: of looking for work until one
    is offered any."""

    posts: list[PostsSpec]
    staffing: StaffingSpec
    performance: PerformanceSpec
    severance: SeveranceSpec
    art: ArtSpec
    lay_offs: PerMillion
    search_hours: PositiveInt


def check_employment(scenario: Scenario) -> None:
    """Posts are of shifts that exist, once each, and there are enough for those who have one."""
    shifts = {
        (kind, occupation.key, shift.key)
        for occupation in scenario["occupations"]
        if occupation.duty and occupation.pay
        for shift in occupation.shifts
        for kind in shift.at
    }
    posts: dict[tuple[str, str, str], int] = {}
    for index, spec in enumerate(scenario["employment"].posts):
        key = (spec.at, spec.occupation, spec.shift)
        if key not in shifts:
            scenario.problem(
                "employment",
                ("posts", index),
                f"expected a shift of a paid occupation (found {', '.join(key)})",
            )
        if key in posts:
            scenario.problem("employment", ("posts", index), "expected each kind of post once")
        posts[key] = spec.posts
    kinds = {place.key: place.kind for place in scenario["places"]}
    taken: dict[tuple[str, tuple[str, str, str]], int] = {}
    for index, resident in enumerate(scenario["residents"]):
        if resident.workplace is None or resident.workplace not in kinds:
            continue
        key = (kinds[resident.workplace], resident.occupation, resident.shift)
        if key not in shifts:
            continue
        place = (resident.workplace, key)
        taken[place] = taken.get(place, 0) + 1
        if taken[place] > posts.get(key, 0):
            scenario.problem(
                "residents",
                (index, "workplace"),
                f"expected a post of employment.yaml that is free at {resident.workplace}",
            )


SECTION = Section("employment", EmploymentSpec, check_employment)
