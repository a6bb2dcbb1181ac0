"""Encoded snapshots, kept so that a crowd of newcomers costs no more than one of them."""

import threading
from functools import lru_cache

import orjson
from django.conf import settings

from world.models import World
from world.stream.snapshot import snapshot

_lock = threading.Lock()


def encoded_snapshot(world_id: int) -> tuple[int, str]:
    """The seq and the text of a world's snapshot; its clock may be that of an earlier watcher.

    It is made anew whenever the world has changed. The stream sends the clock by itself.
    """
    version = World.objects.values_list("version", flat=True).get(pk=world_id)
    with _lock:
        return _encoded(world_id, version)


@lru_cache(maxsize=settings.WORLDS_AT_HAND)
def _encoded(world_id: int, version: int) -> tuple[int, str]:
    """As of this version or a later one; only the latest that were asked for are kept."""
    content = snapshot(world_id=world_id)
    return content["seq"], orjson.dumps(content).decode()
