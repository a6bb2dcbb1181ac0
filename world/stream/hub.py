"""The hub: one subscription of this process to a world, however many watch it from here.

Every watcher is handed the same encoded text. What the layer lost shows in the numbers, and each
watcher takes it from the log; if the layer is gone altogether, the clock that is read every
CLOCK_SECONDS brings the news.
"""

import asyncio
from contextlib import suppress
from uuid import UUID

import redis
import structlog
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import DatabaseError

from world.measures import WATCHERS
from world.models import World
from world.realtime import real_now
from world.stream.announcing import CLOCK, INSTANT, RESET, watchers_of
from world.stream.frames import Frame, clock_frame
from world.stream.watcher import Reach, Watcher

logger = structlog.get_logger(__name__)

CLOCK_SECONDS = 5
RETRY_SECONDS = 1
HEARING_SECONDS = 2

_hubs: dict[tuple[asyncio.AbstractEventLoop, UUID], "Hub"] = {}


class Hub:
    """Hears of one world and hands on what it hears. over: set when the world is reset."""

    def __init__(self, world: World) -> None:
        self.world_id = world.pk
        self.epoch = world.epoch
        self.watchers: set[Watcher] = set()
        self.over = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._hearing = asyncio.Event()

    async def join(self, watcher: Watcher) -> None:
        """Hand a watcher everything from now on; returns when the subscription stands.

        While the layer is down that is never: the watcher then lives on what the log has.
        """
        self.watchers.add(watcher)
        WATCHERS.inc()
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._listen()), loop.create_task(self._tick())]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hearing.wait(), HEARING_SECONDS)

    def leave(self, watcher: Watcher) -> None:
        """Hand a watcher nothing any more; without watchers the subscription ends."""
        if watcher in self.watchers:
            self.watchers.discard(watcher)
            WATCHERS.dec()
        if not self.watchers:
            for task in self._tasks:
                task.cancel()
            self._tasks = []
            _hubs.pop((asyncio.get_running_loop(), self.epoch), None)

    async def _listen(self) -> None:
        """Hand on what the channel layer brings."""
        layer, group = get_channel_layer(), watchers_of(self.epoch)
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(group, channel)
                self._hearing.set()
                try:
                    while True:
                        self._hand_on(await layer.receive(channel))
                finally:
                    self._hearing.clear()
                    with suppress(redis.RedisError, OSError):
                        await layer.group_discard(group, channel)
            except (redis.RedisError, OSError) as error:
                logger.warning("stream_not_heard", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    def _hand_on(self, message: dict[str, object]) -> None:
        if message["type"] == RESET:
            self.over.set()
        for watcher in self.watchers:
            if message["type"] == INSTANT:
                prev_seq, seq, text = message["prev_seq"], message["seq"], message["text"]
                watcher.offer(Frame(prev_seq, seq, text))  # type: ignore[arg-type]
            elif message["type"] == CLOCK:
                watcher.offer(message["text"])  # type: ignore[arg-type]

    async def _tick(self) -> None:
        """Read the clock now and then, and tell it; events that nobody announced are found so."""
        while True:
            try:
                seq, text = await database_sync_to_async(_read)(self.world_id)
            except (DatabaseError, World.DoesNotExist) as error:
                logger.warning("clock_not_read", reason=str(error))
            else:
                for watcher in self.watchers:
                    watcher.offer(text)
                    watcher.offer(Reach(seq))
            await asyncio.sleep(CLOCK_SECONDS)


def hub_of(world: World) -> Hub:
    """This process's hub of a world."""
    key = (asyncio.get_running_loop(), world.epoch)
    if key not in _hubs:
        _hubs[key] = Hub(world)
    return _hubs[key]


def _read(world_id: int) -> tuple[int, str]:
    world = World.objects.select_related("clock").get(pk=world_id)
    return world.seq, clock_frame(world, real_now())
