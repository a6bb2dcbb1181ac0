"""Backups: the whole database in one folder, with what is needed to trust it.

A backup is whole or not there. It is restored beside the database that it is to replace, and takes
its place only when its worlds have proved to have the histories that they had; the other one stays.
"""

from aisociety.backups.errors import BackupError
from aisociety.backups.keeping import Backup, backups_in, forget_oldest
from aisociety.backups.making import back_up
from aisociety.backups.restoring import restore

__all__ = ["Backup", "BackupError", "back_up", "backups_in", "forget_oldest", "restore"]
