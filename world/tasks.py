"""What the engine worker does."""

from celery import shared_task

from world.pace import heartbeat_all
from world.waking import HEARTBEAT


@shared_task(name=HEARTBEAT, ignore_result=True)
def heartbeat() -> None:
    """Live every active world up to its clock."""
    heartbeat_all()
