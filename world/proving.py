"""Proving that a world is what its seed and inbox make of it, by living these again beside it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from world.advance import advance
from world.engine.gametime import HOUR
from world.history import canonical_lines
from world.models import World
from world.replay import found_replay

SLUG_LENGTH = 50
STEP = 6 * HOUR
TURN_SECONDS = 0.05
"""Until it is asked again, if an engine has just looked at the replay."""


class ProofUnderWayError(RuntimeError):
    """There is a replay already."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it. lived_until: game seconds up to which both were compared.

    ours, again: the first event in which they differ, as canonical JSON; empty if there is none,
    or on the side that has no more.
    """

    lived_until: int
    events: int
    ours: bytes = b""
    again: bytes = b""

    @property
    def same(self) -> bool:
        """Whether the world has the history of its seed and inbox."""
        return self.ours == self.again


def prove(
    world: World,
    on_progress: Callable[[int], object] = lambda lived_until: None,
    *,
    anew: bool = False,
) -> Proof:
    """Live a world's seed and inbox again, as far as it has come by now, and compare histories.

    The world may live on meanwhile. No model is asked: replies are in the inbox. What is lived for
    it is deleted. on_progress: called with the game time reached. anew: delete what a proof left
    that was killed. Raises ProofUnderWayError.
    """
    world.refresh_from_db()
    until, seq = world.lived_until, world.seq
    slug = f"proof-of-{world.slug}"[:SLUG_LENGTH]
    if left := World.objects.filter(slug=slug).first():
        if not anew:
            raise ProofUnderWayError(slug)
        left.delete()
    again = found_replay(of=world, slug=slug)
    try:
        for goal in range(again.lived_until + STEP, until + STEP, STEP):
            while not (progress := advance(world_id=again.pk, until=min(goal, until))).done:
                time.sleep(TURN_SECONDS)
            on_progress(progress.lived_until)
        lines = zip_longest(
            canonical_lines(world, up_to=seq), canonical_lines(again), fillvalue=b""
        )
        compared = 0
        for ours, other in lines:
            if ours != other:
                return Proof(until, compared, ours, other)
            compared += 1
        return Proof(until, compared)
    finally:
        again.delete()
