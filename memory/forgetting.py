"""Forgetting: what is old, of little importance and not recalled gives way to summaries.

A memory fades by half with every half-life since it last came to mind (after Ebbinghaus, "Über das
Gedächtnis", 1885, by an exponential), so that the important lasts longer than the trifling.
"""

import math
from collections.abc import Collection, Sequence

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.expressions import RawSQL

from memory.models import MOST, Memory
from memory.writing import Impression, remember
from world.engine.gametime import DAY, WEEK

MONTH, YEAR = 4 * WEEK, 52 * WEEK
"""Spans of time that one summary covers, beside the week; each is a whole number of the shorter."""

SPANS = ((YEAR, 2 * YEAR), (MONTH, 120 * DAY), (WEEK, 0))
"""Spans with the age from which on they are used, the longest first."""


FADING = (Memory.Kind.OBSERVATION, Memory.Kind.CONVERSATION, Memory.Kind.REFLECTION)
"""What gives way to summaries once it has faded."""


def lifetimes(half_life: int, faint: float) -> list[int]:
    """How many game seconds a memory of each importance from 0 to MOST lasts without recall.

    faint: the share of the highest importance at which a memory has faded.
    """
    return [
        max(round(half_life * math.log2(importance / MOST / faint)), 0) if importance else 0
        for importance in range(MOST + 1)
    ]


def span_at(at: int, now: int) -> tuple[int, int]:
    """The span of time (begin, length) by which what was laid down at `at` is summarised now."""
    length = next(length for length, age in SPANS if now - at >= age)
    return at // length * length, length


def faded(
    world: int, now: int, *, lasting: list[int], besides: Collection[str]
) -> QuerySet[Memory]:
    """What is to give way to summaries at a game time, in order.

    lasting: as of `lifetimes`. besides: subjects that are never forgotten.
    """
    lasts = RawSQL("(%s::bigint[])[importance + 1]", [lasting], BigIntegerField())
    return (
        Memory.objects.filter(actor__world=world, kind__in=FADING)
        .exclude(subject__in=besides)
        .annotate(lasts_until=F("recalled_at") + lasts)
        .filter(lasts_until__lt=now)
        .order_by("actor", "at", "ordinal")
    )


def summaries_of(actors: Collection[int]) -> QuerySet[Memory]:
    """The summaries of these (primary keys), in order."""
    summaries = Memory.objects.filter(actor__in=actors, kind=Memory.Kind.SUMMARY)
    return summaries.order_by("actor", "at", "ordinal")


def replace(memories: Collection[int], summaries: Sequence[Impression]) -> None:
    """Let these memories (primary keys) give way to summaries."""
    Memory.objects.filter(pk__in=memories).delete()
    remember(summaries)
