"""The clock's anchor, a row of its own so that pausing never waits for the engine."""

from django.db import models

from world.engine.clock import MICROSECOND, Clock
from world.models.world import World

ASLEEP_AFTER = 10 * MICROSECOND
"""Without a heartbeat for so long nobody lives the world."""


class WorldClock(models.Model):
    """How real time becomes this world's game time; see `world.engine.clock.Clock`.

    alive_at: real microseconds at which an engine last served this world, 0 if none ever did.
    """

    world = models.OneToOneField(
        World, on_delete=models.CASCADE, primary_key=True, related_name="clock"
    )
    anchor_real = models.BigIntegerField()
    anchor_game = models.BigIntegerField()
    scale = models.PositiveIntegerField()
    paused = models.BooleanField(default=False)
    why = models.CharField(max_length=32)
    alive_at = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"clock of {self.world_id}"

    @property
    def clock(self) -> Clock:
        """The anchor as the engine's value."""
        return Clock(self.anchor_real, self.anchor_game, self.scale, self.paused, self.why)

    def asleep_at(self, real: int) -> bool:
        """Whether at a real moment nobody has served this world for long.

        A world that was served in the future has a clock on the wall that was set back.
        """
        return abs(real - self.alive_at) > ASLEEP_AFTER

    def assign(self, clock: Clock) -> None:
        """Take over another anchor; not saved."""
        for field in ("anchor_real", "anchor_game", "scale", "paused", "why"):
            setattr(self, field, getattr(clock, field))
