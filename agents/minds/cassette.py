"""The cassette: what models said, by what they were asked: so a run is repeated for free."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import orjson
from django.conf import settings

from agents.minds.client import CallError, Said, request_of
from agents.minds.matter import Messages, Shape
from agents.minds.matters import matter_of
from agents.minds.prices import Usage
from agents.models import LanguageModel, Recording, Thought
from agents.provenance import StandIn

Outcome = Said | CallError


def is_on() -> bool:
    """Whether there is a cassette at all."""
    return bool(settings.LLM_CASSETTE != "off")


def replays() -> bool:
    """Whether nothing may be asked but what is on the cassette."""
    return bool(settings.LLM_CASSETTE == "replay")


def key_of_request(model: LanguageModel, messages: Messages, shape: Shape) -> str:
    """SHA-256 of all that an answer depends on: model, parameters, messages and its shape."""
    content = {"model": model.name, "request": request_of(model, messages, shape)}
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def recorded(keys: Iterable[str]) -> dict[str, Outcome]:
    """What is on the cassette of these, by key."""
    found = Recording.objects.filter(key__in=set(keys)).values_list("key", "outcome")
    return {key: _outcome(content) for key, content in found}


def record(
    thought: Thought, model: LanguageModel, messages: Messages, turn: int, outcome: Outcome
) -> None:
    """Keep how a call went. What is on the cassette already stays as it is."""
    shape = matter_of(thought).shape
    Recording.objects.bulk_create(
        [
            Recording(
                key=key_of_request(model, messages, shape),
                model_name=model.name,
                subject=thought.actor.number,
                asked_at=thought.asked_at,
                purpose=thought.purpose,
                turn=turn,
                request=request_of(model, messages, shape),
                outcome=_content(outcome),
            )
        ],
        ignore_conflicts=True,
    )


def mismatch(thought: Thought, messages: Messages, turn: int) -> str:
    """Why a call is not on the cassette: how its prompt differs from what was recorded."""
    who = f"resident {thought.actor.number}, {thought.purpose} at {thought.asked_at}, turn {turn}"
    known = (
        Recording.objects.filter(
            subject=thought.actor.number,
            asked_at=thought.asked_at,
            purpose=thought.purpose,
            turn=turn,
        )
        .order_by("-pk")
        .first()
    )
    if known is None:
        return f"{who}: nothing was recorded for this moment"
    then, now = (
        "\n".join(message["content"] for message in told).splitlines()
        for told in (known.request["messages"], messages)
    )
    for number, (old, new) in enumerate(zip(then, now, strict=False), start=1):
        if old != new:
            return f"{who}: line {number} of the prompt was {old[:120]!r} and is {new[:120]!r}"
    if len(then) != len(now):
        return f"{who}: the prompt had {len(then)} lines and has {len(now)}"
    return f"{who}: the prompt is the same, but not the model or its parameters"


def _content(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, CallError):
        return {"failure": outcome.why.name, "detail": outcome.detail}
    return {
        "text": outcome.text,
        "reasoning": outcome.reasoning,
        "finish": outcome.finish,
        "usage": asdict(outcome.usage),
    }


def _outcome(content: dict[str, Any]) -> Outcome:
    if "failure" in content:
        return CallError(StandIn[content["failure"]], content["detail"])
    return Said(
        text=content["text"],
        reasoning=content["reasoning"],
        finish=content["finish"],
        usage=Usage(**content["usage"]),
        seconds=0,
    )
