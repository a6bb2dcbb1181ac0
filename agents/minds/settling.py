"""Settling: what came of thoughts is written down, paid for, and told to the world."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from pydantic import BaseModel

from agents.minds import budget, cassette, thoughts
from agents.minds.budget import NANO
from agents.minds.matter import Matter, Messages
from agents.minds.matters import MATTERS
from agents.minds.measures import ANSWERS, DOLLARS, TOKENS
from agents.minds.preparing import Errand
from agents.models import Thought
from agents.provenance import Source
from agents.systems.replies import reply_key
from world.telling import tell_answers


@dataclass
class Finished:
    """A thought that is over: with an answer, or a failure (a name of StandIn)."""

    errand: Errand
    messages: Messages
    text: str = ""
    reasoning: str = ""
    answer: BaseModel | None = None
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
    waiting: dict[int, list[Finished]] = defaultdict(list)
    costs = []
    for each in finished:
        thought, ours = each.errand.thought, _is_ours(each.errand, known)
        _write(each, ours=ours)
        transaction.on_commit(partial(measure, each, ours=ours))
        if ours:
            costs.append((thought, each.errand.unpaid))
            if known[thought.pk][0] == Thought.Status.CLAIMED:
                waiting[thought.world_id].append(each)
    for answered in waiting.values():
        for purpose, matter in MATTERS.items():
            about = [each for each in answered if each.errand.thought.purpose == purpose]
            if about:
                _tell(matter, about, headless=headless)
    # Last, because it changes the thoughts in memory: what fails before is tried again.
    budget.settle(costs)


def measure(finished: Finished, *, ours: bool) -> None:
    """Count what a thought took, and what came of it if that was ours to say."""
    errand = finished.errand
    name = errand.model.name if errand.model else "none"
    kinds = ("in", "cached", "out", "reasoning")
    for kind, count in zip(kinds, astuple(errand.usage), strict=True):
        TOKENS.labels(name, kind).inc(count)
    DOLLARS.labels(name).inc((errand.cost + (errand.unpaid if ours else 0)) / NANO)
    if ours:
        ANSWERS.labels(errand.thought.purpose, finished.failure or "model").inc()


def _is_ours(errand: Errand, known: dict[int, tuple[str, UUID | None]]) -> bool:
    """Whether nobody has taken a thought over; what was set aside for it is then ours, too."""
    return known.get(errand.thought.pk, ("", None))[1] == errand.thought.claim


def _write(each: Finished, *, ours: bool) -> None:
    errand, thought = each.errand, each.errand.thought
    fields: dict[str, Any] = {
        "calls": F("calls") + errand.calls,
        "tokens_in": F("tokens_in") + errand.usage.tokens_in,
        "tokens_cached": F("tokens_cached") + errand.usage.cached,
        "tokens_out": F("tokens_out") + errand.usage.out,
        "tokens_reasoning": F("tokens_reasoning") + errand.usage.reasoning,
    }
    if ours:
        # Of two workers that asked, the one whose claim holds has the say; what the last call of
        # the other cost was written off when the thought was taken over.
        fields |= {
            "cost": F("cost") + errand.cost + errand.unpaid,
            "reserved": 0,
            "reserved_on": None,
            "model_name": errand.model.name if errand.model else "",
            "language": errand.voice.language,
            "messages": each.messages,
            "reply": each.text,
            "reasoning": each.reasoning,
            "parsed": each.answer.model_dump(mode="json") if each.answer else None,
            "failure": each.failure,
            "detail": each.detail,
            "via": errand.via,
            "latency_ms": round(errand.seconds * 1000),
            "answered_real": timezone.now(),
            # Withdrawn ones stay that.
            "status": Case(
                When(status=Thought.Status.CLAIMED, then=Value(Thought.Status.ANSWERED.value)),
                default=F("status"),
            ),
        }
    else:
        fields["cost"] = F("cost") + errand.cost
    Thought.objects.filter(pk=thought.pk).update(**fields)
    if errand.model is not None and cassette.is_on():
        for turn, messages, outcome in each.turns:
            cassette.record(thought, errand.model, messages, turn, outcome)


def _tell(matter: Matter, answered: Sequence[Finished], *, headless: bool) -> None:
    first = answered[0].errand.thought
    world = first.world
    tell_answers(
        world=world,
        kind=matter.reply,
        answers=[
            (
                each.errand.thought.actor.number,
                reply_key(each.errand.thought.purpose, each.errand.thought.asked_at),
                matter.told(each.errand.thought, each.errand.voice, each.answer, each.failure),
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
    rows = Thought.objects.select_for_update(no_key=True).filter(
        pk__in=[errand.thought.pk for errand in errands]
    )
    known = {pk: (status, claim) for pk, status, claim in rows.values_list("pk", "status", "claim")}
    ours = [errand for errand in errands if _is_ours(errand, known)]
    budget.settle([(errand.thought, errand.unpaid) for errand in ours])
    for errand in ours:
        Thought.objects.filter(pk=errand.thought.pk).update(
            cost=F("cost") + errand.cost + errand.unpaid,
            calls=F("calls") + errand.calls,
            reserved=0,
            reserved_on=None,
        )
    thoughts.release([errand.thought for errand in ours])
