"""The economy of a town as of now, and what its last day came to."""

from collections import Counter

import numpy as np
from pydantic import BaseModel, Field

from agents.selectors import residents
from economy.classes import Classes
from economy.enterprises import LIST_PRICE, Terms
from economy.figures import gini, per_mille
from economy.models import Business
from economy.money import YUAN
from economy.presentation import figures_told
from economy.selectors import days
from world.models import World
from world.stage import Stage


class LastDay(BaseModel):
    """What the last day that was settled came to. velocity: spending by the money that residents
    and businesses hold."""

    day: str
    income: float
    spending: float
    velocity: float
    hours_worked: float
    arrivals: int
    departures: int


class Economy(BaseModel):
    """How wealth, work and prices are, as of the last commit. Sums in yuan."""

    wealth_total: float
    wealth_mean: float
    gini: float = Field(description="0: all own the same; 1: one owns all. Debts are nothing.")
    employed: int = Field(description="Residents who work for pay.")
    seekers: int = Field(description="Those without work who want some.")
    unemployment: float = Field(description="Seekers of those who work or want to, 0 to 1.")
    by_class: dict[str, int] = Field(description="Residents by class of wealth, richest first.")
    price_level: float = Field(description="Of the list prices, on average: 1 is what they say.")
    rent_level: float
    businesses: int = Field(description="Those that run a place and trade.")
    closed_businesses: int
    last_day: LastDay | None = Field(description="None while no day was settled.")


def economy(world: World, stage: Stage) -> Economy:
    """All that is told of a town's economy."""
    rows = list(
        residents(world).values_list("account__balance", "state__occupation", "state__shift")
    )
    balance = np.array([row[0] for row in rows], dtype=np.int64)
    occupations, classes = stage.constants["occupations"], stage.constants["classes"]
    employed = sum(shift > 0 and occupations.pay[code] > 0 for _, code, shift in rows)
    seekers = sum(code == occupations.seeking for _, code, _ in rows)
    run, closed, price, rent = _businesses(world, stage)
    return Economy(
        wealth_total=int(balance.sum()) / YUAN,
        wealth_mean=int(balance.sum()) / YUAN / max(len(rows), 1),
        gini=round(gini(balance), 3),
        employed=employed,
        seekers=seekers,
        unemployment=per_mille(seekers, seekers + employed) / 1000,
        by_class=_by_class(classes, balance),
        price_level=price,
        rent_level=rent,
        businesses=run,
        closed_businesses=closed,
        last_day=_last_day(world, stage),
    )


def _by_class(
    classes: Classes, balance: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> dict[str, int]:
    counts = Counter(classes.of(balance).tolist())
    return {key: counts[row] for row, key in enumerate(classes.keys)}


def _businesses(world: World, stage: Stage) -> tuple[int, int, float, float]:
    """How many trade, and how many do not; what they charge on average, and rent."""
    terms: Terms = stage.constants["terms"]
    institutions: dict[str, int] = stage.constants["institutions"]
    told = Business.objects.filter(actor__world=world).order_by("actor__number")
    rows = list(told.values_list("actor__number", "closed_at", "price"))
    closed = np.array([closed_at > 0 for _, closed_at, _ in rows])
    price = np.array([price for *_, price in rows], dtype=np.int64)
    trading = terms.runs & ~closed
    level = terms.price_level(trading, price)
    rent = {number: price for number, _, price in rows}[institutions["landlord"]]
    gone = int((terms.runs & closed).sum())
    return int(trading.sum()), gone, level / LIST_PRICE, rent / LIST_PRICE


def _last_day(world: World, stage: Stage) -> LastDay | None:
    row = days(world).last()
    if row is None:
        return None
    fields = ("income", "spending", "velocity", "worked", "arrivals", "departures")
    told = figures_told({field: getattr(row, field) for field in fields})
    return LastDay(day=stage.time(row.midnight - 1)[:10], hours_worked=told.pop("worked"), **told)
