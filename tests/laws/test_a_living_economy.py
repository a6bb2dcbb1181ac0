"""Law: a town of 50 stays alive without anybody's help, its books add up, and its figures stay
within bounds. Twenty days of one seed each time; a year of five seeds in `make test-long`."""

import sys
from collections.abc import Callable

import pytest

from agents.founding import found_town
from economy.audit import audit
from economy.models import DayFigures
from world.advance import advance
from world.engine.gametime import DAY, HOUR
from world.scenario import Scenario

YEAR = 365

SETTLING = 40
"""Days after which what everybody began with says little about who owns how much."""

# Committed, as towns are: what one transaction has rewritten again and again is never cleaned up.
pytestmark = pytest.mark.django_db(transaction=True)


def live(scenario: Scenario, *, seed: int, days: int) -> list[DayFigures]:
    """The figures of every day of a town that nobody disturbs."""
    world = found_town(scenario=scenario, seed=seed, slug=f"alive-{seed}")
    advance(world_id=world.pk, until=days * DAY, span=6 * HOUR)
    assert audit(world).passed
    return list(DayFigures.objects.filter(world=world).order_by("midnight"))


def check(series: list[DayFigures], days: int, cap: int) -> None:
    """Nothing runs away, and nothing dies out."""
    assert [day.midnight for day in series] == [DAY * day for day in range(1, days + 1)]
    for day in series:
        assert 25 <= day.population <= cap, day.population
        assert 700 <= day.price <= 1400, "no hyper-inflation"
        assert day.unemployment < 350, "no total unemployment"
        assert day.businesses >= 10
        assert day.gini <= 600
        assert day.happiness > 50_000
    for day in series[SETTLING:]:
        assert day.gini >= 200
    week = series[-7:]
    assert min(sum(day.worked for day in week), sum(day.spending for day in week)) > 0


def show(series: list[DayFigures]) -> None:
    """The series, as pytest shows it with -s or on failure."""
    tell = sys.stdout.write
    tell("day people seeking gini price rent unemployed wealth income spending happiness in out\n")
    for day in series[:: max(len(series) // 40, 1)]:
        tell(
            f"{day.midnight // DAY:3} {day.population:4} {day.seekers:3} {day.gini / 1000:.3f}"
            f" {day.price / 1000:.2f} {day.rent / 1000:.2f} {day.unemployment / 10:4.1f}%"
            f" {day.wealth // 100:9,} {day.income // 100:7,} {day.spending // 100:7,}"
            f" {day.happiness / 1000:.0f} {day.arrivals} {day.departures}\n"
        )


def test_twenty_days(read_scenario: Callable[[str], Scenario]) -> None:
    sunshine = read_scenario("sunshine")
    series = live(sunshine, seed=1, days=20)
    show(series)
    check(series, 20, sunshine["town"].population_cap)
    assert series[-1].wealth > series[0].wealth / 2
    assert sum(day.arrivals for day in series) > 0


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_year(read_scenario: Callable[[str], Scenario], seed: int) -> None:
    sunshine = read_scenario("sunshine")
    series = live(sunshine, seed=seed, days=YEAR)
    show(series)
    check(series, YEAR, sunshine["town"].population_cap)
    assert sum(day.arrivals for day in series) > 10
    assert sum(day.departures for day in series) > 0
