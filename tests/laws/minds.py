"""Minds for the laws: residents who think with a model, and replies that come, fail or do not."""

import random
from typing import Any

from agents.minds.thoughts import OPEN
from agents.models import LanguageModel, Thought
from agents.provenance import Source
from agents.systems.mind_orders import MIND, STATE
from agents.systems.replies import REPLY, reply_key
from world.models import World
from world.stage import stage_of
from world.telling import tell, tell_answers

NAME, CODE = "law-model", 99
FAILURES = ("timeout", "budget", "invalid", "unreachable", "impossible")


def think_with_a_model(world: World) -> None:
    """Give everybody in a world a model for a mind; nobody will ask it by itself."""
    LanguageModel.objects.get_or_create(
        code=CODE,
        defaults={"name": NAME, "provider": "law", "remote_name": "law", "base_url": "http://law"},
    )
    tell(world=world, kind=MIND.name, payload={"model": NAME, "code": CODE}, source=3)


def change_a_mind(world: World, luck: random.Random) -> None:
    """Now and then somebody gets another mind, or the model cannot be asked for a while."""
    if luck.random() < 0.3:
        model, code = luck.choice(((NAME, CODE), ("instinct", 0)))
        subject = luck.randrange(1, 14)
        payload = {"model": model, "code": code}
        tell(world=world, kind=MIND.name, subject=subject, payload=payload, source=3)
    else:
        state = {
            "model": NAME,
            "code": CODE,
            "closed": luck.choice(("", "", "budget", "unreachable")),
            "cadence": luck.choice((600, 600, 1200, 4800)),
        }
        tell(world=world, kind=STATE.name, payload=state)


def answer_somehow(world: World, luck: random.Random, *, silent: float = 0.1) -> int:
    """Reply to every open question: mostly with a plan, some with a failure, some not at all.

    Returns how many replies were told.
    """
    open_ = Thought.objects.filter(world=world, status__in=OPEN).select_related("actor")
    told = [
        _reply(thought, world, luck) for thought in open_.order_by("pk") if luck.random() >= silent
    ]
    if told:
        tell_answers(world=world, kind=REPLY.name, answers=told, source=Source.MODEL, told_by="law")
    numbers = [number for number, _, _ in told]
    open_.filter(actor__number__in=numbers).update(status=Thought.Status.ANSWERED)
    return len(told)


def _reply(thought: Thought, world: World, luck: random.Random) -> tuple[int, str, dict[str, Any]]:
    specs = stage_of(world).constants["activity_specs"]
    payload: dict[str, Any] = {"asked_at": thought.asked_at, "decision": thought.decision}
    if luck.random() < 0.15:
        payload["failure"] = luck.choice(FAILURES)
    else:
        payload["thought"] = "想了想。"
        payload["steps"] = [
            {
                "activity": specs[activity].key,
                "place": place,
                "minutes": luck.randrange(5, 180),
                "why": luck.choice(("因为想去", "")),
            }
            for place, activity, *_ in luck.choices(
                thought.situation["options"], k=luck.randrange(1, 7)
            )
        ]
        if luck.random() < 0.1:
            payload["steps"][0]["place"] = luck.randrange(1, 12)
    return thought.actor.number, reply_key(thought.purpose, thought.asked_at), payload
