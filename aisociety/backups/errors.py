"""What can go wrong with backups."""


class BackupError(RuntimeError):
    """It could not be made, or not be restored; says why, and nothing was changed."""
