"""Waking the minds: a message that there is something to think about. It may be lost."""

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)

THINK = "agents.think"
EXPIRES_SECONDS = 5


def wake_minds() -> None:
    """Ask for somebody to look into the queue. If nobody hears it, a heartbeat asks again."""
    try:
        current_app.send_task(THINK, expires=EXPIRES_SECONDS, ignore_result=True, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("minds_not_woken", reason=str(error))
