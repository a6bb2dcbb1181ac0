"""`manage.py restore`: a backup in the place of the database, once it has proved itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aisociety.backups import BackupError, backups_in, restore
from aisociety.backups.keeping import read_backup


class Command(BaseCommand):
    help = (
        "Restore a backup beside the database, see that its worlds have the histories that they"
        " had, and put it in the database's place; the other one is kept under another name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", help="of the backup (default: the latest in BACKUP_DIR)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            backup = read_backup(options["folder"]) if options["folder"] else self._latest()
            old = restore(backup)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored {backup.folder}, as of {backup.manifest.made_at}")
        for world in backup.manifest.worlds:
            self.stdout.write(f"  {world.slug}: {world.seq:,} events, history {world.hash}")
        if old:
            self.stdout.write(f"the database of before is kept as {old}")

    def _latest(self) -> Any:
        found = backups_in(settings.BACKUP_DIR)
        if not found:
            raise CommandError(f"there is no backup in {settings.BACKUP_DIR}")
        return found[-1]
