"""Newcomers: residents whom the scenario does not name, made from its material by keyed draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from agents.activities import SKILLS
from agents.needs import TRAITS
from agents.sections import (
    BackstorySpec,
    OccupationSpec,
    PersonalitySpec,
    ResidentSpec,
    SkillsSpec,
)
from world.engine.draws import Draws, purpose
from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Key

NAME = purpose("agents.newcomers.name")
LIFE = purpose("agents.newcomers.life")
TRAIT = purpose("agents.newcomers.trait")
SKILL = purpose("agents.newcomers.skill")
AGE = purpose("agents.newcomers.age")

YEARS_APART, TRAITS_APART, SKILLS_APART = 5, 25, 12
"""How far a newcomer may differ from whom they take after, in years and points."""
YOUNGEST, OLDEST = 18, 80

Names = Annotated[list[Bilingual], Field(min_length=2)]


class GivenNamesSpec(Strict):
    """Given names by gender."""

    male: Names
    female: Names
    other: Names


class LifeSpec(Strict):
    """What people of an occupation are after, and where they come from."""

    occupation: Key
    goals: Annotated[list[Bilingual], Field(min_length=1)]
    backstories: Annotated[list[BackstorySpec], Field(min_length=1)]


class NewcomersSpec(Strict):
    """newcomers.yaml: what residents are made of who are not in residents.yaml."""

    surnames: Names
    given: GivenNamesSpec
    lives: list[LifeSpec]


def check_newcomers(scenario: Scenario) -> None:
    """There is one entry of lives for every occupation."""
    told = [life.occupation for life in scenario["newcomers"].lives]
    for occupation in scenario["occupations"]:
        if told.count(occupation.key) != 1:
            scenario.problem(
                "newcomers", ("lives",), f"expected one entry for the occupation {occupation.key}"
            )
    for index, key in enumerate(told):
        if key not in {occupation.key for occupation in scenario["occupations"]}:
            scenario.problem(
                "newcomers",
                ("lives", index, "occupation"),
                f"expected an occupation of occupations.yaml (found {key!r})",
            )


SECTION = Section("newcomers", NewcomersSpec, check_newcomers)


@dataclass(frozen=True)
class Newcomers:
    """Makes newcomers of one scenario."""

    material: NewcomersSpec
    occupations: dict[str, OccupationSpec]

    @classmethod
    def of(cls, scenario: Scenario) -> "Newcomers":
        """From the sections `newcomers` and `occupations`."""
        return cls(
            scenario["newcomers"],
            {occupation.key: occupation for occupation in scenario["occupations"]},
        )

    def make(
        self, models: list[ResidentSpec], numbers: list[int], draws: Draws
    ) -> list[ResidentSpec]:
        """Somebody like each of `models`, with a name, a character and a story of their own.

        numbers: those that they will have as actors, by which their luck is drawn.
        """
        luck = _Luck(draws, np.array(numbers, dtype=np.int64))
        ages = luck.near([model.age for model in models], YEARS_APART, AGE, 0)
        traits = {
            trait: luck.near(
                [getattr(model.personality, trait) for model in models], TRAITS_APART, TRAIT, index
            )
            for index, trait in enumerate(TRAITS)
        }
        skills = {
            skill: luck.near(
                [getattr(model.skills, skill) for model in models], SKILLS_APART, SKILL, index
            )
            for index, skill in enumerate(SKILLS)
        }
        surname, given = luck.words(NAME, 0), luck.words(NAME, 1)
        goal, story = luck.words(LIFE, 0), luck.words(LIFE, 1)
        lives = {life.occupation: life for life in self.material.lives}
        return [
            model.model_copy(
                update={
                    "key": f"newcomer-{number}",
                    "name": self._name(model.gender, surname[row], given[row]),
                    "age": min(max(int(ages[row]), YOUNGEST), OLDEST),
                    "personality": PersonalitySpec(
                        **{trait: int(traits[trait][row]) for trait in TRAITS}
                    ),
                    "skills": self._skills(
                        model.occupation, {skill: int(skills[skill][row]) for skill in SKILLS}
                    ),
                    "goal": _pick(lives[model.occupation].goals, goal[row]),
                    "backstory": _pick(lives[model.occupation].backstories, story[row]),
                }
            )
            for row, (model, number) in enumerate(zip(models, numbers, strict=True))
        ]

    def _name(self, gender: str, surname: int, given: int) -> Bilingual:
        last = _pick(self.material.surnames, surname)
        first = _pick(getattr(self.material.given, gender), given)
        return Bilingual(zh=last.zh + first.zh, en=f"{last.en} {first.en}")

    def _skills(self, occupation: str, levels: dict[str, int]) -> Any:
        """Nobody has a job without the skill that it takes."""
        job = self.occupations[occupation]
        if job.skill:
            levels[job.skill] = max(levels[job.skill], job.requires + 1)
        return SkillsSpec(**levels)


@dataclass(frozen=True)
class _Luck:
    """The draws of those to be made."""

    draws: Draws
    numbers: NDArray[np.int64]

    def near(self, values: list[int], apart: int, purpose: int, index: int) -> NDArray[np.int64]:
        """Each value, or up to `apart` more or less, from 0 to 100."""
        drawn = self.draws.below(2 * apart + 1, self.numbers, purpose, index=index)
        return np.clip(np.array(values, dtype=np.int64) + drawn - apart, 0, 100)

    def words(self, purpose: int, index: int) -> list[int]:
        """A number below 2**32 for each."""
        return [int(word) for word in self.draws.words(self.numbers, purpose, index=index)]


Choice = TypeVar("Choice")


def _pick(choices: Sequence[Choice], word: int) -> Choice:
    """The one on which a word below 2**32 falls."""
    return choices[word * len(choices) >> 32]
