"""Waking the minds: a message that there is something to think about. It may be lost."""

import redis
import structlog
from celery import current_app
from django.core.cache import cache
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)

THINK = "agents.think"
EXPIRES_SECONDS = 5

ALIVE = "minds_alive"
"""In the cache while a worker asks."""


def wake_minds() -> None:
    """Ask for somebody to look into the queue. If nobody hears it, a heartbeat asks again.

    A worker that is at work looks into it by itself: messages to it would only pile up.
    """
    try:
        if is_at_work():
            return
        current_app.send_task(THINK, expires=EXPIRES_SECONDS, ignore_result=True, retry=False)
    except (OperationalError, redis.RedisError, OSError) as error:
        logger.warning("minds_not_woken", reason=str(error))


def is_at_work() -> bool:
    """Whether a worker is asking just now; it will see by itself what is new in the queue."""
    return bool(cache.get(ALIVE))
