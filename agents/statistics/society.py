"""Society: who lives in a town, how they are connected and how much they talk."""

from collections import Counter

from agents.conversations import selectors
from agents.conversations.network import Figures, figures_of, network_of
from agents.models import Agent, Participation
from agents.selectors import residents
from agents.statistics.answers import Connected, Population, Social, Society
from agents.statistics.economy import economy
from world.answers import named
from world.engine.gametime import midnight_before
from world.models import World
from world.stage import Stage

AGES = ((25, "18-25"), (35, "26-35"), (50, "36-50"), (65, "51-65"))
OLD = "66+"
"""Groups of age, each with the last year of it; nobody is younger than 18."""


def society(world: World, stage: Stage) -> Society:
    """All that is told of a town's people, as of the last commit."""
    return Society(
        world_time=stage.time(world.lived_until),
        population=_population(world, stage),
        social=_social(world, stage, figures_of(network_of(world, stage), stage)),
        economy=economy(world, stage),
    )


def age_group(age: int) -> str:
    """The group of somebody so many years old."""
    return next((group for last, group in AGES if age <= last), OLD)


def _population(world: World, stage: Stage) -> Population:
    rows = residents(world).values_list("state__occupation", "agent__age", "agent__gender")
    people = list(rows)
    keys = stage.constants["occupations"].keys
    occupations = Counter(keys[occupation] for occupation, _, _ in people)
    ages = Counter(age_group(age) for _, age, _ in people)
    genders = Counter(gender for _, _, gender in people)
    return Population(
        total=len(people),
        by_occupation=dict(sorted(occupations.items(), key=lambda each: (-each[1], each[0]))),
        by_age={group: ages[group] for group in (*(group for _, group in AGES), OLD)},
        by_gender={gender: genders[gender] for gender in Agent.Gender.values},
    )


def _social(world: World, stage: Stage, figures: Figures) -> Social:
    today = selectors.history(world, since=midnight_before(world.lived_until))
    parts = Participation.objects.filter(conversation__in=today.order_by().values("pk"))
    talks = parts.values("conversation", "actor").distinct().count()
    return Social(
        residents=figures.nodes,
        ties=figures.ties,
        density=round(figures.density, 4),
        average_clustering=round(figures.clustering, 4),
        components=figures.components,
        largest_component=figures.largest,
        mean_strength=round(figures.strength, 2),
        ties_by_kind=dict(figures.kinds),
        most_connected=[
            Connected(agent=named(stage.person(number)), ties=ties, strength=round(strength, 2))
            for number, ties, strength in figures.best_connected
        ],
        isolated=[named(stage.person(number)) for number in figures.isolated],
        conversations_total=selectors.conversations(world).count(),
        conversations_today=today.count(),
        mean_talks_today=round(talks / figures.nodes, 2) if figures.nodes else 0.0,
    )
