"""What a request asks for: its world, a page, whole numbers, days."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import ValidationError
from rest_framework.request import Request

from world.engine.gametime import DAY
from world.models import World
from world.rest.errors import invalid, not_found
from world.selectors import UnknownWorldError, world_of_slug

PAGE, MOST = 20, 100
"""How many a page has if nobody says so, and at most."""


def world_of(request: Request) -> World:
    """The world that a request is about."""
    try:
        return world_of_slug(request.query_params.get("world", ""))
    except UnknownWorldError as error:
        raise not_found("NOT_FOUND", zh=f"没有这个世界：{error}", en=str(error)) from None


def living_world_of(request: Request) -> World:
    """The world that a request is about, which must still go on."""
    world = world_of(request)
    if world.status != World.Status.ACTIVE:
        raise invalid(zh="这个世界已经停止。", en="This world does not go on any more.")
    return world


def number(request: Request, name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number of the query, within bounds."""
    told = request.query_params.get(name)
    if told is None:
        return default
    try:
        value = int(told)
    except ValueError:
        value = lowest - 1
    if not lowest <= value <= highest:
        raise invalid(
            zh=f"{name} 应是 {lowest} 到 {highest} 之间的整数。",
            en=f"{name} must be a whole number from {lowest} to {highest}.",
        )
    return value


def choice(request: Request, name: str, known: tuple[str, ...]) -> str:
    """One of the known words, or an empty text if the query does not have it."""
    told = request.query_params.get(name, "")
    if told and told not in known:
        raise invalid(
            zh=f"{name} 应是 {'、'.join(known)} 之一。",
            en=f"{name} must be one of {', '.join(known)}.",
        )
    return told


def day_of(request: Request, first_day: dt.date, name: str) -> int | None:
    """The game time at which a day of the query begins, or None if the query does not have it.

    first_day: the date of day 1.
    """
    told = request.query_params.get(name)
    if not told:
        return None
    try:
        day = dt.date.fromisoformat(told)
    except ValueError:
        raise invalid(
            zh=f"{name} 应是 2026-03-02 这样的日期。",
            en=f"{name} must be a date such as 2026-03-02.",
        ) from None
    return (day - first_day).days * DAY


def days_asked(
    request: Request, first_day: dt.date, *, names: tuple[str, str] = ("from", "to")
) -> tuple[int | None, int | None]:
    """The game times between which the days of the query begin, the latter excluded; None for no
    bound. names: of the first and of the last day in the query."""
    first, last = (day_of(request, first_day, name) for name in names)
    return first, last + DAY if last is not None else None


def page_of(request: Request, everything: QuerySet[Any]) -> tuple[dict[str, int], QuerySet[Any]]:
    """The page of a list that is asked for, with what says which it is: total, page, limit."""
    which, part = _asked_page(request, everything.count())
    return which, everything[part]


def slice_of(request: Request, everything: list[Any]) -> tuple[dict[str, int], list[Any]]:
    """The same of a list that is at hand."""
    which, part = _asked_page(request, len(everything))
    return which, everything[part]


def _asked_page(request: Request, total: int) -> tuple[dict[str, int], slice]:
    page = number(request, "page", 1, lowest=1, highest=1_000_000)
    limit = number(request, "limit", PAGE, lowest=1, highest=MOST)
    first = (page - 1) * limit
    return {"total": total, "page": page, "limit": limit}, slice(first, first + limit)


def body_of(request: Request, shape: type[Any]) -> Any:
    """The body of a request as a pydantic model; a Refusal tells every fault of it."""
    try:
        return shape.model_validate(request.data)
    except ValidationError as error:
        faults = {
            ".".join(map(str, fault["loc"])) or "body": fault["msg"] for fault in error.errors()
        }
        raise invalid(zh="参数有误。", en="Some parameters are not valid.", more=faults) from None
