"""The scenario files that describe people: needs, activities, instinct, occupations, residents."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, model_validator

from agents.activities import CREATE, SEARCH, Where
from agents.needs import NEEDS
from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Hours, Key, TimeOfDay, check_unique_keys

SEEKER = "unemployed"
"""The key of the occupation of those who have no work and want some."""

Percent = Annotated[int, Field(ge=0, le=100)]
NeedName = Literal["energy", "satiety", "social", "fun", "hygiene", "comfort"]
TraitName = Literal["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"]
SkillName = Literal["programming", "design", "art", "social", "teaching", "cooking", "business"]
Points = Annotated[float, Field(ge=-1000, le=1000)]


class PersonalitySpec(Strict):
    """The Big Five, one field for each of TRAITS."""

    openness: Percent
    conscientiousness: Percent
    extraversion: Percent
    agreeableness: Percent
    neuroticism: Percent


class SkillsSpec(Strict):
    """One field for each of SKILLS."""

    programming: Percent
    design: Percent
    art: Percent
    social: Percent
    teaching: Percent
    cooking: Percent
    business: Percent


class ShapeSpec(Strict):
    """A rate bent by character: multiplied by (base + slope x trait / 100) per cent."""

    trait: TraitName
    base: int
    slope: int


class NeedSpec(Strict):
    """How one need behaves. awake: points per game hour; alone and weight: per cent. stress: how
    far the stress of one's class of wealth bends it, per cent."""

    key: NeedName
    name: Bilingual
    awake: Points
    shape: ShapeSpec | None = None
    alone: PositiveInt = 100
    stress: Annotated[int, Field(ge=0, le=100)] = 0
    weight: Annotated[int, Field(ge=0, le=1000)] = 100


class NeedsSpec(Strict):
    """needs.yaml: levels at which attention wakes, and the six needs in their fixed order."""

    low: Percent
    critical: Percent
    needs: list[NeedSpec]

    @model_validator(mode="after")
    def all_needs_in_order(self) -> "NeedsSpec":
        """Columns have the needs in a fixed order, and so must the file."""
        if tuple(need.key for need in self.needs) != NEEDS:
            raise ValueError(f"expected exactly the needs {', '.join(NEEDS)}, in this order")
        return self


class HabitSpec(Strict):
    """Hours of the day at which an activity is more (or less) welcome."""

    since: TimeOfDay
    until: TimeOfDay
    points: Points


class ActivitySpec(Strict):
    """An entry of activities.yaml; see `agents.activities.Activities` for the meaning."""

    key: Key
    name: Bilingual
    where: Literal["anywhere", "offered", "home", "workplace", "street"]
    minutes: tuple[PositiveInt, PositiveInt]
    rates: dict[NeedName, Points] = {}
    gains: dict[NeedName, Points] = {}
    gains_at: dict[Key, dict[NeedName, Points]] = {}
    until_rested: bool = False
    skill: SkillName | None = None
    sociable: bool = False
    firm: bool = False
    appeal: Points = 0
    traits: dict[TraitName, Points] = {}
    hours: list[HabitSpec] = []

    @model_validator(mode="after")
    def shortest_comes_first(self) -> "ActivitySpec":
        """minutes are the shortest and the longest duration."""
        if self.minutes[0] > self.minutes[1]:
            raise ValueError("expected minutes: [shortest, longest]")
        return self


class MoodSpec(Strict):
    """What a kind of weather does: points for being out of doors and for staying where one is, and
    per cent of the usual cost of walking."""

    outdoors: Points
    staying: Points
    walking: Annotated[int, Field(ge=0, le=1000)]


class InstinctSpec(Strict):
    """instinct.yaml: how a mind without a model weighs what it could do.

    temperature, walking_hour, duty, conscience, crowd, guests, price: points of utility.
    walking_hour is what an hour of walking costs; duty is what being expected at work is worth,
    plus conscience at conscientiousness 100 (and as much less at 0); crowd is what company at hand
    is worth to the most extravert (and costs the most introvert); guests is what looking for
    company is worth to whoever gives a gathering; price is what 100 yuan cost somebody of usual
    means; search is what looking for work is worth to those without, as eager as their means make
    them. Sleep that begins after night_begins lasts at least until a time between the two of
    wakes. weather: by kind of weather.
    """

    temperature: Annotated[float, Field(gt=0, le=100)]
    walking_hour: Points
    duty: Points
    conscience: Points
    crowd: Points
    guests: Points = 0
    price: Points
    search: Points = 24
    shun_minutes: PositiveInt
    bed_energy: Percent
    night_begins: TimeOfDay
    wakes: tuple[TimeOfDay, TimeOfDay]
    weather: dict[Key, MoodSpec]


class ShiftSpec(Strict):
    """Hours at a kind of place. days: five means five of seven, staggered by person."""

    key: Key
    at: Annotated[list[Key], Field(min_length=1)]
    hours: Hours
    pause: Hours | None = None
    days: Literal["weekdays", "daily", "five"]


