"""Restoring: a backup becomes the database, once it has proved to be what it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from aisociety.backups.errors import BackupError
from aisociety.backups.keeping import Backup
from aisociety.backups.making import kept_worlds, migrations
from aisociety.backups.programs import connected, run, way_to
from aisociety.backups.rights import hand_on_rights
from world.models import World

RESTORED = "restored"
"""The alias of the database while it is looked at."""

OPTIONS = ("--jobs=2", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error")
"""How pg_restore is run: nothing in the dump is about the server that it comes from."""


def restore(backup: Backup) -> str:
    """Put a backup in the place of the database; returns the name that the other one has from now,
    empty if there was none.

    Nobody else may be connected to it. Raises BackupError, and everything is as it was then.
    """
    backup.check()
    _check_code(backup)
    name = connection.settings_dict["NAME"]
    moment = datetime.now(tz=UTC).strftime("%Y%m%d_%H%M%S")
    fresh, old = f"{name}_restored_{moment}", f"{name}_until_{moment}"
    leave("default")
    with _server() as server:
        _check_nobody_is_there(server, name)
        replaced = _exists(server, name)
        # Made of template1, where a superuser has put pgvector if we may not.
        _execute(server, "CREATE DATABASE {}", fresh)
        try:
            if replaced:
                hand_on_rights(name, fresh)
            way, environment = way_to(fresh)
            run("pg_restore", [f"--dbname={way}", *OPTIONS, backup.dump], environment)
            _prove(backup, fresh)
            _check_nobody_is_there(server, name)
        except BaseException:
            _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", fresh)
            raise
        if replaced:
            _execute(server, "ALTER DATABASE {} RENAME TO {}", name, old)
        _execute(server, "ALTER DATABASE {} RENAME TO {}", fresh, name)
    return old if replaced else ""


def _check_code(backup: Backup) -> None:
    """A database that is ahead of the code cannot be lived on; one behind it can be brought on."""
    here = MigrationLoader(None).disk_migrations
    apps = {app for app, _ in here}
    for app, name in backup.manifest.migrations.items():
        if app in apps and (app, name) not in here:
            raise BackupError(
                f"The backup was made by a later version: {app} has no migration {name} here."
            )


def _prove(backup: Backup, database: str) -> None:
    """See that what was restored is what was backed up, and give its worlds new epochs."""
    connections.settings[RESTORED] = {**connections.settings["default"], "NAME": database}
    try:
        if (found := migrations(RESTORED)) != backup.manifest.migrations:
            raise BackupError(f"The restored database has other migrations: {found}.")
        before = {world.slug: world for world in backup.manifest.worlds}
        after = {world.slug: world for world in kept_worlds(RESTORED)}
        if differing := sorted(
            slug for slug in before | after if before.get(slug) != after.get(slug)
        ):
            raise BackupError(f"These worlds are not as they were: {', '.join(differing)}.")
        # Whoever watches holds what may not have happened yet.
        for world in World.objects.using(RESTORED):
            World.objects.using(RESTORED).filter(pk=world.pk).update(epoch=uuid4())
    finally:
        leave(RESTORED)
        del connections[RESTORED]
        del connections.settings[RESTORED]


def leave(alias: str) -> None:
    """Close all connections of this process to a database, those that wait to be used too."""
    connections[alias].close()
    pooled: Any = connections[alias]
    pooled.close_pool()


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """A connection to the server, beside all databases that are to be moved."""
    try:
        with connected("postgres") as server:
            yield server
    except psycopg.Error as error:
        raise BackupError(f"The server refused: {' '.join(str(error).split())}") from error


def _check_nobody_is_there(server: psycopg.Connection, name: str) -> None:
    told = server.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
    row = told.fetchone()
    if row and row[0]:
        raise BackupError(
            f"{row[0]} connections use the database {name}: stop the town first, every process."
        )


def _exists(server: psycopg.Connection, name: str) -> bool:
    known = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return known.fetchone() is not None


def _execute(server: psycopg.Connection, statement: str, *names: str) -> None:
    # psycopg wants statements that were written down, and takes the names apart.
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
