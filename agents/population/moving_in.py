"""Moving in: newcomers are written as the instant of their coming is committed."""

from collections.abc import Sequence
from typing import Any

from agents.founding import days_of_shifts, workdays
from agents.newcomers import Newcomers
from agents.population.settling import Settler, settle
from agents.sections import ResidentSpec
from economy.models import Account
from world import residence
from world.engine.draws import Draws
from world.engine.outbox import Question
from world.engine.step import Step
from world.models import Actor, World
from world.rules import Rules

MOVE_IN = "move_in"
"""The kind of question with which a system has somebody written who comes to live here."""


def coming(step: Step) -> list[dict[str, Any]]:
    """What was told of those who come in this instant, and are not written yet."""
    return [asked.content for asked in step.questions if asked.kind == MOVE_IN]


def newcomer_like(rules: Rules, like: int, number: int, now: int) -> ResidentSpec:
    """Who comes, as somebody like a row of residents.yaml, with a number of their own."""
    model = rules["residents"][like]
    scenario: Any = rules
    return Newcomers.of(scenario).make([model], [number], Draws(rules.world.seed, now))[0]


def write_newcomers(world: World, questions: Sequence[Question]) -> None:
    """Make an actor, a profile, a state and an account for everyone who has come."""
    rules = residence.rules_of(world)
    walks = residence.constants_of(world)["walks"]
    days = days_of_shifts(rules["occupations"])
    for asked in questions:
        told, now = asked.content, asked.instant
        spec = newcomer_like(rules, told["like"], asked.subject, now)
        actor = Actor.objects.create(
            world=world,
            number=asked.subject,
            kind="resident",
            name_zh=spec.name.zh,
            name_en=spec.name.en,
        )
        Account.objects.create(actor=actor)
        settler = Settler(
            actor=actor,
            spec=spec,
            home=told["home"],
            place=0,
            cell=int(walks.doors[told["home"] - 1]),
            occupation=told["occupation"],
            workplace=told["place"],
            shift=told["shift"],
            workdays=workdays(days[told["shift"]], actor.number) if told["shift"] else 0,
            thinks_at=now + world.grid,
            mind=told["mind"],
            arrived_at=now,
        )
        settle([settler], now=now, draws=Draws(world.seed, now))
