"""Asking: the event loop in which a worker puts thoughts to their models.

It takes what is most urgent from the queue as places become free, so that nobody waits for the
slowest of a batch, and it ends when there is nothing left to think about. The database is used in
one thread beside the loop, never within it, and no transaction spans a call.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import structlog
from django.db import DatabaseError, connection

from agents.minds import preparing, settling, thoughts
from agents.minds.client import Clients
from agents.minds.gate import RESERVED_SHARE, Gate
from agents.minds.preparing import Errand
from agents.minds.settling import Finished
from agents.minds.thinking import Thinker
from agents.provenance import StandIn
from world.models import World

logger = structlog.get_logger(__name__)

FLUSH_SECONDS = 0.2
LOOK_SECONDS = 0.2
RENEW_SECONDS = 10
TICK_SECONDS = 0.05

MOST_AT_ONCE = 64
"""Thoughts that are taken from the queue in one go."""

FAREWELL_SECONDS = 2
"""What calls get to end when the worker is told to stop."""

P = ParamSpec("P")
T = TypeVar("T")


class Asking:
    """One run over the queue. world: only its thoughts, whose replies come one grid step later.

    in_flight: thoughts under way at most. stopping: whether to give up at once, and give back.
    alive: called all the while.
    """

    def __init__(
        self,
        *,
        in_flight: int,
        world: World | None = None,
        stopping: Callable[[], bool] = lambda: False,
        alive: Callable[[], object] = lambda: None,
    ) -> None:
        self._in_flight = in_flight
        self._world = world
        self._stopping = stopping
        self._alive = alive
        self._tasks: dict[asyncio.Task[Finished], Errand] = {}
        self._finished: list[Finished] = []
        self._database = ThreadPoolExecutor(1, thread_name_prefix="minds-database")
        self.answered = 0

    def run(self) -> int:
        """Ask until there is nothing left; returns how many thoughts were answered."""
        try:
            asyncio.run(self._run())
        finally:
            self._database.submit(close_connection).result()
            self._database.shutdown()
        return self.answered

    async def _run(self) -> None:
        async with Clients() as clients, Gate() as gates:
            self._thinker = Thinker(clients, gates, self._in_thread)
            try:
                await self._work()
            finally:
                await self._give_back()

    async def _work(self) -> None:
        looked = flushed = renewed = float("-inf")
        while not self._stopping():
            now, idle = time.monotonic(), False
            if now - looked >= LOOK_SECONDS and len(self._tasks) < self._in_flight:
                looked = now
                idle = not await self._take()
            if self._finished and (idle or now - flushed >= FLUSH_SECONDS):
                flushed = now
                await self._flush()
            if self._tasks and now - renewed >= RENEW_SECONDS:
                renewed = now
                under_way = [errand.thought for errand in self._tasks.values()]
                await self._in_thread(thoughts.renew, under_way)
            self._alive()
            if self._tasks:
                await asyncio.wait(
                    self._tasks, timeout=TICK_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if not self._tasks:
                    looked = float("-inf")
            elif idle and not self._finished:
                return
            elif not self._finished:
                await asyncio.sleep(TICK_SECONDS)

    async def _take(self) -> bool:
        """Take what is waiting, as far as there is room; whether there was anything.

        The last places are for those who talk.
        """
        room = self._in_flight - len(self._tasks)
        routine = room - self._in_flight // RESERVED_SHARE
        urgent_only = routine <= 0 < room and self._in_flight >= RESERVED_SHARE
        most = min(room if urgent_only else max(routine, 1), MOST_AT_ONCE)
        errands = await self._in_thread(self._claim, most, urgent_only=urgent_only)
        for errand in errands:
            task = asyncio.create_task(self._thinker.think(errand))
            self._tasks[task] = errand
            task.add_done_callback(self._done)
        return bool(errands)

    def _claim(self, count: int, *, urgent_only: bool) -> list[Errand]:
        taken = thoughts.claim(
            count=count,
            world=self._world,
            urgent_only=urgent_only,
            besides=[errand.thought.pk for errand in list(self._tasks.values())],
        )
        thoughts.write_off(taken)
        return preparing.prepare(taken) if taken else []

    def _done(self, task: "asyncio.Task[Finished]") -> None:
        if task.cancelled():
            return
        errand = self._tasks.pop(task)
        error = task.exception()
        if error is None:
            self._finished.append(task.result())
            return
        # Whatever went wrong in here must not leave somebody standing.
        logger.error("thought_failed", thought=errand.thought.pk, exc_info=error)
        finished = Finished(errand, errand.messages)
        finished.failure, finished.detail = StandIn.INVALID.name.lower(), type(error).__name__
        self._finished.append(finished)

    async def _flush(self) -> None:
        finished, self._finished = self._finished, []
        headless = self._world is not None
        try:
            await self._in_thread(settling.settle, finished, headless=headless)
        except (DatabaseError, ValueError):
            # One answer that cannot be kept must not take the others along.
            for each in finished:
                await self._settle_alone(each, headless=headless)
        self.answered += len(finished)

    async def _settle_alone(self, finished: Finished, *, headless: bool) -> None:
        try:
            await self._in_thread(settling.settle, [finished], headless=headless)
        except (DatabaseError, ValueError) as error:
            logger.exception("answer_not_kept", thought=finished.errand.thought.pk)
            lost = Finished(finished.errand, finished.errand.messages)
            lost.failure, lost.detail = StandIn.INVALID.name.lower(), type(error).__name__
            await self._in_thread(settling.settle, [lost], headless=headless)

    async def _give_back(self) -> None:
        """Cancel what is under way, keep what has come, and release the rest."""
        under_way = list(self._tasks)
        for task in under_way:
            task.cancel()
        if under_way:
            await asyncio.wait(under_way, timeout=FAREWELL_SECONDS)
        if self._finished:
            await self._flush()
        if self._tasks:
            await self._in_thread(settling.release, list(self._tasks.values()))

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what uses the database in the one thread that does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, lambda: work(*args, **kwargs))


def close_connection() -> None:
    """Close the connection of the thread in which this is called."""
    connection.close()
