"""What is known of residents, for people to read."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from agents.needs import NEEDS
from agents.wellbeing import happiness
from economy.classes import Classes
from world.engine import lines
from world.engine.lines import POINT
from world.models import Actor, World
from world.stage import Stage

EMOTIONS = ("tired", "hungry", "lonely", "bored", "unkempt", "uneasy")
"""What somebody feels whose need is critical, in the order of NEEDS."""

HAPPY, CALM = 70 * POINT, 40 * POINT
"""Milli-points of happiness from which on one is happy, or at least calm."""

DEPARTED = "departed"
"""The status of those who have moved away."""

SORTS = {
    "id": "number",
    "name": "name_zh",
    "age": "agent__age",
    "balance": "account__balance",
}


@dataclass(frozen=True)
class Condition:
    """How n residents are: needs int64[n, 6], happiness int64[n], milli-points."""

    needs: NDArray[np.int64]
    happiness: NDArray[np.int64]
    money_class: list[str]
    emotion: list[str]


def everybody(world: World) -> QuerySet[Actor]:
    """All who live or ever lived in a world with all that is known of them, by number."""
    return (
        Actor.objects.filter(world=world, kind="resident")
        .select_related("agent", "state", "account", "mind", "livelihood")
        .order_by("number")
    )


def residents(world: World) -> QuerySet[Actor]:
    """Those who live in a world."""
    return everybody(world).filter(livelihood__left_at=0)


def departed(world: World) -> QuerySet[Actor]:
    """Those who have moved away from it."""
    return everybody(world).exclude(livelihood__left_at=0)


def chosen(
    world: World, stage: Stage, *, occupation: str = "", status: str = "", search: str = ""
) -> QuerySet[Actor]:
    """The residents of an occupation, of a class of wealth, with a name that contains `search`.

    status: the key of a class; or DEPARTED for those who have moved away.
    """
    everyone = departed(world) if status == DEPARTED else residents(world)
    if occupation:
        codes = [spec.key for spec in stage.rules["occupations"]]
        everyone = everyone.filter(state__occupation=codes.index(occupation))
    if status and status != DEPARTED:
        classes: Classes = stage.constants["classes"]
        lowest, highest = classes.bounds(classes.keys.index(status))
        if lowest is not None:
            everyone = everyone.filter(account__balance__gt=lowest)
        if highest is not None:
            everyone = everyone.filter(account__balance__lte=highest)
    if search:
        everyone = everyone.filter(Q(name_zh__icontains=search) | Q(name_en__icontains=search))
    return everyone


def condition_of(people: list[Any], stage: Stage, time: int) -> Condition:
    """How these residents are at a game time, as of the last commit; how they were when they
    moved away, of those who did."""
    states = [person.state for person in people]
    shape = (len(states), len(NEEDS))
    values = np.array([[getattr(s, need) for need in NEEDS] for s in states], dtype=np.int64)
    rates = np.array([[getattr(s, f"{need}_rate") for need in NEEDS] for s in states])
    since = np.array([state.needs_since for state in states], dtype=np.int64)
    until = np.array([person.livelihood.left_at or time for person in people], dtype=np.int64)
    needs = lines.value_at(
        values.reshape(shape), rates.reshape(shape), since[:, None], until[:, None]
    )
    classes: Classes = stage.constants["classes"]
    rows = classes.of(np.array([person.account.balance for person in people], dtype=np.int64))
    joy = happiness(needs, rows, classes)
    critical = stage.constants["needs"].critical
    return Condition(
        needs=needs,
        happiness=joy,
        money_class=[classes.keys[row] for row in rows.tolist()],
        emotion=[
            EMOTIONS[int(need.argmin())] if need.min() <= critical else _mood(int(each))
            for need, each in zip(needs, joy, strict=True)
        ],
    )


def _mood(joy: int) -> str:
    if joy >= HAPPY:
        return "happy"
    return "calm" if joy >= CALM else "sad"


def standing(person: Any, stage: Stage, time: int) -> list[int]:
    """Where on the map a resident is at a game time, px."""
    state = person.state
    if not state.bound_for:
        return stage.points([state.cell])[0]
    cells = stage.constants["walks"].cell_at(
        state.cell, state.bound_for - 1, time - state.departed_at
    )
    return stage.points(cells)[0]
