"""manage.py, as somebody meets it who has only just installed the product."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]

Manage = Callable[..., "subprocess.CompletedProcess[str]"]


def managing(data: Path) -> Manage:
    environment = os.environ | {"AISOCIETY_DATA_DIR": str(data)}

    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    """Runs manage.py on a data directory of its own: `manage("live", "--days", "1")`."""
    return managing(tmp_path / "data")


@pytest.fixture(scope="module")
def manage_one(tmp_path_factory: pytest.TempPathFactory) -> Manage:
    """Runs manage.py on a data directory that was made for the first who asks."""
    return managing(tmp_path_factory.mktemp("one") / "data")


def test_a_town_lives_on_a_machine_that_has_seen_none(manage_one: Manage) -> None:
    arguments = ("live", "--scenario", "hamlet", "--days", "0.1", "--json")
    first, again = manage_one(*arguments), manage_one(*arguments)
    assert first.returncode == 0, first.stderr
    assert '"residents": 12' in first.stdout
    assert first.stdout.rpartition('"hash"')[2][:68] == again.stdout.rpartition('"hash"')[2][:68]


def test_a_database_of_ones_own_that_cannot_be_reached_is_told(manage: Manage) -> None:
    done = manage("live", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "127.0.0.1" in done.stderr


def test_an_unwritable_folder_is_told_in_a_sentence(manage: Manage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    done = manage("live", AISOCIETY_DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_help_needs_no_database(manage: Manage, tmp_path: Path) -> None:
    done = manage("help")
    assert done.returncode == 0
    assert "live" in done.stdout
    assert not (tmp_path / "data").exists()


def test_a_town_can_be_founded_without_being_served(manage_one: Manage) -> None:
    first, again = manage_one("found", "--scenario", "hamlet"), manage_one("found")
    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert "user operator, password " in first.stdout
    assert "password" not in again.stdout, "there is a town and an operator already"


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=3)
