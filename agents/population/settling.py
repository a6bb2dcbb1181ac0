"""Settling: residents come into being, those of a world's beginning and those who come later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.models import (
    Agent,
    AgentMind,
    AgentState,
    AgentTalk,
    Livelihood,
    Personality,
    Skills,
)
from agents.needs import NEEDS
from agents.sections import ResidentSpec
from world.engine.draws import Draws, purpose
from world.engine.lines import FULL, POINT
from world.models import Actor

START = purpose("agents.founding.need")

LOWEST_START, HIGHEST_START = FULL * 60 // 100, FULL * 95 // 100


@dataclass(frozen=True, slots=True)
class Settler:
    """A resident to be. home, workplace: numbers of places. cell: before whose door they stand.
    place: where they are, 0 for the street. occupation, shift, workdays: as of `AgentState`.
    thinks_at: when they first decide something. mind: fields of their `AgentMind`.
    arrived_at: 0 for those who were always here.
    """

    actor: Actor
    spec: ResidentSpec
    home: int
    place: int
    cell: int
    occupation: int
    workplace: int
    shift: int
    workdays: int
    thinks_at: int
    mind: Mapping[str, int] = field(default_factory=dict)
    arrived_at: int = 0


def settle(settlers: Sequence[Settler], *, now: int, draws: Draws) -> None:
    """Write who they are and how they are; their needs begin somewhere between fair and full."""
    numbers = [settler.actor.number for settler in settlers]
    starts = {
        need: LOWEST_START + draws.below(HIGHEST_START - LOWEST_START, numbers, START, index=index)
        for index, need in enumerate(NEEDS)
    }
    Agent.objects.bulk_create(_profile(settler) for settler in settlers)
    Personality.objects.bulk_create(
        Personality(actor=settler.actor, **settler.spec.personality.model_dump())
        for settler in settlers
    )
    Skills.objects.bulk_create(
        Skills(
            actor=settler.actor,
            **{skill: level * POINT for skill, level in settler.spec.skills.model_dump().items()},
        )
        for settler in settlers
    )
    AgentState.objects.bulk_create(
        AgentState(
            actor=settler.actor,
            place=settler.place,
            home=settler.home,
            workplace=settler.workplace,
            cell=settler.cell,
            occupation=settler.occupation,
            shift=settler.shift,
            workdays=settler.workdays,
            started_at=now,
            needs_since=now,
            think_at=settler.thinks_at,
            **{need: int(values[index]) for need, values in starts.items()},
        )
        for index, settler in enumerate(settlers)
    )
    AgentMind.objects.bulk_create(
        AgentMind(actor=settler.actor, **settler.mind) for settler in settlers
    )
    AgentTalk.objects.bulk_create(AgentTalk(actor=settler.actor) for settler in settlers)
    Livelihood.objects.bulk_create(
        Livelihood(
            actor=settler.actor,
            arrived_at=settler.arrived_at,
            hired_at=settler.arrived_at if settler.shift else 0,
        )
        for settler in settlers
    )


def _profile(settler: Settler) -> Agent:
    spec = settler.spec
    return Agent(
        actor=settler.actor,
        key=spec.key,
        age=spec.age,
        gender=spec.gender,
        goal_zh=spec.goal.zh,
        goal_en=spec.goal.en,
        backstory_zh=spec.backstory.zh,
        backstory_en=spec.backstory.en,
    )
