"""The town that `up` shows: founded if there is none, with a day behind it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from rich.console import Console

from agents.founding import found_town
from agents.headless import ContendedError, live
from agents.minds.catalogue import UnknownModelError, default_model, give_mind
from agents.progress import bar_of
from agents.systems.mind_orders import MIND
from world import pace, registry
from world.advance import WorldNotActiveError
from world.engine.gametime import DAY
from world.models import InboxEntry, World
from world.residence import rules_of
from world.scenario import ScenarioError, read
from world.selectors import UnknownWorldError, world_of_slug


class TownError(RuntimeError):
    """There is no town and none could be founded, or it cannot live; says why."""


def add_town_arguments(parser: ArgumentParser) -> None:
    """What a command may say of a town that it founds."""
    parser.add_argument("--scenario", default="sunshine", help="folder in scenarios/")
    parser.add_argument("--seed", type=int, default=1, help="seed of a new town (default 1)")
    parser.add_argument("--agents", type=int, help="residents of a new town, by districts")


def town_for(options: dict[str, Any]) -> World:
    """The town that a command with these arguments serves. Raises TownError."""
    try:
        return ensure_town(
            scenario=options["scenario"],
            seed=options["seed"],
            agents=options["agents"],
            console=Console(stderr=True),
        )
    except (
        ScenarioError,
        ContendedError,
        UnknownModelError,
        WorldNotActiveError,
        ValueError,
    ) as error:
        raise TownError(str(error)) from error


def ensure_town(*, scenario: str, seed: int, agents: int | None, console: Console) -> World:
    """The primary world. Where there is none, one is founded and lives its first day.

    That day is lived on instinct and costs nothing. The clock starts when it is over; a clock that
    somebody has set since is left alone. Raises ScenarioError, ValueError,
    ContendedError or WorldNotActiveError.
    """
    try:
        world = world_of_slug()
    except UnknownWorldError:
        folder = settings.SCENARIOS_DIR / scenario
        world = found_town(scenario=read(folder, registry.sections), seed=seed, residents=agents)
    if world.clock.why == "founded":
        first_day_ends = rules_of(world)["town"].starts_at + DAY
        if world.lived_until < first_day_ends:
            console.print(f"{world.name_en} lives its first day, so that it has a past.")
            with bar_of(world, first_day_ends, console=console) as show:
                live(world, first_day_ends, show)
        if settings.TIME_SCALE:
            pace.set_scale(world=world, scale=settings.TIME_SCALE)
        pace.start(world=world)
    give_first_minds(world, console)
    return world


def give_first_minds(world: World, console: Console) -> None:
    """Let residents who were never given minds think with the default model, if there is one."""
    if InboxEntry.objects.filter(world=world, kind=MIND.name).exists():
        return
    model = default_model()
    if model is not None and world.status == World.Status.ACTIVE:
        give_mind(world=world, model=model, told_by="up")
        console.print(f"Its residents think with {model.name} from now on.")
