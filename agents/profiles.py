"""Profiles: residents as the REST doors tell of them."""

from typing import Any

from agents.activities import SKILLS
from agents.answers import (
    Action,
    AgentDetail,
    AgentLine,
    Means,
    Profile,
    Route,
    State,
    Thought,
    Trajectory,
    Visit,
    Work,
)
from agents.conversations.reading import relationship_line
from agents.conversations.selectors import relationships
from agents.events import MOVED, STARTED
from agents.minds.catalogue import names_of_minds
from agents.minds.presentation import stand_in_name
from agents.minds.spoken import current_step, reasons
from agents.minds.state import mind_of
from agents.needs import NEEDS, TRAITS
from agents.population.reading import departures
from agents.presentation import current_thought, motive_name, source_name
from agents.provenance import Source
from agents.remembering.reading import memory_lines
from agents.selectors import Condition, condition_of, standing
from economy.money import YUAN
from memory.selectors import memories_of
from world.answers import named
from world.engine.gametime import HOUR
from world.engine.lines import POINT
from world.models import Actor, Event, World
from world.rest.language import language, name_of
from world.stage import Stage

CLOSEST, LATEST = 10, 5
"""So many ties and memories stand in a profile; the others have doors of their own."""


def agent_lines(people: list[Actor], stage: Stage, world: World) -> list[AgentLine]:
    """Residents, and some who were, as of the last commit."""
    condition = condition_of(people, stage, world.lived_until)
    return [AgentLine(**line) for line in _lines(people, stage, world.lived_until, condition)]


def agent_detail(person: Any, stage: Stage, world: World) -> AgentDetail:
    """All that is public of a resident."""
    time, state, agent = world.lived_until, person.state, person.agent
    condition = condition_of([person], stage, time)
    account, arrived = person.account, person.livelihood.arrived_at
    spoken = language()
    return AgentDetail(
        **_lines([person], stage, time, condition)[0],
        profile=Profile(
            personality={trait: getattr(person.personality, trait) for trait in TRAITS},
            skills={skill: getattr(person.skills, skill) / POINT for skill in SKILLS},
            goal=getattr(agent, f"goal_{spoken}"),
            backstory=getattr(agent, f"backstory_{spoken}"),
            model_name=names_of_minds().get(person.mind.code, ""),
            home=named(stage.place(state.home)),
            workplace=named(stage.place(state.workplace)) if state.workplace else None,
            arrived_at=stage.time(arrived) if arrived else None,
        ),
        state=State(
            needs={
                need: value / POINT
                for need, value in zip(NEEDS, condition.needs[0].tolist(), strict=True)
            },
            happiness=int(condition.happiness[0]) / POINT,
            economy=Means(
                balance=account.balance / YUAN,
                income_today=account.income / YUAN,
                expense_today=account.expense / YUAN,
                status=condition.money_class[0],
            ),
            work=_work(person, stage),
            thinking=_thinking(person, stage),
            mind=mind_of(person, stage, world),
            emotion=condition.emotion[0],  # type: ignore[arg-type]
            route=_route(state, stage) if state.bound_for else None,
        ),
        relationships=[
            relationship_line(stage, tie) for tie in relationships(world, person.number)[:CLOSEST]
        ],
        recent_memories=memory_lines(stage, memories_of(person.pk)[:LATEST]),
    )


def trajectory(world: World, stage: Stage, number: int, hours: int) -> Trajectory:
    """Where a resident was in the last game hours, and what they did there."""
    specs = stage.rules["activities"]
    rows = (
        Event.objects.filter(
            world=world,
            actor=number,
            kind__in=(MOVED, STARTED),
            world_time__gte=world.lived_until - hours * HOUR,
        )
        .order_by("seq")
        .values_list("world_time", "kind", "place", "activity")
    )
    return Trajectory(
        hours=hours,
        visits=[
            Visit(
                time=stage.time(time),
                location=named(stage.place(place)) if place else None,
                action=specs[activity].key,
                kind="move" if kind == MOVED else "activity",
            )
            for time, kind, place, activity in rows
        ],
    )


def _lines(
    people: list[Any], stage: Stage, time: int, condition: Condition
) -> list[dict[str, Any]]:
    gone = departures(people, stage)
    return [
        _line(person, stage, time, condition, row) | {"departed": gone.get(person.number)}
        for row, person in enumerate(people)
    ]


def _line(person: Any, stage: Stage, time: int, condition: Condition, row: int) -> dict[str, Any]:
    state = person.state
    activity = stage.rules["activities"][state.activity]
    occupation = stage.rules["occupations"][state.occupation]
    return {
        "id": person.number,
        "name": name_of(person),
        "age": person.agent.age,
        "gender": person.agent.gender,
        "occupation": occupation.key,
        "position": standing(person, stage, time),
        "current_location": named(stage.place(state.place)) if state.place else None,
        "current_action": Action(
            key=activity.key,
            name=getattr(activity.name, language()),
            target=named(stage.place(state.bound_for)) if state.bound_for else None,
            since=stage.time(state.started_at),
        ),
        "current_emotion": condition.emotion[row],
        "economic_status": condition.money_class[row],
    }


def _work(person: Any, stage: Stage) -> Work:
    live = person.livelihood
    # Nobody judges how students do.
    paid = stage.constants["occupations"].pay[person.state.occupation] > 0
    return Work(
        performance=live.performance / POINT if paid else None,
        warnings=live.warnings,
        hired_at=stage.time(live.hired_at) if live.hired_at else None,
        hours_today=round(live.worked / HOUR, 2),
        hours_sought=round(live.searched / HOUR, 2),
        jobless_days=live.jobless_days,
        artworks=live.works,
    )


def _thinking(person: Any, stage: Stage) -> Thought:
    state, step = person.state, current_step(person.number, vars(person.mind))
    spoken = reasons(stage.world_id, [step] if state.source == Source.MODEL else [])
    instinctive = state.source == Source.INSTINCT
    return Thought(
        text=current_thought(stage, person.number, vars(state), spoken.get(step))[language()],
        motive=motive_name(state.motive),
        source=source_name(state.source),
        stand_in=stand_in_name(person.mind.stand_in) if instinctive else "",
    )


def _route(state: Any, stage: Stage) -> Route:
    return Route(
        to=named(stage.place(state.bound_for)),
        path=stage.path(state.cell, state.bound_for),
        departs=stage.time(state.departed_at),
        arrives=stage.time(state.arrives_at),
    )
