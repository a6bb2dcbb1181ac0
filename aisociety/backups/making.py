"""Making a backup: one moment of the whole database, while the town lives on."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from aisociety.backups.errors import BackupError
from aisociety.backups.keeping import (
    DUMP,
    MANIFEST,
    Backup,
    KeptWorld,
    Manifest,
    read_backup,
    sha256,
)
from aisociety.backups.programs import run, way_to
from world.history import history_hash
from world.models import World


def back_up(place: Path) -> Backup:
    """Write the database down in a new folder in `place`. Raises BackupError."""
    made_at = datetime.now(tz=UTC)
    folder = place / made_at.strftime("%Y%m%dT%H%M%S.%fZ")
    unfinished = place / f".unfinished-{folder.name}"
    try:
        unfinished.mkdir(parents=True)
        unfinished.chmod(0o700)
        manifest = _write(unfinished, made_at)
        (unfinished / MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        _keep_through_a_power_cut(unfinished)
        unfinished.rename(folder)
        _sync(place)
    except OSError as error:
        raise BackupError(f"Nothing can be kept in {place}: {error.strerror}.") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return read_backup(folder)


def _write(folder: Path, made_at: datetime) -> Manifest:
    dump = folder / DUMP
    database = connection.settings_dict["NAME"]
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # A long look: limits for people who ask are not for it.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
        moment, version = cursor.fetchone()
        way, environment = way_to(database)
        run(
            "pg_dump",
            ["--format=custom", f"--snapshot={moment}", f"--file={dump}", f"--dbname={way}"],
            environment,
        )
        return Manifest(
            made_at=made_at.isoformat(),
            postgres=version,
            bytes=dump.stat().st_size,
            sha256=sha256(dump),
            migrations=migrations(),
            worlds=kept_worlds(),
        )


def migrations(using: str = "default") -> dict[str, str]:
    """The last migration of each app that a database has seen."""
    seen = MigrationRecorder.Migration.objects.using(using).order_by("app", "name")
    return dict(seen.values_list("app", "name"))


def kept_worlds(using: str = "default") -> list[KeptWorld]:
    """The worlds of a database, each with the hash of its history."""
    return [
        KeptWorld(
            slug=world.slug,
            seed=world.seed,
            lived_until=world.lived_until,
            seq=world.seq,
            hash=history_hash(world),
        )
        for world in World.objects.using(using).order_by("slug")
    ]


def _keep_through_a_power_cut(folder: Path) -> None:
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
