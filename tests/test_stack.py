"""The topology of production as processes: it comes up, serves, keeps its secrets, and goes."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from deploy.stack.front import NoNginxError, certificate, nginx
from deploy.stack.layout import ROOT, TOWN, Layout
from deploy.stack.stack import Stack
from tests.web_process import free_port

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    try:
        nginx()
    except NoNginxError as error:
        pytest.skip(str(error))
    # Not in pytest's own folders, which are for one account: stores run as another.
    with TemporaryDirectory(prefix="stack-") as folder:
        Path(folder).chmod(0o711)
        stack = Stack(Layout(Path(folder) / "s", free_port()))
        try:
            stack.up("--scenario", "hamlet")
            yield stack
        finally:
            if stack.supervisor.answers():
                stack.down()


def processes(stack: Stack) -> dict[int, bytes]:
    """The environment of every process that the stack started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if str(stack.layout.folder).encode() in told:
            found[int(folder.name)] = told
    return found


def test_it_passes_as_visitors_see_it(stack: Stack) -> None:
    told = subprocess.run(
        [ROOT / "deploy" / "scripts" / "smoke", stack.url],
        env=os.environ | {"CACERT": str(certificate(stack.layout))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    states = stack.supervisor.states()
    assert {states[name][0] for name in (*TOWN, "backup", "nginx")} == {"RUNNING"}


def test_who_lives_the_town_changes_no_table(stack: Stack) -> None:
    url = (stack.layout.secrets / "database_url").read_text()
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SELECT FROM world_event LIMIT 1").rowcount == 1
        for forbidden in (
            "CREATE TABLE mine (id integer)",
            "ALTER TABLE world_event ADD COLUMN mine integer",
            "DROP TABLE world_event",
            "TRUNCATE world_event",
        ):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(forbidden)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url, password="guessed")


def test_no_process_has_a_secret_in_its_environment(stack: Stack) -> None:
    secrets = [path.read_bytes() for path in stack.layout.secrets.glob("*_password")]
    secrets.append((stack.layout.secrets / "secret_key").read_bytes())
    running = processes(stack)
    assert len(running) > len(TOWN)
    assert not [pid for pid, told in running.items() for secret in secrets if secret in told]


def test_nothing_is_left_of_it(stack: Stack) -> None:
    stack.down()
    assert processes(stack) == {}
