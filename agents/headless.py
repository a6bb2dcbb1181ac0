"""Living without watchers: as fast as it goes, with an eye on how the residents fare."""

from collections.abc import Callable
from dataclasses import dataclass

from agents.calibration import Calibration, Finding
from agents.minds.headless import advance_thinking, has_models
from agents.selectors import residents
from world import residence
from world.advance import advance
from world.engine.columns import Columns
from world.engine.gametime import HOUR
from world.models import World

SMALL = 1_000
"""Residents up to which hours go into one transaction: committing costs a small town the most."""
_HOURS = 6


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
    # History does not depend on how much a transaction covers.
    span = HOUR if thinking or residents(world).count() > SMALL else _HOURS * HOUR
    begins, instants = world.lived_until, 0
    calibration: Calibration | None = None

    def watch(columns: Columns, nothing_before: int) -> None:
        nonlocal calibration
        if calibration is None:
            calibration = Calibration(columns, residence.constants_of(world), since=begins)
        calibration.watch(columns, nothing_before)

    for time in range(begins + span, until + span, span):
        goal = min(time, until)
        progress = (
            advance_thinking(world=world, until=goal, watch=watch)
            if thinking
            else advance(world_id=world.pk, until=goal, span=span, watch=watch)
        )
        instants += progress.instants
        world.refresh_from_db()
        if progress.busy or residence.kept_pipeline(world.pk, world.version) is None:
            raise ContendedError(f"another process is advancing {world.slug}")
        on_progress(progress.lived_until)
    long_enough = calibration is not None and calibration.days >= 1
    return Lived(instants, calibration.findings() if calibration and long_enough else [])
