"""The clock: how real time becomes game time.

A clock is an anchor (this real moment was that game second) and a scale. Pausing, resuming,
changing speed and catching up after a sleep all set a new anchor, so game time never jumps. None
of this is part of history: a world lives the same instants whatever its clock did.
"""

from dataclasses import dataclass, replace

MICROSECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Clock:
    """An anchor between real and game time.

    anchor_real: microseconds since the Unix epoch.
    anchor_game: game seconds since midnight of day 1.
    scale: game seconds that pass in one real second while the clock runs.
    why: what set this anchor, a code for people ("founded", "operator", "asleep", "behind", ...).
    """

    anchor_real: int
    anchor_game: int
    scale: int
    paused: bool
    why: str

    def now(self, real: int) -> int:
        """Game seconds at the real moment `real` (microseconds); never before the anchor."""
        if self.paused:
            return self.anchor_game
        elapsed = max(0, real - self.anchor_real)
        return self.anchor_game + elapsed * self.scale // MICROSECOND

    def behind(self, lived_until: int, real: int) -> int:
        """Real microseconds by which a world that has lived until then lags this clock."""
        return max(0, self.now(real) - lived_until) * MICROSECOND // self.scale

    def pause(self, real: int, why: str) -> "Clock":
        """The same clock standing still from the real moment `real` on."""
        return self if self.paused else self._anchor(real, why, paused=True)

    def resume(self, real: int, why: str) -> "Clock":
        """The same clock running again from the real moment `real` on."""
        return self._anchor(real, why, paused=False) if self.paused else self

    def at_scale(self, scale: int, real: int, why: str) -> "Clock":
        """The same clock at another speed from the real moment `real` on.

        Raises ValueError unless scale is at least 1.
        """
        if scale < 1:
            raise ValueError(f"a clock's scale is at least 1 game second a second, not {scale}")
        if scale == self.scale:
            return self
        return replace(self._anchor(real, why, paused=self.paused), scale=scale)

    def held_at(self, game: int, real: int, why: str) -> "Clock":
        """The same clock set back (or forward) to the game second `game`."""
        return replace(self, anchor_real=real, anchor_game=game, why=why)

    # A new anchor drops the fraction of a game second, so none is set without need.
    def _anchor(self, real: int, why: str, *, paused: bool) -> "Clock":
        return replace(self, anchor_real=real, anchor_game=self.now(real), paused=paused, why=why)
