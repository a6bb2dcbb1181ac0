"""The budget: money is reserved before a call and settled after it, exactly, whoever asks.

Whoever reserves locks the world's policy for one short transaction, and no other row before or
after it. What was reserved for a call whose end nobody saw counts as spent.
"""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from agents.models import MindsPolicy, Spending, Thought
from agents.models.spending import NANO
from world.models import World


@dataclass(frozen=True, slots=True)
class Budget:
    """How it stands with a world's money, in nano-dollars; spent counts what is reserved too."""

    day: dt.date
    daily_cap: int
    spent_today: int
    monthly_cap: int
    spent_this_month: int

    @property
    def left_today(self) -> int:
        """What may still be spent today."""
        left = min(self.daily_cap - self.spent_today, self.monthly_cap - self.spent_this_month)
        return max(left, 0)

    @property
    def used(self) -> float:
        """The share of the tighter cap that is used up; 1 where nothing may be spent."""
        shares = [
            spent / cap if cap else 1.0
            for spent, cap in (
                (self.spent_today, self.daily_cap),
                (self.spent_this_month, self.monthly_cap),
            )
        ]
        return max(shares)


def policy_of(world: World) -> MindsPolicy:
    """The policy of a world, made when somebody first asks."""
    policy, _ = MindsPolicy.objects.get_or_create(world=world)
    return policy


def budget_of(world: World, now: dt.datetime | None = None) -> Budget:
    """The budget of a world as of a real moment."""
    return _budget(policy_of(world), (now or timezone.now()).astimezone(dt.UTC).date())


def _budget(policy: MindsPolicy, day: dt.date) -> Budget:
    month = Spending.objects.filter(
        world_id=policy.world_id, day__gte=day.replace(day=1), day__lte=day
    )
    spent = {
        row["day"]: row["used"]
        for row in month.values("day").annotate(used=Sum(F("spent") + F("reserved")))
    }
    this_month, today = sum(spent.values()), spent.get(day, 0)
    monthly = int(policy.monthly_usd * NANO)
    days_left = calendar.monthrange(day.year, day.month)[1] - day.day + 1
    daily = (
        int(policy.daily_usd * NANO)
        if policy.daily_usd is not None
        else max(monthly - (this_month - today), 0) // days_left
    )
    return Budget(day, daily, today, monthly, this_month)


@transaction.atomic
def reserve(*, world: World, thoughts: Sequence[Thought], ceilings: Sequence[int]) -> list[Thought]:
    """Set aside what calls may cost at most, in order; returns the thoughts that may be asked.

    A call that does not fit into what is left today is left out; cheaper ones after it may fit.
    """
    policy_of(world)
    policy = MindsPolicy.objects.select_for_update(no_key=True).get(world=world)
    day = timezone.now().astimezone(dt.UTC).date()
    left, granted, total = _budget(policy, day).left_today, [], 0
    for thought, ceiling in zip(thoughts, ceilings, strict=True):
        if ceiling <= left - total:
            total += ceiling
            thought.reserved, thought.reserved_on = ceiling, day
            granted.append(thought)
    if granted:
        spending, _ = Spending.objects.get_or_create(world=world, day=day)
        Spending.objects.filter(pk=spending.pk).update(
            reserved=F("reserved") + total, calls=F("calls") + len(granted)
        )
        Thought.objects.bulk_update(granted, ["reserved", "reserved_on"])
    return granted


def settle(costs: Sequence[tuple[Thought, int]]) -> None:
    """Turn what is reserved for thoughts into what each has cost. Call within a transaction.

    A thought for which nothing is reserved was not asked, or is settled.
    """
    books: dict[tuple[int, dt.date], list[int]] = {}
    for thought, cost in costs:
        if thought.reserved_on is None:
            continue
        day = books.setdefault((thought.world_id, thought.reserved_on), [0, 0])
        day[0] += thought.reserved
        day[1] += cost
        thought.reserved, thought.reserved_on = 0, None
    for (world_id, day_of), (reserved, spent) in sorted(books.items()):
        Spending.objects.filter(world_id=world_id, day=day_of).update(
            reserved=F("reserved") - reserved, spent=F("spent") + spent
        )
