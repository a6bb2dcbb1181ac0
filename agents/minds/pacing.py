"""Pacing: at high speeds the clock waits for minds, unless the operator lets minds yield."""

import datetime as dt
from statistics import median

from django.utils import timezone

from agents.minds.thoughts import OPEN
from agents.models import MindsPolicy, Thought
from agents.systems.deliberation import CADENCE
from world.models import World

RECENT = 20
"""Answers from which the usual latency is known."""

GIVEN_UP_AFTER = dt.timedelta(minutes=5)
"""Nobody waits for a question that has been open for so long in real time."""


def wait_for_minds(world: World, scale: int) -> int | None:
    """How far a world may go by its clock: ten game minutes beyond the oldest open question.

    None if minds are quick enough: if, at this pace, an answer usually comes within ten game
    minutes. Nothing waits for what people make of the past.
    """
    open_ = Thought.objects.filter(
        world=world, status__in=OPEN, asked_real__gt=timezone.now() - GIVEN_UP_AFTER
    ).exclude(purpose=Thought.Purpose.REFLECT)
    oldest = open_.order_by("asked_at").values_list("asked_at", "asked_real").first()
    if oldest is None:
        return None
    asked_at, asked_real = oldest
    waited = (timezone.now() - asked_real).total_seconds()
    if max(usual_latency(world), waited) * scale <= CADENCE:
        return None
    if MindsPolicy.objects.filter(world=world, minds_yield=True).exists():
        return None
    return int(asked_at) + CADENCE


def usual_latency(world: World) -> float:
    """The median of the last answers, real seconds; 0 where there were none."""
    recent = (
        Thought.objects.filter(world=world, answered_real__isnull=False, via="wire")
        .order_by("-answered_real")
        .values_list("latency_ms", flat=True)[:RECENT]
    )
    return median(recent) / 1000 if recent else 0.0
