"""Posts: which there are, who has them, and who could have those that are free."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.employment.rules import EmploymentSpec
from agents.founding import shift_rows
from agents.models import Position
from agents.occupations import Occupations
from agents.sections import OccupationSpec
from economy.enterprises import Enterprises
from world.engine.columns import Rows
from world.founding import Founding
from world.models import World
from world.rules import Rules

Column = NDArray[np.int64]

READS = (
    "positions.place",
    "positions.occupation",
    "positions.shift",
    "positions.posts",
    "residents.workplace",
    "residents.shift",
    "skills.levels",
)

_SHIFTS = 2**20
"""A place and a shift are one code: the place times this, plus the shift."""


def found_positions(founding: Founding) -> None:
    """Make the posts of employment.yaml at every place of their kind."""
    make_positions(
        founding.world, founding.scenario["employment"], founding.scenario["occupations"]
    )


def adopt_positions(world: World, employment: EmploymentSpec) -> None:
    """Make them for a world that was founded before there were any."""
    make_positions(world, employment, Rules(world)["occupations"])


def make_positions(
    world: World, employment: EmploymentSpec, occupations: list[OccupationSpec]
) -> None:
    """Write the posts of every place."""
    codes = {spec.key: code for code, spec in enumerate(occupations)}
    shifts = shift_rows(occupations)
    wanted = [
        (place.number, spec)
        for place in world.locations.order_by("number")
        for spec in employment.posts
        if spec.at == place.kind
    ]
    Position.objects.bulk_create(
        Position(
            world=world,
            number=number,
            place=place,
            occupation=codes[spec.occupation],
            shift=shifts[spec.occupation, spec.at, spec.shift],
            posts=spec.posts,
        )
        for number, (place, spec) in enumerate(wanted, start=1)
    )


@dataclass(frozen=True)
class Openings:
    """Posts that are free, one row each, the best paid first. free: how many."""

    place: Column
    occupation: Column
    shift: Column
    free: Column


class Posts:
    """The posts of a world. columns: granted tables with READS readable."""

    def __init__(self, columns: SimpleNamespace, constants: Mapping[str, Any]) -> None:
        self.residents = columns.residents
        self.positions = columns.positions
        self.skills = columns.skills
        self.occupations: Occupations = constants["occupations"]
        self.enterprises = Enterprises(columns, constants)

    def taken(self) -> Column:
        """How many people have each position, by number from 1 on: int64[n]."""
        p, rows = self.positions, self.positions.of(0)
        codes = p.place[rows].astype(np.int64) * _SHIFTS + p.shift[rows]
        order = np.argsort(codes, kind="stable")
        r = self.residents
        held = r.workplace[:].astype(np.int64) * _SHIFTS + r.shift[:]
        where = np.searchsorted(codes[order], held)
        where = np.minimum(where, len(codes) - 1)
        found = codes[order][where] == held
        return np.bincount(order[where[found]], minlength=len(codes))

    def openings(self) -> Openings:
        """What is free where somebody trades."""
        p, rows = self.positions, self.positions.of(0)
        if not len(rows):
            nothing = np.zeros(0, dtype=np.int64)
            return Openings(*[nothing] * 4)
        free = p.posts[rows].astype(np.int64) - self.taken()
        place = p.place[rows].astype(np.int64)
        occupation = p.occupation[rows].astype(np.int64)
        pay = self.occupations.pay[occupation]
        order = np.argsort(-pay, kind="stable")
        order = order[((free > 0) & self.enterprises.trading()[place])[order]]
        return Openings(
            place=place[order],
            occupation=occupation[order],
            shift=p.shift[rows].astype(np.int64)[order],
            free=free[order],
        )

    def able(self, rows: Rows, occupation: int) -> Rows:
        """Those of these residents who have the skill that an occupation takes, the best first."""
        skill = int(self.occupations.skill[occupation])
        if skill < 0:
            return rows
        level = self.skills.levels[rows, skill].astype(np.int64)
        order = np.argsort(-level, kind="stable")
        return rows[order][level[order] > self.occupations.requires[occupation]]
