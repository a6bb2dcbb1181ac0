"""Other processes that use servers, and looking at and ending those servers."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from aisociety.embedded.service import Service

PROJECT = Path(__file__).parents[3]
PATIENCE_SECONDS = 30

# A process that uses the servers of a folder until its standard input ends.
USER = """
import sys
from pathlib import Path
from aisociety import embedded
services = [getattr(embedded, name)(Path(sys.argv[1])) for name in sys.argv[2:]]
with embedded.running(*services):
    print(*(service.pid for service in services), flush=True)
    sys.stdin.read()
"""


def remove(folder: Path) -> None:
    """Remove a data folder and what its links lead to."""
    for link in folder.rglob("*"):
        if link.is_symlink():
            shutil.rmtree(link.resolve())
    shutil.rmtree(folder)


class User:
    """Another process that uses services; `pids` are the servers' own."""

    def __init__(self, data: Path, *services: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(data), *services],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
        )

    @property
    def pids(self) -> list[int]:
        assert self.process.stdout is not None
        return [int(word) for word in self.process.stdout.readline().split()]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def ask_to_leave(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def leave(self) -> None:
        self.ask_to_leave()
        assert self.process.wait(PATIENCE_SECONDS) == 0


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but that nobody has reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(
        ["ps", "-o", "state=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return state.stdout.strip()[:1] not in ("", "Z")


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.02)


def kill_server(service: Service) -> None:
    pid = pid_of(service)
    os.kill(pid, 9)
    wait_until_gone(pid)


def pid_of(service: Service) -> int:
    pid = service.pid
    assert pid is not None
    return pid
