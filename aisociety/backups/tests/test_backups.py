"""Backups of a real database: whole or not there, and as good as what they were made of."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aisociety.backups import BackupError, back_up, backups_in, daily, forget_oldest
from aisociety.backups.keeping import DUMP, MANIFEST, read_backup
from aisociety.configuration import BASE_DIR
from aisociety.tests.test_manage import Manage, managing
from world.advance import advance
from world.engine.gametime import HOUR
from world.history import history_hash
from world.models import World

Found = Callable[..., World]


@pytest.fixture
def lived(found_town: Found) -> World:
    world = found_town(seed=4)
    advance(world_id=world.pk, until=world.instant + 3 * HOUR)
    world.refresh_from_db()
    return world


@pytest.mark.django_db(transaction=True)
class TestMaking:
    def test_a_backup_says_what_it_holds(self, lived: World, tmp_path: Path) -> None:
        backup = back_up(tmp_path / "kept")
        (kept,) = backup.manifest.worlds
        assert (kept.slug, kept.seq) == (lived.slug, lived.seq)
        assert kept.hash == history_hash(lived)
        assert backup.manifest.migrations["world"]
        backup.check()
        assert backups_in(tmp_path / "kept") == [backup]
        assert list((tmp_path / "kept").iterdir()) == [backup.folder], "nothing else is left there"

    def test_a_backup_that_fails_leaves_nothing(
        self, lived: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*told: Any) -> None:
            raise BackupError("pg_dump failed: the disk is full")

        monkeypatch.setattr("aisociety.backups.making.run", broken)
        with pytest.raises(BackupError, match="the disk is full"):
            back_up(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_where_nothing_can_be_kept_it_says_so(self, lived: World, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(BackupError, match="Nothing can be kept"):
            back_up(tmp_path / "file" / "kept")

    def test_the_latest_are_kept(self, lived: World, tmp_path: Path) -> None:
        made = [back_up(tmp_path).folder for _ in range(3)]
        (tmp_path / "1-of-somebody-else").mkdir()
        assert forget_oldest(tmp_path, 2) == made[:1]
        assert [backup.folder for backup in backups_in(tmp_path)] == made[1:]
        assert forget_oldest(tmp_path, 2) == []

    def test_damage_is_found(self, lived: World, tmp_path: Path) -> None:
        backup = back_up(tmp_path)
        content = bytearray(backup.dump.read_bytes())
        content[len(content) // 2] ^= 1
        backup.dump.write_bytes(content)
        with pytest.raises(BackupError, match="damaged"):
            backup.check()
        backup.dump.unlink()
        with pytest.raises(BackupError, match="missing"):
            backup.check()

    def test_what_is_no_backup_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(BackupError, match="holds no backup"):
            read_backup(tmp_path)
        (tmp_path / MANIFEST).write_text('{"made_at": 1}')
        with pytest.raises(BackupError, match="cannot be read at made_at"):
            read_backup(tmp_path)


class OverError(Exception):
    pass


def test_a_day_has_one_moment() -> None:
    noon = datetime(2026, 12, 1, 12, 0, 1, tzinfo=UTC)
    assert daily.next_moment(noon, "12:00") == datetime(2026, 12, 2, 12, tzinfo=UTC)
    assert daily.next_moment(noon, "12:01") == datetime(2026, 12, 1, 12, 1, tzinfo=UTC)


def test_one_is_made_every_day_and_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
    made: list[datetime] = []

    def sleep(seconds: float) -> None:
        nonlocal time
        time += timedelta(seconds=seconds)
        if time > began + timedelta(days=2):
            raise OverError

    def make(place: Path) -> Any:
        made.append(time)
        if len(made) == 1:
            raise BackupError("no room")
        return type("Made", (), {"manifest": type("Told", (), {"bytes": 1})})

    monkeypatch.setattr(daily, "back_up", make)
    monkeypatch.setattr(daily, "forget_oldest", lambda place, keep: [])
    with pytest.raises(OverError):
        daily.back_up_daily(tmp_path, at="03:30", keep=2, now=lambda: time, sleep=sleep)
    assert daily.MADE_AT._value.get() == made[-1].timestamp()
    first = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
    assert made == [first, first + daily.AGAIN, first + timedelta(days=1)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups") / "data"


@pytest.fixture(scope="module")
def manage(data: Path) -> Manage:
    return managing(data)


@pytest.fixture(scope="module")
def kept(manage: Manage) -> dict[str, Any]:
    """A town that was backed up and has lived on since; what it was like then, and where it is."""
    first = manage("live", "--scenario", "hamlet", "--days", "0.1", "--keep", "--json")
    assert first.returncode == 0, first.stderr
    made = manage("backup")
    assert made.returncode == 0, made.stderr
    more = manage("live", "--world", "hamlet-1", "--days", "0.1", "--json")
    then, now = json.loads(first.stdout)["hash"], json.loads(more.stdout)["hash"]
    assert then != now
    return {"then": then, "folder": Path(made.stdout.splitlines()[0])}


@pytest.fixture
def copy(kept: dict[str, Any], tmp_path: Path) -> Path:
    """The backup once more, to be damaged."""
    return Path(shutil.copytree(kept["folder"], tmp_path / "20261201T000000Z"))


class TestRestoring:
    """As an operator does it, on a database of its own."""

    def test_a_damaged_one_is_refused(self, manage: Manage, copy: Path) -> None:
        (copy / DUMP).write_bytes((copy / DUMP).read_bytes()[:-1])
        done = manage("restore", str(copy))
        assert done.returncode != 0
        assert "damaged" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"worlds": []}, "not as they were: hamlet-1"),
            ({"migrations": {"world": "9999_of_tomorrow"}}, "later version"),
        ],
    )
    def test_one_that_is_not_what_it_should_be_is_refused(
        self, manage: Manage, copy: Path, change: dict[str, Any], complaint: str
    ) -> None:
        told = json.loads((copy / MANIFEST).read_text())
        (copy / MANIFEST).write_text(json.dumps(told | change))
        done = manage("restore", str(copy))
        assert complaint in done.stderr
        assert manage("audit").returncode == 0, "the database is as it was"

    def test_it_waits_for_everybody_to_be_gone(
        self, manage: Manage, kept: dict[str, Any], data: Path
    ) -> None:
        holder = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-c", HOLD],
            cwd=BASE_DIR,
            env=os.environ | {"AISOCIETY_DATA_DIR": str(data)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert holder.stdout
            while "held" not in holder.stdout.readline():
                assert holder.poll() is None
            assert "stop the town first" in manage("restore", str(kept["folder"])).stderr
        finally:
            holder.communicate("\n", timeout=60)

    def test_who_may_read_the_tables_still_may(self, manage: Manage, kept: dict[str, Any]) -> None:
        assert manage("shell", "--no-imports", "-c", GRANT).returncode == 0
        assert manage("restore", str(kept["folder"])).returncode == 0
        told = manage("shell", "--no-imports", "-c", MAY)
        assert told.stdout.split() == ["True", "False"], told.stderr

    def test_a_world_comes_back_as_it_was_and_goes_on(
        self, manage: Manage, kept: dict[str, Any]
    ) -> None:
        done = manage("restore")
        assert done.returncode == 0, done.stderr
        assert kept["then"] in done.stdout
        assert "kept as aisociety_until_" in done.stdout
        more = ("--days", "0.1", "--json")
        again = json.loads(manage("live", "--world", "hamlet-1", *more).stdout)
        whole = json.loads(
            manage("live", "--scenario", "hamlet", "--days", "0.2", "--name", "x", "--json").stdout
        )
        assert again["hash"] == whole["hash"], "it lives on as if nothing had been"
        assert manage("audit").returncode == 0


GRANT = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE ROLE reader")
    cursor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader")
"""
MAY = """
from django.db import connection
with connection.cursor() as cursor:
    for right in ("SELECT", "UPDATE"):
        cursor.execute("SELECT has_table_privilege('reader', 'world_event', %s)", [right])
        print(cursor.fetchone()[0])
"""
HOLD = """
from django.db import connection
connection.ensure_connection()
print("held", flush=True)
input()
"""
