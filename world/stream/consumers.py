"""The doorway of the stream: who may watch, and what a watcher says."""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from pydantic import ValidationError

from world.measures import FRAME_BYTES, FRAMES
from world.realtime import real_now
from world.selectors import UnknownWorldError, world_of_slug
from world.stream.hub import hub_of
from world.stream.said import SAID, Acknowledge, Resume, Said, Subscribe, SubscribeAgent
from world.stream.tickets import redeem
from world.stream.watcher import CHANNELS, Watcher, encode

logger = structlog.get_logger(__name__)

NOT_ALLOWED, NOT_FOUND, BROKEN = 4403, 4404, 4500
"""Codes with which a connection is closed."""


class StreamConsumer(AsyncWebsocketConsumer):
    """Watches the world of the address, and after a reset the one that took its name."""

    async def connect(self) -> None:
        await self.accept()
        self.watcher: Watcher | None = None
        self.watching: asyncio.Task[None] | None = None
        if not await self._may_watch():
            await self._refuse(NOT_ALLOWED, "NOT_AUTHENTICATED", "this town is not public")
            return
        logger.info("stream_opened", world=self._asked("world"))
        self.watching = asyncio.get_running_loop().create_task(self._watch_on())

    async def disconnect(self, code: int) -> None:
        if self.watching is not None:
            logger.info("stream_closed", world=self._asked("world"), code=code)
            self.watching.cancel()
            with suppress(asyncio.CancelledError):
                await self.watching

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            said = SAID.validate_json(text_data or bytes_data or b"")
        except ValidationError as error:
            await self._complain("INVALID_PARAMETER", error.errors()[0]["msg"])
            return
        if said.type == "ping":
            await self.send(encode({"type": "pong", "real_time": real_now()}))
        elif self.watcher is not None:
            _pass_on(said, self.watcher)

    async def _may_watch(self) -> bool:
        if settings.PUBLIC or self.scope["user"].is_authenticated:
            return True
        ticket = self._asked("ticket")
        return bool(ticket) and await database_sync_to_async(redeem)(ticket)

    def _asked(self, name: str) -> str:
        """A parameter of the address."""
        return parse_qs(self.scope["query_string"].decode()).get(name, [""])[0]

    async def _watch_on(self) -> None:
        """Watch, and go on with the next world whenever one is over."""
        slug = self._asked("world")
        try:
            while True:
                await self._watch(slug)
        except UnknownWorldError as error:
            await self._refuse(NOT_FOUND, "NOT_FOUND", str(error))
        except Exception:
            logger.exception("stream_broken")
            await self.close(code=BROKEN)

    async def _watch(self, slug: str) -> None:
        """Watch a world until it is over."""
        world = await database_sync_to_async(world_of_slug)(slug)
        hub = hub_of(world)
        self.watcher = Watcher(world.pk, self.send)
        await hub.join(self.watcher)
        try:
            running = asyncio.ensure_future(self.watcher.run())
            over = asyncio.ensure_future(hub.over.wait())
            try:
                await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
                if running.done():
                    running.result()
            finally:
                running.cancel()
                over.cancel()
        finally:
            hub.leave(self.watcher)

    async def _refuse(self, close_code: int, code: str, message: str) -> None:
        await self._complain(code, message)
        await self.close(code=close_code)

    async def _complain(self, code: str, message: str) -> None:
        await self.send(encode({"type": "error", "code": code, "message": message}))

    async def send(self, text_data: str = "", **_: Any) -> None:
        """Send a text."""
        FRAMES.inc()
        FRAME_BYTES.inc(len(text_data))
        await super().send(text_data=text_data)


def _pass_on(said: Said, watcher: Watcher) -> None:
    match said:
        case Subscribe(type="subscribe", channels=channels):
            watcher.subscribe(_expanded(channels))
        case Subscribe(channels=channels):
            watcher.unsubscribe(_expanded(channels))
        case SubscribeAgent(type="subscribe_agent", agent_id=number):
            watcher.subscribe_agent(number)
        case SubscribeAgent(agent_id=number):
            watcher.unsubscribe_agent(number)
        case Resume(after_seq=seq):
            watcher.resume(seq)
        case Acknowledge(seq=seq):
            watcher.acknowledge(seq)


def _expanded(channels: list[Any]) -> frozenset[str]:
    return CHANNELS if "all" in channels else frozenset(channels)
