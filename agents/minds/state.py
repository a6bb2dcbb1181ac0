"""The mind of one resident as it is told: which model, what it last thought, what that cost."""

import datetime as dt
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from agents.answers import LastThought, Mind, PlanStep
from agents.minds.catalogue import names_of_minds
from agents.minds.spoken import replies_to, thought_key
from agents.minds.status import dollars
from agents.models import Thought
from world.answers import named
from world.engine.gametime import NEVER
from world.models import World
from world.rest.language import language
from world.stage import Stage


def mind_of(person: Any, stage: Stage, world: World) -> Mind:
    """What is public of a resident's mind, as of the last commit."""
    mind = person.mind
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Thought.objects.filter(
        world=world, actor_id=person.pk, asked_real__gte=midnight
    ).aggregate(asked=Count("pk"), cost=Sum("cost"))
    thinking = person.state.answer_by < NEVER
    return Mind(
        model=names_of_minds().get(mind.code, ""),
        thinking_since=stage.time(mind.asked_at) if thinking else None,
        asked_today=today["asked"],
        spent_today_usd=dollars(today["cost"] or 0),
        last=_last(person.number, mind, stage),
    )


def _last(number: int, mind: Any, stage: Stage) -> LastThought | None:
    """The last answer that came; from the inbox, as every world has it."""
    for asked_at in dict.fromkeys((mind.asked_at, mind.plan_of)):
        replies = replies_to(stage.world_id, {(number, asked_at)} if asked_at else set())
        for payload in replies.values():
            return LastThought(
                id=thought_key(number, asked_at),
                asked_at=stage.time(asked_at),
                failure=payload["failure"],
                feeling=payload["feeling"],
                thought=payload["thought"],
                plan=_plan(payload["steps"], mind, stage, current=asked_at == mind.plan_of),
            )
    return None


def _plan(steps: list[dict[str, Any]], mind: Any, stage: Stage, *, current: bool) -> list[PlanStep]:
    names = {spec.key: getattr(spec.name, language()) for spec in stage.constants["activity_specs"]}
    return [
        PlanStep(
            activity=names.get(step["activity"], step["activity"]),
            place=named(stage.place(step["place"])) if step["place"] else None,
            minutes=step["minutes"],
            why=step["why"],
            done=current and index < mind.following,
        )
        for index, step in enumerate(steps)
    ]
