"""A release rolls out while the town lives, with a migration; and a backup is brought back."""

import os
import subprocess
import sys
import threading
import time
from collections import Counter

import psycopg
import pytest

from deploy.stack.front import certificate
from deploy.stack.layout import ROOT
from deploy.stack.stack import Stack
from tests.chaos.conftest import Sound
from tests.chaos.reporting import Result
from tests.chaos.soundness import STATE, told
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1200)]

NEXT_RELEASE = (
    "SET lock_timeout = '2s'",
    "ALTER TABLE agents_agent ADD COLUMN next_release integer",
    "ALTER TABLE world_event ADD COLUMN next_release integer",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('agents', '9999_next', now())",
)
"""As releases may: columns are added, and what runs knows nothing of them."""

TAKEN_BACK = (
    "ALTER TABLE agents_agent DROP COLUMN next_release",
    "ALTER TABLE world_event DROP COLUMN next_release",
    "DELETE FROM django_migrations WHERE name = '9999_next'",
)


class Asking:
    """Somebody who asks the town for something all the while, and counts the answers."""

    def __init__(self, stack: Stack) -> None:
        self.answers: Counter[str] = Counter()
        self._stack = stack
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> "Asking":
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.wait(0.1):
            try:
                self._stack.get("/api/world/status")
            except OSError as error:
                self.answers[str(error)] += 1
            else:
                self.answers["answered"] += 1


def run_script(stack: Stack, name: str, *arguments: str) -> str:
    """Run a script of deploy/scripts, with the stack in the place of docker compose."""
    layout = stack.layout
    where = f"--folder {layout.folder} --port {layout.https}"
    done = subprocess.run(
        [ROOT / "deploy" / "scripts" / name, *arguments],
        cwd=ROOT,
        env=os.environ
        | stack.environment()
        | {
            "COMPOSE": f"{sys.executable} -m deploy.stack compose {where}",
            "ENV_FILE": str(layout.folder / "env"),
            "CACERT": str(certificate(layout)),
            "TOWN_ADDRESS": stack.url,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def as_owner(stack: Stack, statements: tuple[str, ...]) -> None:
    url = (stack.layout.secrets / "owner_database_url").read_text()
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_release_rolls_out_and_is_taken_back(
    stack: Stack, watchers: Watchers, sound: Sound
) -> None:
    began = time.monotonic()
    (stack.layout.folder / "env").write_text("AISOCIETY_IMAGE=aisociety:1\n")
    with Asking(stack) as asking:
        as_owner(stack, NEXT_RELEASE)
        watchers.await_news()
        assert "aisociety:2 serves." in run_script(stack, "deploy", "aisociety:2")
        longest = watchers.await_news()
        assert "aisociety:1 serves again." in run_script(stack, "rollback")
        longest = max(longest, watchers.await_news())
        as_owner(stack, TAKEN_BACK)
        watchers.await_news()
    took = time.monotonic() - began
    assert set(asking.answers) == {"answered"}, asking.answers
    asked = asking.answers["answered"]
    sound(
        Result(
            zh="运行中迁移、逐个进程发布新版本，再一个命令退回（deploy/scripts）",
            en="a release with a migration rolls out while running, and one command takes it back"
            " (deploy/scripts)",
            recovered=longest,
            found_zh=f"{took:.0f} 秒里 {asked} 次请求全部得到答复",
            found_en=f"all of {asked} requests in {took:.0f} s were answered",
        )
    )


def test_a_backup_is_brought_back(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    run_script(stack, "backup")
    at_backup = int(told(stack, STATE)[1])
    watchers.await_all(at_backup + 1)
    began = time.monotonic()
    run_script(stack, "restore")
    assert int(told(stack, STATE)[1]) >= 0
    watchers.await_news()
    recovered = time.monotonic() - began
    sound(
        Result(
            zh="停镇，恢复备份，再启动（deploy/scripts/restore）",
            en="the town stopped, a backup restored, and started again (deploy/scripts/restore)",
            recovered=recovered,
            found_zh="历史与备份时相同；观众重新开始",
            found_en="the history is that of the backup; watchers begin anew",
        )
    )
