"""The snapshot: all that a watcher must know of a world before the first frame."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from world import registry
from world.map import lattice_columns
from world.models import World
from world.realtime import RealTime, real_now
from world.stage import Stage, stage_of
from world.stream.frames import clock_content


def snapshot(*, world_id: int, now: RealTime = real_now) -> dict[str, Any]:
    """A world as of its last commit, all of one moment; see specs/06-api-design."""
    with consistent_read():
        world = World.objects.select_related("clock").get(pk=world_id)
        stage = stage_of(world)
        content: dict[str, Any] = {
            "type": "snapshot",
            "epoch": stage.epoch,
            "seq": world.seq,
            "world_time": stage.time(world.lived_until),
            "clock": clock_content(world, now()),
            "words": {},
        }
        for build in registry.snapshot_parts.values():
            part = build(stage, world)
            content["words"] |= part.pop("words", {})
            content |= part
        return content


@contextmanager
def consistent_read() -> Iterator[None]:
    """All queries of the block see the same commit, unless a transaction is open already."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def stage_part(stage: Stage, world: World) -> dict[str, Any]:
    """The world itself, its map, its places, and the words of the stage."""
    weather, rules = stage.constants["weather"], stage.rules
    town, size = rules["town"], rules["town"].map
    kinds = {kind.key: _names(kind) for kind in rules["weather"].kinds}
    moments = {moment.key: _names(moment) for moment in rules["calendar"].moments}
    return {
        "world": {
            "slug": world.slug,
            "name": {"zh": world.name_zh, "en": world.name_en},
            "first_day": world.first_day.isoformat(),
            "grid": world.grid,
            "base_scale": town.time_scale,
            "status": world.status,
            "status_reason": world.status_reason,
            "weather": {
                "kind": weather.keys[weather.kind_at(world.lived_until)],
                "degrees": weather.degrees_at(world.lived_until),
            },
        },
        "map": {
            "width": size.width,
            "height": size.height,
            "cell": size.cell,
            "districts": world.districts,
            "columns": lattice_columns(world.districts),
            "roads": [{"points": road.points, "width": road.width} for road in rules["roads"]],
            "ponds": [_bounds(pond) for pond in rules["ponds"]],
            "zones": [
                {"key": zone.key, "name": _names(zone), "kind": zone.kind, **_bounds(zone)}
                for zone in rules["zones"]
            ],
        },
        "places": [_place(stage, number) for number in stage.locations],
        "words": {"weather": kinds, "moments": moments},
    }


def _place(stage: Stage, number: int) -> dict[str, Any]:
    location = stage.locations[number]
    return {
        **stage.place(number),
        "key": location.key,
        "kind": location.kind,
        **_bounds(location),
        "door": stage.door(number),
        "outdoor": location.outdoor,
        "capacity": location.capacity,
        "open": list(zip(location.opens, location.closes, strict=True)),
    }


def _bounds(thing: Any) -> dict[str, int]:
    return {side: getattr(thing, side) for side in ("x", "y", "width", "height")}


def _names(spec: Any) -> dict[str, str]:
    return {"zh": spec.name.zh, "en": spec.name.en}
