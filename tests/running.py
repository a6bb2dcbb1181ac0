"""The whole product, run by `manage.py up` as a newcomer runs it, on a data folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.web_process import free_port

ROOT = Path(__file__).resolve().parent.parent


class Running:
    """A town that runs, and what it has printed so far."""

    def __init__(self, data: Path, *arguments: str, port: int = 0, **environment: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.log = data.parent / f"{data.name}.log"
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "manage.py", "up", "--port", str(self.port), *arguments],
                cwd=ROOT,
                env=clean
                | {"AISOCIETY_DATA_DIR": str(data), "REST_RATE": "100000/min"}
                | environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        """Everything on its terminal."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def await_answer(self, seconds: float = 90) -> float:
        """Wait until the page answers; returns how long that took, in seconds."""
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            assert self.process.poll() is None, self.printed
            try:
                self.get("/api/world/status")
            except OSError:
                time.sleep(0.1)
            else:
                return time.monotonic() - began
        raise AssertionError(self.printed)

    def get(self, path: str) -> Any:
        """The data of an answer."""
        url = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    def await_seq(self, beyond: int, seconds: float = 30) -> int:
        """Wait until the world has events after this one; returns the last."""
        deadline = time.monotonic() + seconds
        while (seq := int(self.get("/api/world/status")["seq"])) <= beyond:
            assert time.monotonic() < deadline, f"nothing happened:\n{self.printed}"
            time.sleep(0.2)
        return seq

    def login(self) -> tuple[str, str]:
        """The user and the password that were printed."""
        found = re.search(r"user (\S+), password (\S+)", self.printed)
        assert found, self.printed
        return found[1], found[2]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Stop it; returns how long that took, in seconds."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        return time.monotonic() - began

    def processes(self) -> list[str]:
        """The command lines of every process of this town that is alive."""
        return list(self.alive().values())

    def alive(self) -> dict[int, str]:
        """Every process of this town that is alive: its pid and its command line."""
        mark = str(self.data).encode()
        services = self._services()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes()
                environment = (folder / "environ").read_bytes()
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            ours = mark in command or mark in environment or {int(folder.name), parent} & services
            if command and ours:
                found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        return found

    def _services(self) -> set[int]:
        """The pids of the embedded servers, which have another environment."""
        told = (path.read_text() for path in (self.data / "locks").glob("*.server"))
        return {int(pid) for pid in told if pid.strip()}
