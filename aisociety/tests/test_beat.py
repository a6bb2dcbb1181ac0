"""The metronome goes on after the clock on the wall was set, whichever way."""

import time
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from aisociety.beat import Scheduler
from aisociety.celery import app


class Wall:
    """A clock on the wall that is so many hours ahead."""

    hours = 0.0

    def time(self) -> float:
        return REAL() + self.hours * 3600

    def now(self) -> datetime:
        return timezone.now() + timedelta(hours=self.hours)


REAL = time.time


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hours", [-3, 3])
def test_everything_is_asked_for_again_after_the_clock_was_set(
    hours: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    wall = Wall()
    monkeypatch.setattr(
        Scheduler, "apply_async", lambda self, entry, **told: asked.append(entry.name)
    )
    monkeypatch.setattr("time.time", wall.time)
    with (
        patch("aisociety.beat.Entry._default_now", lambda self: wall.now()),
        patch("django_celery_beat.models.now", wall.now),
    ):
        scheduler = Scheduler(app=app)
        scheduler._finalize.cancel()  # it would write to the database after the last test
        scheduler.setup_schedule()

        def beats(seconds: float) -> set[str]:
            asked.clear()
            ends = time.monotonic() + seconds
            while time.monotonic() < ends:
                time.sleep(max(0.0, min(scheduler.tick(), 0.1)))
            return set(asked)

        assert {"heartbeat", "govern"} <= beats(4)
        wall.hours = hours
        assert {"heartbeat", "govern"} <= beats(4)
