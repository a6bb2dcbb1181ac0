"""Founding: the scenario's residents come to live in the town."""

from agents.duty import EVERY_DAY
from agents.newcomers import Newcomers
from agents.population.settling import Settler, settle
from agents.sections import OccupationSpec, ResidentSpec
from world.engine.draws import Draws, purpose
from world.engine.gametime import DAYS_OF_A_WEEK, MINUTE
from world.founding import Founding, found
from world.map import doors_of_town
from world.models import World
from world.scenario import Scenario

STAGGER = purpose("agents.founding.stagger")

FIRST_THOUGHT_WITHIN = 10 * MINUTE


def shift_rows(occupations: list[OccupationSpec]) -> dict[tuple[str, str, str], int]:
    """The row in `Shifts` of each (occupation, kind of place, shift key)."""
    rows: dict[tuple[str, str, str], int] = {}
    row = 0
    for occupation in occupations:
        for shift in occupation.shifts:
            row += 1
            for kind in shift.at:
                rows[occupation.key, kind, shift.key] = row
    return rows


def workdays(days: str, number: int) -> int:
    """The days of a shift as bits, Monday lowest; two free days staggered by number for "five"."""
    if days == "weekdays":
        return 0b0011111
    if days == "five":
        free = (1 << number % DAYS_OF_A_WEEK) | (1 << (number + 1) % DAYS_OF_A_WEEK)
        return EVERY_DAY & ~free
    return EVERY_DAY


def days_of_shifts(occupations: list[OccupationSpec]) -> list[str]:
    """On which days each shift is worked, by its row in `Shifts`; none for no shift."""
    return ["", *(shift.days for occupation in occupations for shift in occupation.shifts)]


def found_town(
    *, scenario: Scenario, seed: int, slug: str = "", residents: int | None = None
) -> World:
    """Found a world with so many residents, the scenario's own if None.

    More than the scenario names make a town of several districts. Raises ValueError for none.
    """
    people = len(scenario["residents"])
    if residents is None:
        return found(scenario=scenario, seed=seed, slug=slug)
    if residents < 1:
        raise ValueError(f"a town has at least one resident, not {residents}")
    districts = -(-residents // people)
    return found(scenario=scenario, seed=seed, slug=slug, districts=districts, population=residents)


def _settlers(founding: Founding, draws: Draws) -> list[ResidentSpec]:
    """Everyone in residents.yaml, and in the districts beyond the first somebody like each."""
    named: list[ResidentSpec] = founding.scenario["residents"]
    population = founding.world.population or len(named)
    others = range(len(named), population)
    newcomers = Newcomers.of(founding.scenario).make(
        [named[index % len(named)] for index in others], [index + 1 for index in others], draws
    )
    return [*named[:population], *newcomers]


def found_residents(founding: Founding) -> None:
    """Make an actor, a profile and a state for everyone in residents.yaml."""
    world = founding.world
    draws = Draws(world.seed, world.instant)
    specs = _settlers(founding, draws)
    actors = founding.add_actors("resident", [(spec.key, spec.name) for spec in specs])
    locations = list(world.locations.order_by("number"))
    rows_of_places = {spec.key: row for row, spec in enumerate(founding.scenario["places"])}
    people_of_district = len(founding.scenario["residents"])
    occupations = founding.scenario["occupations"]
    codes = {occupation.key: code for code, occupation in enumerate(occupations)}
    days = days_of_shifts(occupations)
    rows = shift_rows(occupations)
    doors = doors_of_town(founding.scenario.content, world.districts)
    stagger = draws.below(
        FIRST_THOUGHT_WITHIN // world.grid, [actor.number for actor in actors], STAGGER
    )
    settlers = []
    for index, (actor, spec) in enumerate(zip(actors, specs, strict=True)):
        first = index // people_of_district * len(rows_of_places)
        home = locations[first + rows_of_places[spec.home]]
        work = locations[first + rows_of_places[spec.workplace]] if spec.workplace else None
        shift = rows.get((spec.occupation, work.kind, spec.shift), 0) if work else 0
        settlers.append(
            Settler(
                actor=actor,
                spec=spec,
                home=home.number,
                place=home.number,
                cell=int(doors[home.number - 1]),
                occupation=codes[spec.occupation],
                workplace=work.number if work else 0,
                shift=shift,
                workdays=workdays(days[shift], actor.number) if shift else 0,
                thinks_at=world.instant + world.grid * (1 + int(stagger[index])),
            )
        )
    settle(settlers, now=world.instant, draws=draws)
