"""Living without watchers: as fast as it goes, with an eye on how the residents fare."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agents.calibration import STEP, Calibration, Finding
from agents.minds.headless import advance_thinking, has_models
from world import residence
from world.advance import Progress, advance
from world.engine.columns import Columns
from world.engine.gametime import HOUR
from world.models import World


class ContendedError(RuntimeError):
    """Another process is advancing the world, so nobody can watch it from here."""


@dataclass(frozen=True, slots=True)
class Lived:
    """instants: how many were lived. findings: the calibration table, of a day or more."""

    instants: int
    findings: list[Finding]


def live(
    world: World, until: int, on_progress: Callable[[int], object] = lambda lived_until: None
) -> Lived:
    """Live a world until the game time `until`, looking at its residents all the while.

    Where residents think with models, every thought is put to its model on the way.
    on_progress: called with the game time reached. Raises ContendedError if somebody else advances
    the world at the same time, and what `advance` raises;
    UnrecordedError where a replay lacks a reply.
    """
    calibration: Calibration | None = None
    instants = 0
    for progress, columns in _steps(world, until, STEP):
        instants += progress.instants
        if calibration is None:
            calibration = Calibration(columns, residence.constants_of(world))
        calibration.look(columns, progress.lived_until)
        on_progress(progress.lived_until)
    long_enough = calibration is not None and calibration.days >= 1
    return Lived(instants, calibration.findings() if calibration and long_enough else [])


def pass_time(
    world: World, until: int, on_progress: Callable[[int], object] = lambda lived_until: None
) -> None:
    """Live a world as `live` does, with nobody looking at its residents, which is a lot faster."""
    for progress, _ in _steps(world, until, HOUR):
        on_progress(progress.lived_until)


def _steps(world: World, until: int, step: int) -> Iterator[tuple[Progress, Columns]]:
    """Live a world by so many game seconds at a time; gives how far it got, and its columns."""
    thinking = has_models(world)
    for time in range(world.lived_until + step, until + step, step):
        goal = min(time, until)
        progress = (
            advance_thinking(world=world, until=goal)
            if thinking
            else advance(world_id=world.pk, until=goal)
        )
        world.refresh_from_db()
        pipeline = residence.kept_pipeline(world.pk, world.version)
        if progress.busy or pipeline is None:
            raise ContendedError(f"another process is advancing {world.slug}")
        yield progress, pipeline.columns
