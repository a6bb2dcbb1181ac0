"""Series: how the figures of a town's days went."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field

from economy.models import DayFigures
from economy.presentation import figures_told
from economy.selectors import days
from world.models import World
from world.rest.spreadsheet import Cell
from world.stage import Stage

Unit = Literal["people", "businesses", "yuan", "hours", "points", "part", "level", "a_day"]

UNITS: dict[str, Unit] = {
    **dict.fromkeys(("population", "employed", "seekers", "arrivals", "departures"), "people"),
    "businesses": "businesses",
    **dict.fromkeys(("wealth", "income", "spending", "money"), "yuan"),
    "worked": "hours",
    **dict.fromkeys(("gini", "unemployment"), "part"),
    **dict.fromkeys(("price", "rent"), "level"),
    "velocity": "a_day",
    "happiness": "points",
}
"""The figures of a day, each with what it is measured in; a level is 1 at the list prices."""

SHARE = "share_"
"""What the name of a class of wealth has before it as a metric: its part of all residents."""


class SeriesTold(BaseModel):
    """How one metric went. values: one for each day."""

    unit: Unit
    values: list[float]


class TimeSeries(BaseModel):
    """Metrics day by day. days: dates of the town's; empty while none was settled."""

    world_time: str
    days: list[str]
    series: dict[str, SeriesTold]
    known: list[str] = Field(description="All metrics that there are.")


def metrics_of(stage: Stage) -> dict[str, Unit]:
    """Every metric of a town with its unit: figures, and the shares of its classes of wealth."""
    keys: tuple[str, ...] = stage.constants["classes"].keys
    return UNITS | {f"{SHARE}{key}": "part" for key in keys}


def time_series(
    world: World, stage: Stage, metrics: list[str], *, since: int | None, until: int | None
) -> TimeSeries:
    """These metrics (of `metrics_of`) over the days that were settled; see `economy.selectors`."""
    known = metrics_of(stage)
    rows = [values_of(stage, row) for row in days(world, since=since, until=until)]
    return TimeSeries(
        world_time=stage.time(world.lived_until),
        days=[row["day"] for row in rows],
        series={
            name: SeriesTold(unit=known[name], values=[row[name] for row in rows])
            for name in metrics
        },
        known=list(known),
    )


def values_of(stage: Stage, row: DayFigures) -> dict[str, Any]:
    """The day (a date) and every metric of it."""
    figures = {name: getattr(row, name) for name in UNITS}
    residents = max(sum(row.classes.values()), 1)
    shares = {
        f"{SHARE}{key}": row.classes.get(key, 0) / residents
        for key in stage.constants["classes"].keys
    }
    # Midnight is the first second after the day that it ends.
    return {"day": stage.time(row.midnight - 1)[:10]} | figures_told(figures) | shares


def table(
    world: World, stage: Stage, *, since: int | None, until: int | None
) -> Iterator[list[Cell]]:
    """The day and every metric, a row for each day."""
    for row in days(world, since=since, until=until).iterator(chunk_size=500):
        yield list(values_of(stage, row).values())
