"""The rules of coming and going: population.yaml."""

from typing import Annotated

from pydantic import Field

from world.scenario import Section, Strict
from world.sections import TimeOfDay

PerMillion = Annotated[int, Field(ge=0, le=1_000_000)]
Days = Annotated[int, Field(ge=1, le=3650)]


class PopulationSpec(Strict):
    """population.yaml. at: the hour of the day at which people come and go.

    chance, job, lonely: per million and day, how likely somebody comes to a district: by chance,
    for work that nobody there can do, for the sake of somebody without friends. debt: yuan below
    which one is deep in debt, gloom: points of happiness below which one is unhappy; whoever is so
    for debt_days or gloom_days moves away, and so does whoever has looked for work in vain for
    jobless_days, if that is told. opening: yuan that a newcomer brings along.
    settling_days: so long people are curious about newcomers, and these about people.
    """

    at: TimeOfDay
    chance: PerMillion
    job: PerMillion
    lonely: PerMillion
    debt: Annotated[float, Field(ge=-1e6, le=0)]
    debt_days: Days
    gloom: Annotated[int, Field(ge=0, le=100)]
    gloom_days: Days
    jobless_days: Days | None = None
    opening: Annotated[float, Field(ge=0, le=1e6)]
    settling_days: Days


SECTION = Section("population", PopulationSpec)
