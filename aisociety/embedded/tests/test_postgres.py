import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from aisociety import embedded
from aisociety.embedded.folders import make_private
from aisociety.embedded.tests.processes import kill_server


def ask(postgres: embedded.Postgres, query: str) -> Any:
    """The first column of the first row, over the address that Django is given."""
    settings = postgres.settings()
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        dbname=settings["NAME"],
    ) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_new_folder_becomes_a_durable_database_with_vectors_and_no_port(data: Path) -> None:
    postgres = embedded.Postgres(data)
    with embedded.running(postgres):
        assert ask(postgres, "SELECT '[3,4]'::vector <-> '[0,0]'") == 5
        assert ask(postgres, "SHOW fsync") == "on"
        assert ask(postgres, "SHOW listen_addresses") == ""
        assert ask(postgres, "SELECT upper('é') || '你好'") == "É你好"
        assert ask(postgres, "SHOW server_version").startswith("18.")


def test_data_survive_a_kill_of_the_server(data: Path) -> None:
    postgres = embedded.Postgres(data)
    with embedded.running(postgres):
        ask(postgres, "CREATE TABLE resident (name text)")
        ask(postgres, "INSERT INTO resident VALUES ('Alice')")
        kill_server(postgres)
        with embedded.running(postgres):
            assert ask(postgres, "SELECT name FROM resident") == "Alice"


def test_what_a_killed_start_left_behind_is_no_obstacle(data: Path) -> None:
    postgres = embedded.Postgres(data)
    postgres.location.make()
    account = postgres.location.account
    make_private(postgres.cluster.with_suffix(".new"), account)
    with embedded.running(postgres):
        pass
    # A pid from before, that another program of the same account has by now.
    with subprocess.Popen(["sleep", "60"], cwd="/", **account.process_options()) as other:
        (postgres.cluster / "postmaster.pid").write_text(f"{other.pid}\n{postgres.cluster}\n")
        postgres.location.socket.with_name(".s.PGSQL.5432.lock").write_text(f"{other.pid}\n")
        with embedded.running(postgres):
            assert postgres.answers()
        other.kill()


def test_data_of_another_major_version_are_refused(data: Path) -> None:
    postgres = embedded.Postgres(data)
    postgres.location.make()
    make_private(postgres.cluster, postgres.location.account)
    (postgres.cluster / "PG_VERSION").write_text("16\n")
    with (
        pytest.raises(embedded.ServiceError, match=r"written by PostgreSQL 16 .* PostgreSQL 18"),
        embedded.running(postgres),
    ):
        pass
    assert postgres.pid is None


def test_a_failed_start_shows_the_end_of_the_log(data: Path) -> None:
    postgres = embedded.Postgres(data)
    postgres.location.make()
    make_private(postgres.cluster, postgres.location.account)
    (postgres.cluster / "PG_VERSION").write_text("18\n")
    with (
        pytest.raises(embedded.ServiceError, match=r"could not start; .*\n.*postgresql\.conf"),
        embedded.running(postgres),
    ):
        pass
    assert postgres.pid is None
