"""Reading thoughts: what the REST doors and admin tell of them."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from agents.minds.answers import (
    ModelLine,
    Price,
    Recollection,
    ThoughtDetail,
    ThoughtLine,
    Usage,
    UsageLine,
)
from agents.minds.governor import why_unusable
from agents.minds.matters import MATTERS
from agents.minds.status import budget_told, decisions_lately, dollars
from agents.models import LanguageModel, ModelPrice, Thought
from agents.remembering.answers import Scores
from agents.systems.replies import reply_key
from memory.models import Memory
from world.answers import named
from world.models import InboxEntry, World
from world.rest.language import language
from world.stage import Stage

PRICES = ("input", "cached_input", "output", "peak_input", "peak_cached_input", "peak_output")


def thoughts_of(world: World, number: int | None = None) -> QuerySet[Thought]:
    """The thoughts of a world, or of one resident, the newest first."""
    thoughts = Thought.objects.filter(world=world).select_related("actor").order_by("-pk")
    return thoughts if number is None else thoughts.filter(actor__number=number)


def thought_of_key(world: World, key: str) -> Thought | None:
    """A thought by its public key; None if there is no such thing."""
    number, _, rest = key.partition("-")
    asked_at, _, purpose = rest.partition("-")
    if not (number.isdecimal() and asked_at.isdecimal() and len(number) < 10 > len(asked_at)):
        return None
    found = thoughts_of(world, int(number)).filter(asked_at=int(asked_at), purpose=purpose)
    return found.first()


def thought_lines(thoughts: list[Thought], stage: Stage) -> list[ThoughtLine]:
    """Thoughts as they stand in a list, with what the engine did with each."""
    outcomes = _outcomes(stage.world_id, thoughts)
    return [ThoughtLine(**_line(thought, stage, outcomes)) for thought in thoughts]


def thought_detail(thought: Thought, stage: Stage) -> ThoughtDetail:
    """All that is known of a thought."""
    return ThoughtDetail(
        **_line(thought, stage, _outcomes(stage.world_id, [thought])),
        language=thought.language,
        messages=thought.messages,
        reply=thought.reply,
        reasoning=thought.reasoning,
        parsed=thought.parsed,
        situation=thought.situation,
        recalled=[_recollection(stage, kept) for kept in thought.recalled],
        attempts=thought.attempts,
    )


def _recollection(stage: Stage, kept: dict[str, Any]) -> Recollection:
    return Recollection(
        time=stage.time(kept["at"]),
        kind=Memory.Kind(kept["kind"]).name.lower(),
        text=kept[language()],
        source=named(stage.person(kept["source"])) if kept["source"] else None,
        scores=Scores(**{part: kept[part] for part in Scores.model_fields}),
    )


def _line(thought: Thought, stage: Stage, outcomes: dict[tuple[int, str], str]) -> dict[str, Any]:
    parsed = thought.parsed or {}
    number = thought.actor.number
    over = thought.status == Thought.Status.ANSWERED
    return {
        "id": thought.key,
        "agent": number,
        "purpose": thought.purpose,
        "asked_at": stage.time(thought.asked_at),
        "status": thought.status,
        "model": thought.model_name,
        "source": ("instinct" if thought.failure else "model") if over else "",
        "failure": thought.failure,
        "detail": thought.detail,
        "via": thought.via,
        "thought": parsed.get("thought") or _seen(parsed),
        "feeling": parsed.get("feeling", ""),
        "calls": thought.calls,
        "tokens_in": thought.tokens_in,
        "tokens_cached": thought.tokens_cached,
        "tokens_out": thought.tokens_out,
        "tokens_reasoning": thought.tokens_reasoning,
        "cost_usd": dollars(thought.cost),
        "latency_ms": thought.latency_ms,
        "outcome": outcomes.get((number, reply_key(thought.purpose, thought.asked_at)), ""),
    }


def _seen(parsed: dict[str, Any]) -> str:
    """What a resident came to see, where that is what they were asked for."""
    return "\n".join(insight["text"] for insight in parsed.get("insights", ()))


def _outcomes(world_id: int, thoughts: list[Thought]) -> dict[tuple[int, str], str]:
    """What became of the replies to these thoughts, by resident and key."""
    rows = InboxEntry.objects.filter(
        world_id=world_id,
        kind__in={matter.reply for matter in MATTERS.values()},
        subject__in={thought.actor.number for thought in thoughts},
        key__in={reply_key(thought.purpose, thought.asked_at) for thought in thoughts},
    ).values_list("subject", "key", "outcome", "reason")
    return {
        (subject, key): f"{outcome}: {reason}" if reason else outcome
        for subject, key, outcome, reason in rows
    }


def model_lines() -> list[ModelLine]:
    """Every model that is known, the preferred ones first."""
    lines = []
    for model in LanguageModel.objects.prefetch_related("prices"):
        why = why_unusable(model)
        prices = [price for price in model.prices.all() if price.since <= timezone.now().date()]
        lines.append(
            ModelLine(
                name=model.name,
                provider=model.provider,
                remote_name=model.remote_name,
                enabled=model.enabled,
                usable=not why,
                why=why,
                structure=model.structure,
                thinking=model.thinking,
                price=_price(max(prices, key=lambda price: price.since)) if prices else None,
            )
        )
    return lines


def _price(price: ModelPrice) -> Price:
    figures: dict[str, Any] = {name: getattr(price, name) for name in PRICES}
    return Price(
        since=price.since.isoformat(),
        peak_hours=price.peak_hours,
        source=price.source,
        **{k: v if v is None else float(v) for k, v in figures.items()},  # type: ignore[arg-type]
    )


def usage_of(world: World, days: int) -> Usage:
    """What the minds of a world used in the last real days, today among them."""
    today = timezone.now().astimezone(dt.UTC).date()
    rows = (
        Thought.objects.filter(world=world, asked_real__date__gt=today - dt.timedelta(days=days))
        .exclude(model_name="")
        .values("model_name", "purpose", day=TruncDate("asked_real", tzinfo=dt.UTC))
        .annotate(
            thoughts=Count("pk"),
            failed=Count("pk", filter=~Q(failure="")),
            made=Sum("calls"),
            came=Sum("tokens_in"),
            cached=Sum("tokens_cached"),
            went=Sum("tokens_out"),
            reasoned=Sum("tokens_reasoning"),
            nano=Sum("cost"),
        )
        .order_by("-day", "model_name", "purpose")
    )
    return Usage(
        days=days,
        usage=[
            UsageLine(
                day=row["day"].isoformat(),
                model=row["model_name"],
                purpose=row["purpose"],
                thoughts=row["thoughts"],
                failed=row["failed"],
                calls=row["made"],
                tokens_in=row["came"],
                tokens_cached=row["cached"],
                tokens_out=row["went"],
                tokens_reasoning=row["reasoned"],
                cost_usd=dollars(row["nano"]),
            )
            for row in rows
        ],
        budget=budget_told(world, in_use=True),
        decisions_lately=decisions_lately(world),
    )
