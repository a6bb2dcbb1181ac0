"""Beat: the metronome, on a clock on the wall that may be set.

By itself it would stand still until a clock that was set back has caught up.
"""

import time
from datetime import datetime
from typing import Any

from celery.schedules import schedstate
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry

JUMP_SECONDS = 2
"""By how much the clock on the wall must move against the one that only counts on."""


class Entry(ModelEntry):
    """What is asked for again and again; what was asked for in the future is due."""

    last_run_at: datetime

    def is_due(self) -> schedstate:
        """Whether it is due, and in how many seconds to look again."""
        self.last_run_at = min(self.last_run_at, self._default_now())
        return super().is_due()


class Scheduler(DatabaseScheduler):
    """django-celery-beat's; it looks at everything anew after the clock was set."""

    Entry = Entry

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._wall = _wall()
        super().__init__(*arguments, **options)

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Ask for what is due; returns the seconds until the next look."""
        wall = _wall()
        if abs(wall - self._wall) > JUMP_SECONDS:
            # What waits is sorted by moments of the old time.
            self._heap = None
        self._wall = wall
        return float(super().tick(*arguments, **options))


def _wall() -> float:
    return time.time() - time.monotonic()
