"""Where a stack keeps what it holds, and the ports that it listens at."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aisociety.embedded import Postgres, Valkey
from aisociety.embedded.folders import make_passage

ROOT = Path(__file__).resolve().parents[2]

EACH = 2
"""Processes of each kind."""

KINDS = ("web", "engine", "minds", "beat")


def named(kind: str) -> list[str]:
    """The names of a kind's processes."""
    return [f"{kind}-{number}" for number in range(1, EACH + 1)]


TOWN = [name for kind in KINDS for name in named(kind)]
"""The processes of the product that serve a town."""


@dataclass(frozen=True)
class Layout:
    """A stack's folder; https: the one port that is chosen, the others are any that are free."""

    folder: Path
    https: int

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def run(self) -> Path:
        """Configurations that are written anew with each start, sockets, and pids."""
        return self.folder / "state"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def supervisor(self) -> Path:
        return self.run / "supervisor.sock"

    @cached_property
    def postgres(self) -> Postgres:
        """Where PostgreSQL keeps its data, and as whom it runs."""
        return Postgres(self.folder)

    @cached_property
    def redis(self) -> Valkey:
        """The same of Redis."""
        return Valkey(self.folder)

    @cached_property
    def ports(self) -> dict[str, int]:
        """The ports of a stack, by the name of who listens; the same with each start."""
        kept = self.folder / "ports.json"
        names = ["postgres", "standby", "redis", "http", "prometheus", "fake-llm", *named("web")]
        names += [f"metrics-{name}" for name in (*TOWN, "backup")]
        ports = json.loads(kept.read_text()) if kept.exists() else {}
        if missing := [name for name in names if name not in ports]:
            with _free_ports(len(missing)) as free:
                ports |= dict(zip(missing, free, strict=True))
            kept.write_text(json.dumps(ports, indent=2))
        return {**ports, "https": self.https}

    def make(self) -> None:
        """Make the folders, each for those who need it."""
        make_passage(self.folder)
        for folder in (self.run, self.logs, self.backups):
            make_passage(folder)
        for service in (self.postgres, self.redis):
            service.location.make()

    def environment(self) -> dict[str, str]:
        """What every process of the product is told; secrets by the names of files."""
        strange = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
        clean = {name: value for name, value in os.environ.items() if name not in strange}
        return clean | {
            "ENVIRONMENT": "production",
            "SECRET_KEY_FILE": str(self.secrets / "secret_key"),
            "DATABASE_URL_FILE": str(self.secrets / "database_url"),
            "REDIS_URL_FILE": str(self.secrets / "redis_url"),
            "AISOCIETY_DATA_DIR": str(self.folder / "data"),
            "BACKUP_DIR": str(self.backups),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "PROXIES": "1",
            # Browsers would remember it of every program that listens at localhost.
            "HSTS_SECONDS": "0",
            "PYTHONUNBUFFERED": "1",
        }

    def owner_environment(self) -> dict[str, str]:
        """The same for whoever changes tables: migrations, backups, restoring."""
        return self.environment() | {"DATABASE_URL_FILE": str(self.secrets / "owner_database_url")}


@contextmanager
def _free_ports(count: int) -> Iterator[list[int]]:
    with ExitStack() as open_:
        probes = [open_.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        yield [probe.getsockname()[1] for probe in probes]
