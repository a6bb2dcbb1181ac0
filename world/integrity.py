"""Integrity: what must never be false, and what happens when it is."""

import structlog

from world.models import World

logger = structlog.get_logger(__name__)


class IntegrityError(RuntimeError):
    """Something impossible is about to be written: the world stops rather than lie."""


def stop_broken_world(*, world_id: int, reason: str) -> None:
    """Stop a world whose books or state are wrong; it keeps what was committed before."""
    World.objects.filter(pk=world_id).update(status=World.Status.STOPPED, status_reason=reason)
    logger.critical("world_stopped", world_id=world_id, reason=reason)
