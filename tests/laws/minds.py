"""Minds for the laws: residents who think with a model, and replies that come, fail or do not."""

import random
from typing import Any

from agents.conversations.speech import SPEECH
from agents.minds.speech_prompts import DOES
from agents.minds.thoughts import OPEN
from agents.models import LanguageModel, Thought
from agents.provenance import Source
from agents.systems.mind_orders import MIND, STATE
from agents.systems.reflected import REFLECTED
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
    """Reply to every open question: mostly with an answer, some with a failure, some not at all.

    Returns how many replies were told.
    """
    open_ = Thought.objects.filter(world=world, status__in=OPEN).select_related("actor")
    told = 0
    # What people make of the past changes nothing of what they do, nor the luck of it.
    aside = random.Random(world.lived_until)
    for purpose, kind, answer, drawn in (
        (Thought.Purpose.DECIDE, REPLY.name, _plan, luck),
        (Thought.Purpose.SPEAK, SPEECH.name, _speech, luck),
        (Thought.Purpose.REFLECT, REFLECTED.name, _reflection, aside),
    ):
        thoughts = [
            thought
            for thought in open_.filter(purpose=purpose).order_by("pk")
            if drawn.random() >= silent
        ]
        if thoughts:
            replies = [
                (
                    thought.actor.number,
                    reply_key(thought.purpose, thought.asked_at),
                    answer(thought, world, drawn),
                )
                for thought in thoughts
            ]
            tell_answers(
                world=world, kind=kind, answers=replies, source=Source.MODEL, told_by="law"
            )
            answered = Thought.objects.filter(pk__in=[thought.pk for thought in thoughts])
            answered.update(status=Thought.Status.ANSWERED)
        told += len(thoughts)
    return told


def _plan(thought: Thought, world: World, luck: random.Random) -> dict[str, Any]:
    specs = stage_of(world).constants["activity_specs"]
    payload: dict[str, Any] = {"asked_at": thought.asked_at, "decision": thought.decision}
    if luck.random() < 0.15:
        return payload | {"failure": luck.choice(FAILURES)}
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
    return payload


def _speech(thought: Thought, world: World, luck: random.Random) -> dict[str, Any]:
    payload: dict[str, Any] = {"asked_at": thought.asked_at}
    if luck.random() < 0.15:
        return payload | {"failure": luck.choice(FAILURES)}
    return payload | {
        "text": luck.choice(("今天真累。", "你呢？", "Nice to see you.", "")),
        "does": luck.choice((*thought.situation["does"], *DOES)),
        "emotion": luck.choice(("happy", "angry", "neutral", "nonsense")),
        "topic": luck.choice(("work", "help", "none", "nonsense")),
        "to": luck.randrange(0, 14),
        "impression": luck.randrange(-3, 4),
        "news": luck.choice((0, 1, *thought.situation["news"])),
    }


def _reflection(thought: Thought, world: World, luck: random.Random) -> dict[str, Any]:
    payload: dict[str, Any] = {"asked_at": thought.asked_at}
    if luck.random() < 0.3:
        return payload | {"failure": luck.choice(FAILURES)}
    cited = [(each["at"], each["ordinal"]) for each in thought.situation["memories"]]
    return payload | {
        "insights": [
            {
                "text": luck.choice(("人总是要见面的。", "I ought to sleep more.")),
                "evidence": luck.sample(cited, min(len(cited), 3)),
            }
            for _ in range(luck.randrange(1, 4))
        ]
    }
