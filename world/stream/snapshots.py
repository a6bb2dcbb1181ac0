"""Encoded snapshots, kept so that a crowd of newcomers costs no more than one of them."""

import threading

import orjson

from world.models import World
from world.stream.snapshot import snapshot

_lock = threading.Lock()
_kept: dict[int, tuple[int, int, str]] = {}


def encoded_snapshot(world_id: int) -> tuple[int, str]:
    """The seq and the text of a world's snapshot; its clock may be that of an earlier watcher.

    It is made anew whenever the world has changed. The stream sends the clock by itself.
    """
    version = World.objects.values_list("version", flat=True).get(pk=world_id)
    with _lock:
        if world_id not in _kept or _kept[world_id][0] != version:
            content = snapshot(world_id=world_id)
            _kept[world_id] = (version, content["seq"], orjson.dumps(content).decode())
        _, seq, text = _kept[world_id]
    return seq, text