class OccupationSpec(Strict):
    """An entry of occupations.yaml. pay: yuan per hour of duty. stipend: yuan a day."""

    key: Key
    name: Bilingual
    duty: Key | None
    pay: Annotated[float, Field(ge=0)]
    stipend: Annotated[float, Field(ge=0)] = 0
    owns_home: bool = False
    skill: SkillName | None = None
    requires: Percent = 0
    shifts: list[ShiftSpec] = []


class BackstorySpec(Strict):
    """Where somebody comes from: 50 to 100 characters in Chinese, and the same in English."""

    zh: Annotated[str, Field(min_length=50, max_length=100)]
    en: Annotated[str, Field(min_length=1)]


class ResidentSpec(Strict):
    """An entry of residents.yaml."""

    key: Key
    name: Bilingual
    age: Annotated[int, Field(ge=18, le=80)]
    gender: Literal["male", "female", "other"]
    occupation: Key
    home: Key
    workplace: Key | None
    shift: Key
    personality: PersonalitySpec
    skills: SkillsSpec
    goal: Bilingual
    backstory: BackstorySpec


def check_activities(scenario: Scenario) -> None:
    """Places offer activities that exist; occupations' duties too; the engine's own are there."""
    check_unique_keys("activities")(scenario)
    known = {activity.key: activity for activity in scenario["activities"]}
    for key in ("idle", "walk", "sleep", SEARCH, CREATE):
        if key not in known:
            scenario.problem("activities", (), f"expected an activity with the key {key}")
    if all(occupation.key != SEEKER for occupation in scenario["occupations"]):
        scenario.problem("occupations", (), f"expected an occupation with the key {SEEKER}")
    for number, place in enumerate(scenario["places"]):
        for index, key in enumerate(place.offers):
            if key not in known:
                scenario.problem(
                    "places",
                    (number, "offers", index),
                    f"expected an activity of activities.yaml (found {key!r})",
                )
    for number, occupation in enumerate(scenario["occupations"]):
        duty = known.get(occupation.duty) if occupation.duty else None
        if occupation.duty and (duty is None or Where[duty.where.upper()] != Where.WORKPLACE):
            scenario.problem(
                "occupations",
                (number, "duty"),
                f"expected an activity done at the workplace (found {occupation.duty!r})",
            )


def check_instinct(scenario: Scenario) -> None:
    """Instinct has a feeling for every kind of weather, and for no other."""
    kinds = {kind.key for kind in scenario["weather"].kinds}
    if set(scenario["instinct"].weather) != kinds:
        scenario.problem(
            "instinct", ("weather",), f"expected an entry for each of {', '.join(sorted(kinds))}"
        )


def check_residents(scenario: Scenario) -> None:
    """Residents have beds, workplaces and shifts that exist, and the skill their job needs."""
    check_unique_keys("residents")(scenario)
    places = {place.key: place for place in scenario["places"]}
    occupations = {occupation.key: occupation for occupation in scenario["occupations"]}
    beds = {key: place.capacity for key, place in places.items() if "sleep" in place.offers}
    for index, resident in enumerate(scenario["residents"]):
        home, work = resident.home, resident.workplace
        if home not in beds:
            scenario.problem(
                "residents", (index, "home"), f"expected a place that offers sleep (found {home!r})"
            )
        else:
            beds[home] -= 1
            if beds[home] == -1:
                scenario.problem("residents", (index, "home"), f"expected a free bed in {home}")
        if work is not None and work not in places:
            scenario.problem(
                "residents",
                (index, "workplace"),
                f"expected a place of places.yaml or null (found {work!r})",
            )
            continue
        occupation = occupations.get(resident.occupation)
        if occupation is None:
            scenario.problem(
                "residents",
                (index, "occupation"),
                f"expected an occupation of occupations.yaml (found {resident.occupation!r})",
            )
            continue
        if resident.shift != "free" and not any(
            shift.key == resident.shift and work is not None and places[work].kind in shift.at
            for shift in occupation.shifts
        ):
            scenario.problem(
                "residents",
                (index, "shift"),
                f"expected free, or a shift of a {occupation.key} at {work}"
                f" (found {resident.shift!r})",
            )
        if occupation.skill:
            skill = getattr(resident.skills, occupation.skill)
            if skill <= occupation.requires:
                scenario.problem(
                    "residents",
                    (index, "skills", occupation.skill),
                    f"expected more than {occupation.requires} for a {occupation.key}"
                    f" (found {skill})",
                )


SECTIONS = (
    Section("needs", NeedsSpec),
    Section("activities", list[ActivitySpec], check_activities),
    Section("instinct", InstinctSpec, check_instinct),
    Section("occupations", list[OccupationSpec], check_unique_keys("occupations")),
    Section("residents", list[ResidentSpec], check_residents),
)
