"""Waking the engine between two heartbeats, so that what was just told takes effect at once."""

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)

HEARTBEAT = "world.heartbeat"
EXPIRES_SECONDS = 5


def wake_engine() -> None:
    """Ask for a heartbeat now. If nobody hears it, the next one will do."""
    try:
        current_app.send_task(HEARTBEAT, expires=EXPIRES_SECONDS, ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("engine_not_woken", reason=str(error))
