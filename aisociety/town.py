"""The town that `up` shows: founded if there is none, with a day behind it."""

from django.conf import settings
from rich.console import Console

from agents.founding import found_town
from agents.progress import live_with_bar
from world import pace, registry
from world.engine.gametime import DAY
from world.models import World
from world.rules import Rules
from world.scenario import read
from world.selectors import UnknownWorldError, world_of_slug


def ensure_town(*, scenario: str, seed: int, agents: int | None, console: Console) -> World:
    """The primary world. Where there is none, one is founded and lives its first day.

    That day is lived on instinct and costs nothing. The clock starts when it is over; a clock that
    somebody has set since is left alone. Raises ScenarioError, ValueError or ContendedError.
    """
    try:
        world = world_of_slug()
    except UnknownWorldError:
        folder = settings.SCENARIOS_DIR / scenario
        world = found_town(scenario=read(folder, registry.sections), seed=seed, residents=agents)
    if world.clock.why == "founded":
        first_day_ends = Rules(world)["town"].starts_at + DAY
        if world.lived_until < first_day_ends:
            console.print(f"{world.name_en} lives its first day, so that it has a past.")
            live_with_bar(world, first_day_ends, console=console)
        pace.start(world=world)
    return world
