"""A backup every day, for as long as the process lives."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from django.db import DatabaseError, connection
from prometheus_client import Gauge
from psycopg_pool import PoolTimeout

from aisociety.backups.errors import BackupError
from aisociety.backups.keeping import backups_in, forget_oldest
from aisociety.backups.making import back_up

logger = structlog.get_logger(__name__)

MADE_AT = Gauge("aisociety_backup_timestamp_seconds", "When the latest backup was made")

AGAIN = timedelta(minutes=10)
"""After which a backup that failed is tried again."""


def next_moment(after: datetime, at: str) -> datetime:
    """The first moment after this one at which the clock says `at` (UTC, HH:MM)."""
    hour, minute = map(int, at.split(":"))
    today = after.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > after else today + timedelta(days=1)


def back_up_daily(
    place: Path,
    *,
    at: str,
    keep: int,
    now: Callable[[], datetime] = lambda: datetime.now(tz=UTC),
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Make a backup each day at a time, keep the latest, and never return."""
    for latest in backups_in(place)[-1:]:
        MADE_AT.set(datetime.fromisoformat(latest.manifest.made_at).timestamp())
    due = next_moment(now(), at)
    while True:
        # Clocks are set: look again now and then instead of trusting one long sleep.
        while (left := (due - now()).total_seconds()) > 0:
            sleep(min(left, 60))
        try:
            made = back_up(place)
        except (BackupError, DatabaseError, PoolTimeout) as error:
            logger.error("backup_failed", reason=str(error))
            due = now() + AGAIN
        else:
            MADE_AT.set(now().timestamp())
            deleted = forget_oldest(place, keep)
            logger.info("backup_made", bytes=made.manifest.bytes, deleted=len(deleted))
            due = next_moment(now(), at)
        finally:
            connection.close()
