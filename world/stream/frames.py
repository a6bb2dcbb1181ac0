"""Frames: what watchers are sent, one for each game instant and one for each state of the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import orjson

from world import registry
from world.engine.events import EventBatch
from world.models import Event, World
from world.presentation import present
from world.stage import Stage
from world.stream.log import logged_events


@dataclass(frozen=True, slots=True)
class Frame:
    """An encoded frame of one game instant; contiguous for whoever has seen `prev_seq`."""

    prev_seq: int
    seq: int
    text: str


def frames_since(stage: Stage, after_seq: int, until_seq: int) -> Iterator[Frame]:
    """The frames of the events after `after_seq` up to `until_seq`, as they stand in the log."""
    missed = Event.objects.filter(world_id=stage.world_id, seq__gt=after_seq, seq__lte=until_seq)
    _, events = logged_events(missed.order_by("seq"))
    return instant_frames(stage, events, after_seq)


def instant_frames(stage: Stage, events: EventBatch, prev_seq: int) -> Iterator[Frame]:
    """A frame for each instant of these events, which are numbered from prev_seq + 1 on."""
    times = events.rows["world_time"]
    starts = np.flatnonzero(np.diff(times, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(times)]):
        data = {index - start: more for index, more in events.data.items() if start <= index < end}
        yield _instant_frame(stage, EventBatch(events.rows[start:end], data), prev_seq + start)


def _instant_frame(stage: Stage, events: EventBatch, prev_seq: int) -> Frame:
    """The frame of the events of one instant, which are numbered from prev_seq + 1 on."""
    seq = prev_seq + len(events)
    content = {
        "type": "instant",
        "epoch": stage.epoch,
        "prev_seq": prev_seq,
        "seq": seq,
        "world_time": stage.time(int(events.rows["world_time"][0])),
        "events": present(stage, events, range(prev_seq + 1, seq + 1)),
    }
    return Frame(prev_seq, seq, orjson.dumps(content).decode())


def clock_content(world: World, real_time: int) -> dict[str, Any]:
    """The state of a world's clock at the real moment `real_time` (microseconds)."""
    row = world.clock
    clock = row.clock
    return {
        "anchor_real": clock.anchor_real,
        "anchor_game": clock.anchor_game,
        "scale": clock.scale,
        "paused": clock.paused,
        "why": clock.why,
        "real_time": real_time,
        "lived_until": world.lived_until,
        "engine": "silent" if row.asleep_at(real_time) else "alive",
    }


def clock_frame(world: World, real_time: int) -> str:
    """The encoded frame of the state of a world's clock."""
    content = {"type": "clock", "epoch": str(world.epoch), "seq": world.seq}
    return orjson.dumps(content | clock_content(world, real_time)).decode()


def only(frame: Frame, channels: frozenset[str], agents: frozenset[int]) -> str:
    """The same frame with the events of these channels, or about these residents, alone."""
    channel_of = {kind.name: kind.channel for kind in registry.event_kinds.values()}
    content = orjson.loads(frame.text)
    content["events"] = [
        event
        for event in content["events"]
        if channel_of[event["kind"]] in channels or _people(event) & agents
    ]
    return orjson.dumps(content).decode()


def _people(event: dict[str, Any]) -> set[int]:
    return {event[field]["id"] for field in ("actor", "other") if field in event}
