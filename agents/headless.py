"""Living without watchers: as fast as it goes, with an eye on how the residents fare."""

from collections.abc import Callable
from dataclasses import dataclass

from agents.calibration import STEP, Calibration, Finding
from agents.minds.headless import advance_thinking, has_models
from world import residence
from world.advance import advance
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
    thinking = has_models(world)
    calibration: Calibration | None = None
    instants = 0
    for time in range(world.lived_until + STEP, until + STEP, STEP):
        goal = min(time, until)
        progress = (
            advance_thinking(world=world, until=goal)
            if thinking
            else advance(world_id=world.pk, until=goal)
        )
        instants += progress.instants
        world.refresh_from_db()
        pipeline = residence.kept_pipeline(world.pk, world.version)
        if progress.busy or pipeline is None:
            raise ContendedError(f"another process is advancing {world.slug}")
        if calibration is None:
            calibration = Calibration(pipeline.columns, residence.constants_of(world))
        calibration.look(pipeline.columns, min(time, until))
        on_progress(progress.lived_until)
    long_enough = calibration is not None and calibration.days >= 1
    return Lived(instants, calibration.findings() if calibration and long_enough else [])
