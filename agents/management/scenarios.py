"""Scenarios as commands name them."""

from pathlib import Path

from django.conf import settings


def folder_named(name: str) -> Path:
    """The folder of a scenario, by its path or by its name among those that are shipped."""
    folder = Path(name)
    return folder if folder.is_dir() else Path(settings.SCENARIOS_DIR) / name
