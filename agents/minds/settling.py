"""Settling: what came of thoughts is written down, paid for, and told to the world."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from agents.minds import budget, cassette, thoughts
from agents.minds.client import Messages
from agents.minds.preparing import Errand
from agents.minds.replies import Plan
from agents.models import Thought
from agents.provenance import Source
from agents.systems.replies import REPLY, reply_key
from world.telling import tell_answers


@dataclass
class Finished:
    """A thought that is over: with a plan, or a failure (a name of StandIn, in small letters)."""

    errand: Errand
    messages: Messages
    text: str = ""
    reasoning: str = ""
    plan: Plan | None = None
    failure: str = ""
    detail: str = ""
    turns: list[tuple[int, Messages, cassette.Outcome]] = field(default_factory=list)
    """What was asked by wire in which turn, and how that went: for the cassette."""


@transaction.atomic
def settle(finished: Sequence[Finished], *, headless: bool = False) -> None:
    """Write down what came of these thoughts, and tell those worlds that still wait for it.

    headless: replies take effect exactly one grid step after the question.
    """
    rows = (
        Thought.objects.select_for_update(no_key=True)
        .filter(pk__in=[each.errand.thought.pk for each in finished])
        .order_by("pk")
        .values_list("pk", "status", "claim")
    )
    known = {pk: (status, claim) for pk, status, claim in rows}
    budget.settle([(each.errand.thought, each.errand.unpaid) for each in finished])
    waiting: dict[int, list[Finished]] = defaultdict(list)
    for each in finished:
        thought = each.errand.thought
        status, claim = known.get(thought.pk, (Thought.Status.WITHDRAWN, None))
        still_ours = (status, claim) == (Thought.Status.CLAIMED, thought.claim)
        _write(each, still_ours, status)
        if still_ours:
            waiting[thought.world_id].append(each)
    for answered in waiting.values():
        _tell(answered, headless=headless)


def _write(each: Finished, still_ours: bool, status: str) -> None:
    errand, thought = each.errand, each.errand.thought
    errand.cost, errand.unpaid = errand.cost + errand.unpaid, 0
    fields: dict[str, Any] = {
        "cost": thought.cost + errand.cost,
        "calls": thought.calls + errand.calls,
        "tokens_in": thought.tokens_in + errand.usage.tokens_in,
        "tokens_cached": thought.tokens_cached + errand.usage.cached,
        "tokens_out": thought.tokens_out + errand.usage.out,
        "tokens_reasoning": thought.tokens_reasoning + errand.usage.reasoning,
        "reserved": 0,
        "reserved_on": None,
    }
    # Of two workers that asked, the one whose claim held has the say; both have paid.
    if still_ours or status == Thought.Status.WITHDRAWN:
        fields |= {
            "model_name": errand.model.name if errand.model else "",
            "language": errand.voice.language,
            "messages": each.messages,
            "reply": each.text,
            "reasoning": each.reasoning,
            "parsed": each.plan.model_dump(mode="json") if each.plan else None,
            "failure": each.failure,
            "detail": each.detail,
            "via": errand.via,
            "latency_ms": round(errand.seconds * 1000),
            "answered_real": timezone.now(),
        }
    if still_ours:
        fields["status"] = Thought.Status.ANSWERED
    Thought.objects.filter(pk=thought.pk).update(**fields)
    if errand.model is not None and cassette.is_on():
        for turn, messages, outcome in each.turns:
            cassette.record(thought, errand.model, messages, turn, outcome)


def _tell(answered: Sequence[Finished], *, headless: bool) -> None:
    first = answered[0].errand.thought
    world = first.world
    tell_answers(
        world=world,
        kind=REPLY.name,
        answers=[
            (
                each.errand.thought.actor.number,
                reply_key(each.errand.thought.purpose, each.errand.thought.asked_at),
                _payload(each),
            )
            for each in answered
        ],
        source=Source.MODEL,
        told_by="minds",
        at=first.asked_at + world.grid if headless else None,
    )


@transaction.atomic
def release(errands: Sequence[Errand]) -> None:
    """Give thoughts back that were being asked. What their calls may have cost counts as spent."""
    budget.settle([(errand.thought, errand.unpaid) for errand in errands])
    for errand in errands:
        thought = errand.thought
        Thought.objects.filter(pk=thought.pk).update(
            cost=thought.cost + errand.cost + errand.unpaid,
            calls=thought.calls + errand.calls,
            reserved=0,
            reserved_on=None,
        )
    thoughts.release([errand.thought for errand in errands])


def _payload(each: Finished) -> dict[str, Any]:
    thought, plan = each.errand.thought, each.plan
    told: dict[str, Any] = {
        "purpose": thought.purpose,
        "asked_at": thought.asked_at,
        "decision": thought.decision,
        "failure": each.failure,
    }
    if plan is not None:
        told |= {
            "thought": plan.thought,
            "feeling": plan.feeling,
            "steps": [
                {
                    "activity": step.activity,
                    "place": step.place,
                    "minutes": step.minutes,
                    "why": step.why,
                }
                for step in plan.steps
            ],
        }
    return told
