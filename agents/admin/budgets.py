"""Admin: what minds may spend, and what they have spent. The caps are edited, the sums are not."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display

from agents.admin.blocks import Colour, badge
from agents.minds.budget import policy_of
from agents.minds.status import budget_told, dollars
from agents.models import AgentMind, MindsPolicy, Spending
from world.admin import OfWorld
from world.labels import in_words
from world.models import World
from world.rest.language import say_lazily

COLOURS: dict[str, Colour] = {
    "unused": "info",
    "fine": "success",
    "warning": "warning",
    "exhausted": "danger",
}


@admin.register(MindsPolicy)
class MindsPolicyAdmin(ModelAdmin):
    """The policy of each world. A world that has none yet gets one when somebody looks here."""

    list_display = ("world", "monthly_usd", "today", "month", "left", "state", "asking", "language")
    list_select_related = ("world",)
    readonly_fields = ("world", "today", "month", "left", "state")
    fieldsets = (
        (None, {"fields": ("world", "state", "today", "month", "left")}),
        (say_lazily(zh="上限", en="Caps"), {"fields": ("monthly_usd", "daily_usd")}),
        (
            say_lazily(zh="怎样询问", en="How minds are asked"),
            {"fields": ("asking", "language", "minds_yield")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[MindsPolicy]:
        for world in World.objects.filter(minds_policy=None):
            policy_of(world)
        return super().get_queryset(request)

    @display(description=say_lazily(zh="今天用了", en="spent today"))
    def today(self, policy: MindsPolicy) -> str:
        """Of what may be spent today."""
        told = _told(policy)
        return f"${told['spent_today_usd']:,.4f} / ${told['daily_cap_usd']:,.2f}"

    @display(description=say_lazily(zh="本月用了", en="spent this month"))
    def month(self, policy: MindsPolicy) -> str:
        """Of what may be spent this month."""
        told = _told(policy)
        return f"${told['spent_month_usd']:,.4f} / ${told['monthly_cap_usd']:,.2f}"

    @display(description=say_lazily(zh="今天还剩", en="left today"))
    def left(self, policy: MindsPolicy) -> str:
        """What may still be spent today, under both caps."""
        told = _told(policy)
        today = told["daily_cap_usd"] - told["spent_today_usd"]
        month = told["monthly_cap_usd"] - told["spent_month_usd"]
        return f"${max(min(today, month), 0):,.4f}"

    @display(description=say_lazily(zh="预算状态", en="state"))
    def state(self, policy: MindsPolicy) -> SafeString:
        """How it stands with the money, in a word."""
        state = _told(policy)["state"]
        return badge(COLOURS[state], in_words(state))


def _told(policy: MindsPolicy) -> dict[str, Any]:
    """How it stands with a world's money; asked once for all columns of a row."""
    known = vars(policy)
    if "_told" not in known:
        here = AgentMind.objects.filter(
            actor__world_id=policy.world_id, actor__livelihood__left_at=0
        )
        minds = here.filter(code__gt=0)
        known["_told"] = budget_told(policy.world, in_use=minds.exists())
    told: dict[str, Any] = known["_told"]
    return told


@admin.register(Spending)
class SpendingAdmin(OfWorld):
    """What was spent on each real day."""

    list_display = ("day", "world", "spent_usd", "reserved_usd", "calls")
    ordering = ("-day", "world")
    fields = ("day", "world", "spent_usd", "reserved_usd", "calls")

    @display(description=say_lazily(zh="花费（美元）", en="spent, USD"), ordering="spent")
    def spent_usd(self, spending: Spending) -> str:
        """What was spent."""
        return f"{dollars(spending.spent):,.6f}"

    @display(description=say_lazily(zh="预留（美元）", en="reserved, USD"), ordering="reserved")
    def reserved_usd(self, spending: Spending) -> str:
        """What is set aside for calls under way."""
        return f"{dollars(spending.reserved):,.6f}"
