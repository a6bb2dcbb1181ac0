"""The status of minds: who thinks with what, how that goes, and what it costs."""

from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from agents.events import MOVED, STARTED
from agents.minds import budget
from agents.minds.catalogue import names_of_minds
from agents.minds.thoughts import OPEN
from agents.models import AgentMind, Thought
from agents.models.spending import NANO
from agents.provenance import Source, StandIn
from world.engine.gametime import MINUTE
from world.models import Event, World
from world.stage import Stage

WARN_AT = 0.9
"""Share of a cap from which on people are warned."""

LATELY = 3000
"""Events among which decisions are counted by whose they were."""


def minds_status(stage: Stage, world: World) -> dict[str, Any]:
    """What the status of a world tells of its minds."""
    here = AgentMind.objects.filter(actor__world=world, actor__livelihood__left_at=0)
    minds = here.filter(code__gt=0)
    by_code = minds.values("code").annotate(
        count=Count("pk"), closed=Max("closed"), cadence=Max("cadence")
    )
    names = names_of_minds()
    rows = {names.get(row["code"], "?"): row for row in by_code.order_by("code")}
    open_ = Thought.objects.filter(world=world, status__in=OPEN).aggregate(
        count=Count("pk"), oldest=Min("asked_real")
    )
    oldest = open_["oldest"]
    return {
        "minds": {
            "residents": sum(row["count"] for row in rows.values()),
            "asking": open_["count"],
            "oldest_seconds": round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0,
            "models": {name: row["count"] for name, row in rows.items()},
            "closed": {
                name: StandIn(row["closed"]).name.lower()
                for name, row in rows.items()
                if row["closed"]
            },
            "cadence_minutes": {name: row["cadence"] // MINUTE for name, row in rows.items()},
            "clock_waits": world.clock.why == "minds" and bool(open_["count"]),
            "budget": budget_told(world, in_use=bool(rows)),
            "decisions_lately": decisions_lately(world) if rows else {},
        }
    }


def budget_told(world: World, *, in_use: bool) -> dict[str, Any]:
    """The budget in dollars, and how it stands in a word."""
    money = budget.budget_of(world)
    state = "unused" if not in_use and not money.spent_this_month else "fine"
    if money.used >= WARN_AT:
        state = "warning"
    if in_use and money.left_today <= 0:
        state = "exhausted"
    return {
        "spent_today_usd": dollars(money.spent_today),
        "daily_cap_usd": dollars(money.daily_cap),
        "spent_month_usd": dollars(money.spent_this_month),
        "monthly_cap_usd": dollars(money.monthly_cap),
        "used": round(money.used, 4),
        "state": state,
    }


def dollars(nano: int) -> float:
    """Nano-dollars as dollars, to a hundredth of a cent."""
    return round(nano / NANO, 6)


def decisions_lately(world: World) -> dict[str, int]:
    """Whose the last decisions were."""
    lately = Event.objects.filter(
        world=world, seq__gt=world.seq - LATELY, kind__in=(MOVED, STARTED)
    )
    return lately.aggregate(
        model=Count("pk", filter=Q(source=Source.MODEL)),
        instinct=Count("pk", filter=Q(source=Source.INSTINCT)),
        stand_in=Count("pk", filter=Q(source=Source.INSTINCT, data__has_key="stand_in")),
    )
