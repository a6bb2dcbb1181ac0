"""The forecast: what minds will use in the days to come, from what they have used so far.

The unit is a resident: what each used per game day on record, at today's prices whatever was paid
then. The range is the middle 80 % of a bootstrap over residents; its draws are keyed, so the same
record gives the same forecast. What is new - a happening, another season - it cannot know.
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Min, QuerySet, Sum
from django.utils import timezone
from numpy.typing import NDArray

from agents.minds.prices import Usage, cost_of, price_at
from agents.models import LanguageModel, Thought
from agents.models.spending import NANO
from world.engine.draws import Draws, purpose
from world.engine.gametime import DAY, HOUR
from world.models import World

RESAMPLE = purpose("agents.forecast.resample")

SAMPLES = 400
LOW, HIGH = 10, 90
"""Percentiles of the range."""

MEASURES = ("calls", "tokens_in", "tokens_cached", "tokens_out", "usd")


class NothingRecordedError(LookupError):
    """There is nothing to forecast from; says what to do."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An expected amount and its range."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What so many residents will use in so many game days, by MEASURES.

    recorded_days, recorded_residents: what it is drawn from. model: whose prices it has.
    """

    days: float
    residents: int
    recorded_days: float
    recorded_residents: int
    model: str
    measures: dict[str, Measure]


def forecast(
    *, world: World, days: float, residents: int | None = None, model: LanguageModel | None = None
) -> Forecast:
    """What the minds of a world will use. residents: those who think with models if None.

    model: at whose prices; that of most of the recorded thoughts if None. Raises
    NothingRecordedError, and NoPriceError where the model has no price.
    """
    called = Thought.objects.filter(world=world, calls__gt=0)
    span = called.aggregate(first=Min("asked_at"), last=Max("asked_at"), count=Count("pk"))
    if not span["count"]:
        raise NothingRecordedError(
            f"{world.slug} has no thoughts on record. Let it think for a game day first: with"
            " manage.py fake_llm for nothing, or with a small daily cap."
        )
    recorded = max(span["last"] - span["first"], HOUR) / DAY
    if model is None:
        model = _model_of_most(called)
    if residents is None:
        here = world.actors.filter(kind="resident", livelihood__left_at=0)
        residents = here.filter(mind__code__gt=0).count() or here.count()
    table = _per_resident(called, model) / recorded
    means = table[_resampled(len(table))].mean(axis=1)
    scale = days * residents
    low, high = np.percentile(means, [LOW, HIGH], axis=0) * scale
    expected = table.mean(axis=0) * scale
    return Forecast(
        days=days,
        residents=residents,
        recorded_days=recorded,
        recorded_residents=len(table),
        model=model.name,
        measures={
            name: Measure(float(expected[i]), float(low[i]), float(high[i]))
            for i, name in enumerate(MEASURES)
        },
    )


def _model_of_most(called: QuerySet[Thought]) -> LanguageModel:
    name = called.values_list("model_name").annotate(n=Count("pk")).order_by("-n")[0][0]
    model = LanguageModel.objects.filter(name=name).first()
    if model is None:
        raise NothingRecordedError(f"the model {name!r} is gone; name another one")
    return model


def _per_resident(called: QuerySet[Thought], model: LanguageModel) -> NDArray[np.float64]:
    """float64[R, len(MEASURES)]: what each resident with thoughts on record used."""
    now = timezone.now()
    price = price_at(model, now)
    rows = (
        called.values("actor_id")
        .annotate(n=Sum("calls"), i=Sum("tokens_in"), c=Sum("tokens_cached"), o=Sum("tokens_out"))
        .order_by("actor_id")
    )
    return np.array(
        [
            [
                *(row["n"], row["i"], row["c"], row["o"]),
                cost_of(price, Usage(row["i"], row["c"], row["o"]), now) / NANO,
            ]
            for row in rows
        ],
        dtype=np.float64,
    )


def _resampled(count: int) -> NDArray[np.int64]:
    """int64[SAMPLES, count]: which residents each sample is made of."""
    samples, index = np.indices((SAMPLES, count))
    drawn = Draws(0, 0).below(count, samples.ravel(), RESAMPLE, index=index.ravel())
    return drawn.reshape(SAMPLES, count)
