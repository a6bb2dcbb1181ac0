"""The governor: what the engine must know of models - budget, breakers, pace - told to the inbox.

Called every few seconds. It reads how things stand, compares that with what residents live by, and
tells worlds the difference. It also calls for a worker when thoughts wait that nobody has heard of.
"""

import datetime as dt
import time
from dataclasses import dataclass

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db.models import Min, Sum
from django.utils import timezone

from agents.minds import budget, gate, prices
from agents.minds.keys import MissingKeyError, key_of
from agents.minds.thoughts import claimable
from agents.minds.waking import is_at_work, wake_minds
from agents.models import AgentMind, LanguageModel, Thought
from agents.provenance import Source, StandIn
from agents.systems.deliberation import CADENCE
from agents.systems.mind_orders import STATE, MindState
from world.models import InboxEntry, World
from world.telling import tell

logger = structlog.get_logger(__name__)

GOVERN = "agents.govern"

GOVERNED_AT = "governed_at"
"""In the cache: when it was last called for, Unix seconds. Only beat does that."""

LADDER = tuple(CADENCE * 2**step for step in range(7))
"""Game seconds between two questions: twice as long with each step, as money gets scarce."""

PACE_WINDOW = dt.timedelta(minutes=10)
PACE_SECONDS = 60
"""The pace of spending is looked at this often, over that window."""

TOO_FAST, SLOW_ENOUGH = 1.1, 0.4
"""Of the rate that would use up the day's money at midnight: above, be slower; below, faster."""

NOTICEABLE = 0.005
"""Share of the day's money below which what a window cost says nothing."""

NOBODY_AFTER = dt.timedelta(seconds=30)
"""Thoughts that nobody has taken for so long, with no worker at work, will not be asked."""

TYPICAL_BYTES = 12_000
"""A prompt, for judging whether the money that is left pays for one more call."""


def govern_all() -> None:
    """Look after every world that runs; one that fails does not hold up the others."""
    cache.set(GOVERNED_AT, time.time(), timeout=3600)
    if claimable().exists():
        wake_minds()
    running = World.objects.filter(status=World.Status.ACTIVE, clock__paused=False)
    for world in running:
        try:
            govern(world)
        except (redis.RedisError, OSError) as error:
            logger.warning("not_governed", world=world.slug, reason=str(error))


def govern(world: World) -> None:
    """Tell a world what has changed about its models."""
    minds = AgentMind.objects.filter(actor__world=world, actor__livelihood__left_at=0, code__gt=0)
    lived_by = set(minds.values_list("code", "closed", "cadence").distinct().order_by())
    if not lived_by:
        return
    models = LanguageModel.objects.prefetch_related("prices").in_bulk(
        {code for code, *_ in lived_by}, field_name="code"
    )
    nobody = nobody_asks(world)
    money = budget.budget_of(world)
    pace = _look_at_pace(world, money)
    for code in sorted({code for code, *_ in lived_by}):
        model = models.get(code)
        slowest = max(cadence for each, _, cadence in lived_by if each == code)
        state = MindState(
            model=model.name if model else "?",
            code=code,
            closed=_closed(model, money, nobody=nobody),
            cadence=slowest if pace is None else next_cadence(slowest, pace),
        )
        why = int(StandIn[state.closed.upper()]) if state.closed else 0
        known = {(closed, cadence) for each, closed, cadence in lived_by if each == code}
        if known != {(why, state.cadence)} and not _is_on_its_way(world, state):
            tell(
                world=world,
                kind=STATE.name,
                payload=state.model_dump(),
                source=Source.RULE,
                told_by="governor",
            )


def why_unusable(model: LanguageModel) -> str:
    """What keeps a model from being asked at all, in English; empty if nothing does."""
    if not model.enabled:
        return "it is disabled"
    try:
        key_of(model)
        prices.price_at(model, timezone.now())
    except (MissingKeyError, prices.NoPriceError) as error:
        return str(error)
    return ""


def nobody_asks(world: World) -> bool:
    """Whether thoughts of a world wait without a worker that could take them."""
    waiting = Thought.objects.filter(world=world, status=Thought.Status.WAITING)
    oldest = waiting.aggregate(oldest=Min("asked_real"))["oldest"]
    return bool(oldest and oldest < timezone.now() - NOBODY_AFTER and not is_at_work())


def is_used_up(model: LanguageModel, money: budget.Budget) -> bool:
    """Whether what is left today does not pay for one more call, at the highest price."""
    price = prices.price_at(model, timezone.now())
    prompt = [{"role": "user", "content": "x" * TYPICAL_BYTES}]
    return money.left_today < prices.ceiling_of(price, prompt, model.max_output_tokens)


def _closed(model: LanguageModel | None, money: budget.Budget, *, nobody: bool = False) -> str:
    """Why a model is not asked, as a name of StandIn; empty if it is."""
    if settings.LLM_CASSETTE == "replay":
        return ""
    if model is None or why_unusable(model) or nobody:
        return "unreachable"
    if is_used_up(model, money):
        return "budget"
    with gate.shared() as connection:
        return "unreachable" if gate.state_of(model, connection).open_for else ""


def _is_on_its_way(world: World, state: MindState) -> bool:
    waiting = world.inbox.filter(kind=STATE.name, outcome=InboxEntry.Outcome.WAITING)
    return any(entry.payload == state.model_dump() for entry in waiting)


@dataclass(frozen=True, slots=True)
class Pace:
    """Nano-dollars a second: what was spent lately, and what may be spent until midnight.

    What was spent lately is 0 where it was next to nothing.
    """

    spending: float
    allowed: float


def pace_of(world: World, money: budget.Budget, now: dt.datetime) -> Pace:
    """How fast a world spends its money."""
    recent = Thought.objects.filter(world=world, answered_real__gte=now - PACE_WINDOW)
    spent = recent.aggregate(spent=Sum("cost"))["spent"] or 0
    if spent < NOTICEABLE * money.daily_cap:
        spent = 0
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    left = max((midnight - now).total_seconds(), 1)
    return Pace(spent / PACE_WINDOW.total_seconds(), money.left_today / left)


def next_cadence(current: int, pace: Pace) -> int:
    """One step up the ladder where money runs out too early, one down where it does not."""
    step = max((i for i, cadence in enumerate(LADDER) if cadence <= current), default=0)
    if not pace.spending or pace.spending < SLOW_ENOUGH * pace.allowed:
        step -= 1
    elif pace.spending > TOO_FAST * pace.allowed:
        step += 1
    return LADDER[min(max(step, 0), len(LADDER) - 1)]


def _look_at_pace(world: World, money: budget.Budget) -> Pace | None:
    """The pace of spending, if it is time to look at it again."""
    if not cache.add(f"paced_{world.pk}", True, timeout=PACE_SECONDS):
        return None
    return pace_of(world, money, timezone.now().astimezone(dt.UTC))
