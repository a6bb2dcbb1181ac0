"""Occupations: what jobs pay, and what they take."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.activities import SKILLS
from agents.sections import SEEKER, OccupationSpec
from economy.money import fen
from world.engine.lines import POINT


@dataclass(frozen=True)
class Occupations:
    """The scenario's occupations, one row each; the row is the occupation's code.

    pay: fen per hour of duty. skill: index into SKILLS of the main one, -1 for none; requires: more
    milli-points of it than that. stipend: fen a day from the treasury. owns_home: lives rent-free.
    has_duty: is expected somewhere.
    seeking: the code of those who have no work and want some.
    """

    keys: tuple[str, ...]
    pay: NDArray[np.int64]
    skill: NDArray[np.int64]
    requires: NDArray[np.int64]
    stipend: NDArray[np.int64]
    owns_home: NDArray[np.bool_]
    has_duty: NDArray[np.bool_]
    seeking: int

    @classmethod
    def compile(cls, specs: list[OccupationSpec]) -> "Occupations":
        """From the section `occupations`."""
        return cls(
            keys=tuple(spec.key for spec in specs),
            pay=np.array([fen(spec.pay) for spec in specs], dtype=np.int64),
            skill=np.array(
                [SKILLS.index(spec.skill) if spec.skill else -1 for spec in specs], dtype=np.int64
            ),
            requires=np.array([spec.requires * POINT for spec in specs], dtype=np.int64),
            stipend=np.array([fen(spec.stipend) for spec in specs], dtype=np.int64),
            owns_home=np.array([spec.owns_home for spec in specs], dtype=np.bool_),
            has_duty=np.array([spec.duty is not None for spec in specs], dtype=np.bool_),
            seeking=[spec.key for spec in specs].index(SEEKER),
        )
