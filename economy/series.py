"""Series: the days of an economy as lines of small blocks, for a terminal."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from economy.models import DayFigures
from economy.money import YUAN

BLOCKS = "▁▂▃▄▅▆▇█"
WIDTH = 60

Figure = Callable[[DayFigures], float]

FIGURES: dict[str, tuple[Figure, str]] = {
    "residents": (lambda day: day.population, "{:.0f}"),
    "wealth of all, yuan": (lambda day: day.wealth / YUAN, "{:,.0f}"),
    "income a day, yuan": (lambda day: day.income / YUAN, "{:,.0f}"),
    "spending a day, yuan": (lambda day: day.spending / YUAN, "{:,.0f}"),
    "Gini": (lambda day: day.gini / 1000, "{:.2f}"),
    "unemployed": (lambda day: day.unemployment / 10, "{:.1f} %"),
    "price level": (lambda day: day.price / 1000, "{:.2f}"),
    "rent level": (lambda day: day.rent / 1000, "{:.2f}"),
    "velocity of money": (lambda day: day.velocity / 1000, "{:.3f}"),
    "hours worked a day": (lambda day: day.worked / 3600, "{:,.0f}"),
    "businesses trading": (lambda day: day.businesses, "{:.0f}"),
    "happiness": (lambda day: day.happiness / 1000, "{:.0f}"),
}
"""What is shown of a series, with how it is written."""


def lines_of(
    days: Sequence[DayFigures], width: int = WIDTH
) -> list[tuple[str, str, str, str, str]]:
    """(what, first, last, least and most, blocks) of every figure of a series that is not empty.

    width: blocks at most.
    """
    told = []
    for name, (figure, written) in FIGURES.items():
        values = [figure(day) for day in days]
        told.append(
            (
                name,
                written.format(values[0]),
                written.format(values[-1]),
                f"{written.format(min(values))} to {written.format(max(values))}",
                blocks(values, width),
            )
        )
    return told


def blocks(values: Sequence[float], width: int = WIDTH) -> str:
    """Values as blocks of different height, at most so many of them: means of neighbours."""
    count = min(len(values), width)
    edges = [index * len(values) // count for index in range(count + 1)]
    means = [sum(values[begin:end]) / (end - begin) for begin, end in pairwise(edges)]
    least, most = min(means), max(means)
    span = (most - least) or 1
    return "".join(BLOCKS[int((mean - least) / span * (len(BLOCKS) - 1))] for mean in means)
