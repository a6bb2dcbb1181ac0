"""A thousand watchers of a living town of 200: with daphne, with uvicorn, beside who means harm.

`python -m benchmarks.bench_watchers [WATCHERS]`. One web process, an engine and a beat, and the
crowd in a process of its own, all on one machine: the crowd takes as much of it as the server.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import numpy as np

from benchmarks import services
from tests.web_process import await_answer, free_port

RESIDENTS = 200
SECONDS = 40
REST_EACH_SECOND = 50
DOORS = ("/api/world/status", "/api/agents/3", "/api/world/events?limit=50")
STALLED = 100
CONNECTS = 3_000
MEGABYTE = b"x" * 2**20
UPGRADE = (
    "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: c21va2Utc21va2Utc21vaw==\r\n\r\n"
)


def servers(port: int) -> dict[str, list[str]]:
    """The command line of each server, as it is meant to be run."""
    from aisociety.processes import commands

    return {
        "daphne": commands("127.0.0.1", port)["web"],
        "uvicorn": [
            *(sys.executable, "-m", "uvicorn", "aisociety.asgi:application", "--port", str(port)),
            *("--lifespan", "off", "--no-access-log", "--log-level", "warning"),
            *("--ws", "websockets", "--ws-per-message-deflate", "false"),
        ],
    }


@contextmanager
def process(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    from aisociety.processes import QUIET

    environment = os.environ | QUIET | {"REST_RATE": "1000000/min"}
    running = subprocess.Popen(command, cwd=services.ROOT, env=environment)
    try:
        yield running
    finally:
        running.terminate()
        running.wait(timeout=60)


class Asking:
    """Somebody who asks REST so many times a second. took: milliseconds of each answer."""

    def __init__(self, port: int) -> None:
        self.took: list[float] = []
        self.failures = 0
        self._address = f"http://127.0.0.1:{port}"
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n,)) for n in range(10)]

    def __enter__(self) -> "Asking":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        pause = len(self._threads) / REST_EACH_SECOND
        while not self._over.wait(pause):
            door = DOORS[number % len(DOORS)]
            began = time.perf_counter()
            try:
                with urllib.request.urlopen(self._address + door, timeout=30) as told:
                    told.read()
            except OSError:
                self.failures += 1
            self.took.append((time.perf_counter() - began) * 1000)


def stalled(port: int, seconds: float) -> None:
    """Sockets that open a stream and never read."""
    sockets = []
    for _ in range(STALLED):
        each = socket.create_connection(("127.0.0.1", port))
        each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        each.sendall(UPGRADE.format(port=port).encode())
        sockets.append(each)
    time.sleep(seconds)
    for each in sockets:
        each.close()


def shouting(port: int, seconds: float) -> None:
    """Streams that are told a megabyte at once, again and again."""
    ends = time.monotonic() + seconds
    frame = b"\x81\xff" + len(MEGABYTE).to_bytes(8, "big") + b"\0\0\0\0" + MEGABYTE
    while time.monotonic() < ends:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as each:
                each.sendall(UPGRADE.format(port=port).encode())
                each.recv(1024)
                each.sendall(frame)
                each.recv(1024)
        except OSError:
            pass
        time.sleep(0.05)


def knocking(port: int, seconds: float) -> None:
    """A thousand connections a second that say nothing."""
    for number in range(min(CONNECTS, int(seconds * 1000))):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        if number % 50 == 49:
            time.sleep(0.05)


NOBODY: Callable[[int, float], None] = lambda port, seconds: None  # noqa: E731
WHO = {
    "nobody else": NOBODY,
    f"{STALLED} who never read": stalled,
    "a megabyte twenty times a second": shouting,
    f"{CONNECTS:,} connections at 1,000 a second": knocking,
}


def measure(server: str, watchers: int, who: str) -> str:
    import psutil

    port = free_port()
    with process(servers(port)[server]) as web:
        await_answer(f"http://127.0.0.1:{port}/api/health/live", web)
        told = psutil.Process(web.pid)
        crowd = subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.crowd_process"),
                *(str(port), str(watchers), str(SECONDS)),
            ],
            cwd=services.ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert crowd.stdout
        assert crowd.stdout.readline() == "watching\n"
        before = sum(told.cpu_times()[:2])
        disturbing = threading.Thread(target=WHO[who], args=(port, SECONDS - 5))
        disturbing.start()
        with Asking(port) as asking:
            line = crowd.stdout.readline()
        cpu = sum(told.cpu_times()[:2]) - before
        memory = told.memory_full_info().pss / 2**20
        disturbing.join()
        crowd.wait(timeout=60)
    found = json.loads(line)
    p50, p95 = np.percentile(found["late"], [50, 95])
    return (
        f"| {server} | {who} | {p50:.0f} ms | {p95:.0f} ms |"
        f" {100 * cpu / SECONDS:.0f} % | {memory:.0f} MB |"
        f" {found['complete']} of {found['frames']}, {found['lost']} lost |"
        f" {np.percentile(asking.took, 95):.0f} ms, {asking.failures} failures |"
    )


def main(watchers: int) -> None:
    with services.running():
        from django.conf import settings

        from agents.founding import found_town
        from aisociety.processes import commands
        from world import pace, registry
        from world.advance import advance
        from world.control import set_speed
        from world.engine.gametime import HOUR
        from world.scenario import read

        scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
        world = found_town(scenario=scenario, seed=1, residents=RESIDENTS)
        advance(world_id=world.pk, until=world.instant + 2 * HOUR)
        pace.start(world=world)
        set_speed(world=world, speed=5)
        town = commands("", 0)
        print("| server | beside | p50 | p95 | CPU | memory | whole frames | REST p95 |")
        print("|---|---|---|---|---|---|---|---|")
        with process(town["engine"]), process(town["beat"]):
            for server in servers(0):
                print(measure(server, watchers, "nobody else"), flush=True)
            for who in list(WHO)[1:]:
                print(measure("daphne", watchers, who), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
