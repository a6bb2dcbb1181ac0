"""One watcher of a world: what it has seen, what it wants, what waits to be sent to it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, get_args

import orjson
from channels.db import database_sync_to_async
from django.conf import settings

from world.measures import RESYNCS
from world.models import World
from world.registry import Channel
from world.stage import stage_of
from world.stream.frames import Frame, frames_since, only
from world.stream.snapshots import encoded_snapshot

RESUMED_AT_MOST = 10_000
"""Events that are sent again at most; whoever missed more gets a snapshot."""

RESYNC = '{"type":"resync"}'

CHANNELS: frozenset[str] = frozenset(get_args(Channel))


@dataclass(frozen=True, slots=True)
class Resume:
    """The watcher goes on after this event, the last one that it has seen."""

    after_seq: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The log has come as far as this event, whatever was announced."""

    seq: int


Item = Frame | Resume | Reach | str

Send = Callable[[str], Awaitable[None]]


class Watcher:
    """Sends one watcher everything in order, and never more than it can take.

    `offer` and the answers to what the watcher says only put things into the outbox; `run` alone
    sends. seq: the last event that the watcher knows of.
    """

    def __init__(self, world_id: int, send: Send) -> None:
        self.world_id = world_id
        self.seq = -1
        self._send = send
        self._outbox: deque[Item] = deque()
        self._stirred = asyncio.Event()
        self._lost = False
        self._channels: frozenset[str] | None = None
        self._agents: frozenset[int] = frozenset()
        self._unacknowledged: deque[int] | None = None

    def offer(self, item: Item) -> None:
        """Put something into the outbox, unless the watcher has fallen behind and must resume."""
        if self._lost:
            return
        if len(self._outbox) >= settings.STREAM_OUTBOX:
            self._outbox.clear()
            self._lost = True
            RESYNCS.inc()
            item = RESYNC
        self._put(item)

    def resume(self, after_seq: int) -> None:
        """Go on after the event that the watcher has seen last, wherever it was."""
        self._lost = False
        self._outbox.clear()
        self._unacknowledged = None if self._unacknowledged is None else deque()
        self._put(Resume(after_seq))

    def acknowledge(self, seq: int) -> None:
        """The watcher has taken everything up to `seq`; from now on it is waited for."""
        waiting = self._unacknowledged or deque()
        while waiting and waiting[0] <= seq:
            waiting.popleft()
        self._unacknowledged = waiting
        self._stirred.set()

    def subscribe(self, channels: frozenset[str]) -> None:
        """Hear of these channels too; the first time, of nothing else any more."""
        self._channels = (self._channels or frozenset()) | channels

    def unsubscribe(self, channels: frozenset[str]) -> None:
        """Hear of these channels no more."""
        self._channels = (CHANNELS if self._channels is None else self._channels) - channels

    def subscribe_agent(self, number: int) -> None:
        """Hear of a resident whatever the channels are."""
        self._agents |= {number}

    def unsubscribe_agent(self, number: int) -> None:
        """Hear of a resident only if the channels have it."""
        self._agents -= {number}

    async def run(self) -> None:
        """Send the snapshot, and then what is offered, until cancelled."""
        await self._send_snapshot()
        while True:
            item = await self._next()
            if isinstance(item, str):
                await self._send(item)
            elif isinstance(item, Resume):
                await self._catch_up(item.after_seq)
            elif item.seq <= self.seq:
                continue
            elif isinstance(item, Reach):
                await self._catch_up(self.seq, until=item.seq)
            else:
                if item.prev_seq > self.seq:
                    await self._catch_up(self.seq, until=item.prev_seq)
                await self._send_frame(item)

    def _put(self, item: Item) -> None:
        self._outbox.append(item)
        self._stirred.set()

    async def _next(self) -> Item:
        while not self._outbox or self._is_slow():
            self._stirred.clear()
            await self._stirred.wait()
        return self._outbox.popleft()

    def _is_slow(self) -> bool:
        """Whether too much is under way. What tells it to resync, or answers that, may pass."""
        if self._unacknowledged is None or not isinstance(self._outbox[0], Frame):
            return False
        return len(self._unacknowledged) >= settings.STREAM_OUTBOX

    async def _send_snapshot(self) -> None:
        self.seq, text = await database_sync_to_async(encoded_snapshot)(self.world_id)
        await self._send(text)

    async def _catch_up(self, after_seq: int, until: int | None = None) -> None:
        """Send what the log has after `after_seq`, or a snapshot if that is too much."""
        frames = await database_sync_to_async(_logged)(self.world_id, after_seq, until)
        if frames is None:
            await self._send_snapshot()
            return
        self.seq = after_seq
        for frame in frames:
            await self._send_frame(frame)

    async def _send_frame(self, frame: Frame) -> None:
        text = frame.text
        if self._channels is not None and not self._channels >= CHANNELS:
            text = only(frame, self._channels, self._agents)
        await self._send(text)
        self.seq = frame.seq
        if self._unacknowledged is not None:
            self._unacknowledged.append(frame.seq)


def encode(content: dict[str, Any]) -> str:
    """Plain content as the text of a frame."""
    return orjson.dumps(content).decode()


def _logged(world_id: int, after_seq: int, until: int | None) -> list[Frame] | None:
    """The frames after `after_seq`; None if there are too many, or it never was."""
    world = World.objects.get(pk=world_id)
    last = world.seq if until is None else until
    if not 0 <= after_seq <= world.seq or last - after_seq > RESUMED_AT_MOST:
        return None
    return list(frames_since(stage_of(world), after_seq, last))
