"""A crowd of watchers in a process of its own, so that its work is nobody else's.

`python -m benchmarks.crowd_process PORT COUNT SECONDS` connects, says "watching", watches, and
prints what came of it as one line of JSON. A frame is published when Redis hands it to this
process.
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter

import redis.asyncio

from benchmarks import services

AT_ONCE = 50
SEQ = re.compile(rb'"seq":(\d+)')
INSTANT = b'"type":"instant"'


class Crowd:
    """heard: for each number of an instant, the moments at which watchers heard of it."""

    def __init__(self) -> None:
        self.published: dict[int, float] = {}
        self.heard: dict[int, list[float]] = {}
        self.kinds: Counter[str] = Counter()
        self.connected = self.lost = 0

    async def listen_to_redis(self, address: str) -> None:
        client = redis.asyncio.Redis.from_url(address, socket_timeout=None)
        async with client.pubsub() as subscribed:
            await subscribed.psubscribe("*")
            async for message in subscribed.listen():
                data = message["data"]
                if isinstance(data, bytes) and INSTANT in data and (seq := SEQ.search(data)):
                    self.published.setdefault(int(seq[1]), time.perf_counter())

    async def watch(self, port: int, ready: "asyncio.Semaphore", watching: asyncio.Event) -> None:
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed

        async with ready:
            socket = await connect(
                f"ws://127.0.0.1:{port}/api/stream",
                origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
                compression=None,
                max_size=None,
                open_timeout=60,
                ping_interval=None,
            )
            await socket.recv()
            self.connected += 1
        await watching.wait()
        try:
            while True:
                text = await socket.recv(decode=False)
                now = time.perf_counter()
                if INSTANT in text[:60]:
                    seq = SEQ.search(text)
                    assert seq
                    self.heard.setdefault(int(seq[1]), []).append(now)
                else:
                    self.kinds[text[9:20].decode()] += 1
        except ConnectionClosed:
            self.lost += 1


async def main(port: int, count: int, seconds: float) -> None:
    from django.conf import settings

    crowd, watching = Crowd(), asyncio.Event()
    ready = asyncio.Semaphore(AT_ONCE)
    hearing = asyncio.create_task(crowd.listen_to_redis(settings.REDIS))
    began = time.perf_counter()
    watchers = [asyncio.create_task(crowd.watch(port, ready, watching)) for _ in range(count)]
    while crowd.connected < count:
        if failed := [task for task in watchers if task.done()]:
            failed[0].result()
        await asyncio.sleep(0.1)
    connected = time.perf_counter() - began
    watching.set()
    print("watching", flush=True)
    starts = time.perf_counter()
    await asyncio.sleep(seconds)
    for task in (hearing, *watchers):
        task.cancel()
    counted = {
        seq: moments
        for seq, moments in crowd.heard.items()
        if crowd.published.get(seq, 0) > starts + 1
    }
    late = [
        round((moment - crowd.published[seq]) * 1000, 2)
        for seq, moments in counted.items()
        for moment in moments
    ]
    complete = sum(len(moments) == count for moments in counted.values())
    print(
        json.dumps(
            {
                "connected": connected,
                "frames": len(counted),
                "complete": complete,
                "late": late,
                "lost": crowd.lost,
                "others": dict(crowd.kinds),
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    assert services
    import django

    django.setup()
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
