"""Businesses as the REST doors tell of them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from agents.finances.answers import BusinessDetail, BusinessLine
from agents.finances.reading import moved_lately
from agents.models import AgentState, Position
from economy.enterprises import LIST_PRICE
from economy.models import Business
from economy.money import YUAN
from world.answers import named
from world.engine.gametime import DAY
from world.models import World
from world.rest.language import name_of
from world.stage import Stage

LATELY = 7 * DAY


def business_lines(
    world: World, stage: Stage, businesses: Sequence[Business]
) -> list[BusinessLine]:
    """Businesses, in their order; two queries."""
    posts, staff = _posts(world), Counter(each.workplace for each in _staff(world, stage))
    return [BusinessLine(**_line(stage, each, posts, staff)) for each in businesses]


def business_detail(world: World, stage: Stage, business: Business) -> BusinessDetail:
    """All that is public of a business."""
    at_work = list(_staff(world, stage).filter(workplace=business.place))
    staff = Counter(each.workplace for each in at_work)
    return BusinessDetail(
        **_line(stage, business, _posts(world), staff),
        lately=moved_lately(world, business.actor.number, world.lived_until - LATELY),
        employees=[named(stage.person(each.actor.number)) for each in at_work],
    )


def _line(
    stage: Stage, business: Business, posts: Counter[int], staff: Counter[int]
) -> dict[str, Any]:
    specs = stage.rules["activities"]
    return {
        "id": business.actor.number,
        "name": name_of(business.actor),
        "location": named(stage.place(business.place)),
        "type": stage.locations[business.place].kind,
        "owner": named(stage.person(business.owner)) if business.owner else None,
        "trading": not business.closed_at,
        "closed_at": stage.time(business.closed_at) if business.closed_at else None,
        "price_level": business.price / LIST_PRICE,
        "balance": business.actor.account.balance / YUAN,
        "stock": business.stock / YUAN,
        "sales_today": business.sales / YUAN,
        "customers_today": business.customers,
        "usual_sales": business.usual / YUAN,
        "payroll_today": business.payroll / YUAN,
        "days_in_debt": business.losing,
        "free": specs[business.free].key if business.free else None,
        "posts": posts[business.place],
        "staff": staff[business.place],
    }


def _posts(world: World) -> Counter[int]:
    """How many posts each place has."""
    posts: Counter[int] = Counter()
    for place, count in Position.objects.filter(world=world).values_list("place", "posts"):
        posts[place] += count
    return posts


def _staff(world: World, stage: Stage) -> Any:
    """Those who work somewhere for pay, by number."""
    paid = np.flatnonzero(stage.constants["occupations"].pay).tolist()
    here = AgentState.objects.filter(
        actor__world=world, actor__livelihood__left_at=0, shift__gt=0, occupation__in=paid
    )
    return here.select_related("actor").order_by("actor__number")
