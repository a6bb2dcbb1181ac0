"""History: what happened in a world, in one canonical form, and its hash.

Two runs of one seed and inbox have the same history, whatever the transport: it holds no sequence
numbers, row ids or real times.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import orjson

from world import registry
from world.engine.events import FIELDS
from world.models import World

_FIELDS = [name for name in FIELDS if name not in {"world_time", "kind"}]


def canonical_lines(world: World, *, up_to: int | None = None) -> Iterator[bytes]:
    """Every event as canonical JSON, sorted by (world_time, kind, actor, the line itself).

    up_to: the number of the last event that counts; that of an instant's last.
    """
    events = world.events.all() if up_to is None else world.events.filter(seq__lte=up_to)
    rows = events.order_by("world_time", "seq").values_list("world_time", "kind", *_FIELDS, "data")
    for _, instant in groupby(rows.iterator(chunk_size=10_000), key=lambda row: row[0]):
        yield from (line for *_, line in sorted(_keyed(row) for row in instant))


def _keyed(row: tuple[Any, ...]) -> tuple[str, int, bytes]:
    world_time, code, *values, data = row
    kind = registry.event_kinds[code].name
    # Zero stands for none: leaving it out keeps a history equal when a column is added.
    content = {name: value for name, value in zip(_FIELDS, values, strict=True) if value}
    content |= {"world_time": world_time, "kind": kind}
    if data is not None:
        content["data"] = data
    line = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return kind, content.get("actor", 0), line


def history_hash(world: World) -> str:
    """SHA-256 of the canonical lines, each followed by a newline, as hexadecimal digits."""
    digest = hashlib.sha256()
    for line in canonical_lines(world):
        digest.update(line)
        digest.update(b"\n")
    return digest.hexdigest()
