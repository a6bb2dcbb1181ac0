"""Frames: from the commit to 200 watchers, and what a frame costs the server.

`python -m benchmarks.bench_frames [WATCHERS]`. The peer is benchmarks/plain_stream.py, where every
socket subscribes by itself, under the same daphne.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

from benchmarks import services
from tests.web_process import free_port

FRAMES = 60
WARM_UP = 10
PAUSE = 0.1
ROOT = Path(__file__).resolve().parent.parent


class Crowd:
    """Watchers in a thread of their own. heard: the moments at which each number was heard."""

    def __init__(self, port: int, count: int) -> None:
        self.port, self.count = port, count
        self.heard: dict[int, list[float]] = {}
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(self._run(),))

    async def _run(self) -> None:
        from websockets.asyncio.client import connect

        self.gone = asyncio.Event()
        url = f"ws://127.0.0.1:{self.port}/api/stream"
        origin = f"http://127.0.0.1:{self.port}"
        sockets = []
        for _ in range(self.count):
            watcher = await connect(url, origin=origin, compression=None, max_size=None)
            await watcher.recv()
            sockets.append(watcher)
        listening = [asyncio.ensure_future(self._listen(watcher)) for watcher in sockets]
        self.ready.set()
        await self.gone.wait()
        for task in listening:
            task.cancel()
        await asyncio.gather(*(watcher.close() for watcher in sockets))

    async def _listen(self, watcher: object) -> None:
        async for text in watcher:  # type: ignore[attr-defined]
            now = time.perf_counter()
            if '"type":"instant"' in text[:40]:
                seq = int(re.search(r'"seq":(\d+)', text)[1])  # type: ignore[index]
                self.heard.setdefault(seq, []).append(now)

    def __enter__(self) -> "Crowd":
        self.thread.start()
        self.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.gone.set)
        self.thread.join()


def measure(application: str, count: int) -> dict[str, float]:
    """Latency in ms and server CPU in ms per frame, with so many watchers."""
    import psutil

    from world.advance import advance_once
    from world.models import World
    from world.stream.announcing import announce_instants

    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "daphne", "--port", str(port), "--verbosity", "0", application],
        cwd=ROOT,
        env=os.environ,
    )
    committed: dict[int, float] = {}
    sizes = []

    def announce(world, events, prev_seq) -> None:
        committed[prev_seq + len(events)] = time.perf_counter()
        sizes.append(len(events))
        announce_instants(world, events, prev_seq)

    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        world = World.objects.get()
        process = psutil.Process(server.pid)
        with Crowd(port, count) as crowd:
            for frame in range(WARM_UP + FRAMES):
                if frame == WARM_UP:
                    committed.clear()
                    sizes.clear()
                    began = sum(process.cpu_times()[:2])
                before = len(committed)
                while len(committed) == before:
                    until = World.objects.values_list("instant", flat=True).get() + 3600
                    advance_once(world_id=world.pk, until=until, instants=1, announce=announce)
                time.sleep(PAUSE)
            time.sleep(1)
            cpu = sum(process.cpu_times()[:2]) - began
        late = [
            (moment - committed[seq]) * 1000
            for seq, moments in crowd.heard.items()
            if seq in committed
            for moment in moments
        ]
        assert len(late) == FRAMES * count, f"{len(late)} of {FRAMES * count} frames came"
        return {
            "p50 ms": float(np.percentile(late, 50)),
            "p95 ms": float(np.percentile(late, 95)),
            "CPU ms a frame": cpu * 1000 / FRAMES,
            "events a frame": float(np.mean(sizes)),
        }
    finally:
        server.terminate()
        server.wait()


def main(count: int) -> None:
    with services.running():
        from django.conf import settings

        from agents.founding import found_town
        from world import registry
        from world.advance import advance
        from world.scenario import read

        scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
        world = found_town(scenario=scenario, seed=1, residents=200)
        advance(world_id=world.pk, until=world.instant + 2 * 3600)
        for name, application in (
            ("hub", "aisociety.asgi:application"),
            ("a subscription a socket", "benchmarks.plain_stream:application"),
        ):
            found = measure(application, count)
            told = "  ".join(f"{key} {value:.1f}" for key, value in found.items())
            print(f"{name:>24}, {count} watchers: {told}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
