"""`manage.py backup`: the whole database as it is at one moment, while the town lives on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aisociety.backups import BackupError, back_up, backups_in, forget_oldest
from aisociety.backups.daily import back_up_daily
from aisociety.metrics.starting import start_measuring


class Command(BaseCommand):
    help = "Write the database down in a folder of its own, with a manifest that proves it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="folder of backups (default BACKUP_DIR)")
        parser.add_argument("--keep", type=int, help="delete all but the latest so many")
        parser.add_argument(
            "--daily",
            action="store_true",
            help="go on for ever: one every day at BACKUP_AT, of which BACKUP_KEEP are kept",
        )
        parser.add_argument("--list", action="store_true", help="only tell which there are")

    def handle(self, *args: Any, **options: Any) -> None:
        place = options["to"] or settings.BACKUP_DIR
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep must be at least 1")
        if options["list"]:
            for backup in backups_in(place):
                worlds = ", ".join(world.slug for world in backup.manifest.worlds) or "no world"
                self.stdout.write(f"{backup.folder}  {backup.manifest.bytes:,} bytes  {worlds}")
            return
        if options["daily"]:
            start_measuring()
            back_up_daily(
                place, at=settings.BACKUP_AT, keep=options["keep"] or settings.BACKUP_KEEP
            )
        try:
            backup = back_up(place)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(backup.folder))
        for world in backup.manifest.worlds:
            self.stdout.write(f"  {world.slug}: {world.seq:,} events, history {world.hash}")
        if options["keep"] is not None:
            for folder in forget_oldest(place, options["keep"]):
                self.stdout.write(f"deleted {folder}")
