"""The programs of PostgreSQL that write a database down and read it again."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from aisociety.backups.errors import BackupError
from aisociety.embedded.postgres import program

CONNECTING = ("host", "port", "user", "sslmode", "sslrootcert", "sslcert", "sslkey")
"""What of the way to the database is told to a program; its password goes by the environment."""


def way_to(database: str) -> tuple[str, dict[str, str]]:
    """How a program reaches a database on the server that Django uses: conninfo and environment."""
    told = connection.get_connection_params()
    known = {name: told[name] for name in CONNECTING if told.get(name)}
    environment = dict(os.environ)
    if told.get("password"):
        environment["PGPASSWORD"] = str(told["password"])
    return make_conninfo(dbname=database, connect_timeout=10, **known), environment


def connected(database: str) -> psycopg.Connection:
    """A connection to a database on that server, each statement a transaction of its own."""
    way, environment = way_to(database)
    return psycopg.connect(way, autocommit=True, password=environment.get("PGPASSWORD"))


def run(name: str, arguments: Sequence[str | Path], environment: dict[str, str]) -> None:
    """Run a program to its end. Raises BackupError with what it complained of."""
    done = subprocess.run(
        [program(name), *map(str, arguments)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        told = " ".join(done.stderr.split())[-500:]
        raise BackupError(f"{name} failed: {told}")
