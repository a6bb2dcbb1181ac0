"""Announcing: telling the watchers of a world, after the commit and only then.

An announcement may be lost. Whoever watches finds the gap in the numbers, and the log has it all.
"""

from typing import Any
from uuid import UUID

import redis
import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from world.engine.events import EventBatch
from world.models import World
from world.realtime import real_now
from world.stage import stage_of
from world.stream.frames import clock_frame, instant_frames

logger = structlog.get_logger(__name__)

INSTANT, CLOCK, RESET = "world.instant", "world.clock", "world.reset"


def watchers_of(epoch: UUID) -> str:
    """The group of the channel layer to which the watchers of a world belong."""
    return f"watchers.{epoch.hex}"


def announce_instants(world: World, events: EventBatch, prev_seq: int) -> None:
    """Send a frame for each instant that was committed."""
    for frame in instant_frames(stage_of(world), events, prev_seq):
        message = {"type": INSTANT, "prev_seq": frame.prev_seq, "seq": frame.seq}
        _send(world.epoch, message | {"text": frame.text})


def announce_clock(*, world_id: int) -> None:
    """Send the state of a world's clock."""
    world = World.objects.select_related("clock").get(pk=world_id)
    _send(world.epoch, {"type": CLOCK, "text": clock_frame(world, real_now())})


def announce_reset(epoch: UUID) -> None:
    """Say that this world is over and another one has taken its name."""
    _send(epoch, {"type": RESET})


def _send(epoch: UUID, message: dict[str, Any]) -> None:
    try:
        async_to_sync(get_channel_layer().group_send)(watchers_of(epoch), message)
    except (redis.RedisError, OSError) as error:
        logger.warning("announcement_lost", kind=message["type"], reason=str(error))
