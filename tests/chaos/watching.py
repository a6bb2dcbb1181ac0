"""Watchers of a stack: through nginx and TLS, for as long as it takes, whatever breaks."""

import asyncio
import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from deploy.stack.front import certificate
from deploy.stack.stack import Stack

AGAIN_SECONDS = 0.2
SILENT_SECONDS = 15


@dataclass
class Heard:
    """What one watcher has heard. events: the kind of each event, by its number."""

    first: int = -1
    last: int = -1
    epoch: str = ""
    events: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    heard_at: float = 0.0

    def missing(self, until: int) -> int:
        """How many events from the first snapshot to `until` it has not heard of."""
        return sum(number not in self.events for number in range(self.first + 1, until + 1))


class Watchers:
    """So many watchers that connect again whenever they are cut off, and miss nothing."""

    def __init__(self, stack: Stack, count: int) -> None:
        self.heard = [Heard() for _ in range(count)]
        self._host = f"localhost:{stack.layout.https}"
        self._trusted = ssl.create_default_context(cafile=str(certificate(stack.layout)))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Watchers":
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        self._thread.join()

    def await_all(self, seq: int, seconds: float = 60) -> None:
        """Wait until each has heard of an event and all before it. Raises AssertionError."""
        deadline = time.monotonic() + seconds
        while behind := [heard for heard in self.heard if heard.last < seq]:
            assert time.monotonic() < deadline, f"{len(behind)} watchers are behind {seq}"
            time.sleep(0.1)

    def await_news(self, seconds: float = 120) -> float:
        """Wait until each hears of a new instant; returns the seconds until the last of them."""
        began = time.monotonic()
        while any(heard.heard_at < began for heard in self.heard):
            assert time.monotonic() < began + seconds, "watchers hear of nothing"
            time.sleep(0.02)
        return time.monotonic() - began

    def _run(self) -> None:
        asyncio.run(self._watch_all())

    async def _watch_all(self) -> None:
        async with asyncio.TaskGroup() as group:
            for heard in self.heard:
                group.create_task(self._watch(heard))

    async def _watch(self, heard: Heard) -> None:
        while not self._over.is_set():
            try:
                async with connect(
                    f"wss://{self._host}/api/stream",
                    origin=Origin(f"https://{self._host}"),
                    ssl=self._trusted,
                    compression=None,
                    max_size=None,
                ) as socket:
                    await self._listen(heard, socket)
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self, heard: Heard, socket: Any) -> None:
        silent_since = time.monotonic()
        while not self._over.is_set():
            try:
                frame = json.loads(await asyncio.wait_for(socket.recv(), 0.5))
            except TimeoutError:
                if time.monotonic() - silent_since > SILENT_SECONDS:
                    return
                continue
            silent_since = time.monotonic()
            answer = _take(heard, frame)
            if answer:
                await socket.send(json.dumps(answer))


def _take(heard: Heard, frame: dict[str, Any]) -> dict[str, Any] | None:
    """What a watcher makes of a frame, and what it answers."""
    if frame["type"] == "snapshot":
        if heard.first < 0 or frame["epoch"] != heard.epoch:
            heard.first = heard.last = frame["seq"]
            heard.epoch = frame["epoch"]
            heard.events.clear()
            return None
        # A browser would begin anew; this one wants every event that it missed.
        return {"type": "resume", "after_seq": heard.last}
    if frame["type"] == "resync":
        return {"type": "resume", "after_seq": heard.last}
    if frame["type"] == "instant":
        _take_instant(heard, frame)
    return None


def _take_instant(heard: Heard, frame: dict[str, Any]) -> None:
    for event in frame["events"]:
        told = heard.events.setdefault(event["seq"], event["kind"])
        if told != event["kind"]:
            heard.faults.append(f"event {event['seq']} is {event['kind']} and was {told}")
    if frame["prev_seq"] > heard.last:
        # What came before is asked for, and comes.
        return
    if frame["seq"] > heard.last:
        heard.last = frame["seq"]
        heard.heard_at = time.monotonic()
