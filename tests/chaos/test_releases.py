"""A release rolls out while the town lives, with a migration; and a backup is brought back."""

import threading
import time
from collections import Counter

import psycopg
import pytest

from deploy.stack.layout import TOWN
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


def as_owner(stack: Stack, statements: tuple[str, ...]) -> None:
    url = (stack.layout.secrets / "owner_database_url").read_text()
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_migration_and_a_release_roll_out(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    longest = 0.0
    with Asking(stack) as asking:
        as_owner(stack, NEXT_RELEASE)
        watchers.await_news()
        for name in TOWN:
            stack.supervisor.stop(name)
            stack.supervisor.run(name)
            longest = max(longest, watchers.await_news())
            stack.await_process(name)
        as_owner(stack, TAKEN_BACK)
        watchers.await_news()
    assert set(asking.answers) == {"answered"}, asking.answers
    sound(
        Result(
            zh="运行中做迁移，再逐个重启每个进程，最后退回",
            en="a migration while running, each process restarted in turn, then taken back",
            recovered=longest,
            found_zh=f"{asking.answers['answered']} 次请求全部得到答复",
            found_en=f"all of {asking.answers['answered']} requests were answered",
        )
    )


def test_a_backup_is_brought_back(stack: Stack, watchers: Watchers, sound: Sound) -> None:
    stack.manage("backup", owner=True)
    at_backup = int(told(stack, STATE)[1])
    time.sleep(20)
    lost = int(told(stack, STATE)[1]) - at_backup
    assert lost > 0
    for name in (*TOWN, "backup"):
        stack.supervisor.stop(name)
    began = time.monotonic()
    stack.manage("restore", owner=True)
    seq = int(told(stack, STATE)[1])
    assert seq <= at_backup
    for name in (*TOWN, "backup"):
        stack.supervisor.run(name)
    watchers.await_news()
    recovered = time.monotonic() - began
    sound(
        Result(
            zh="停镇，恢复备份，再启动",
            en="the town stopped, a backup restored, and started again",
            recovered=recovered,
            found_zh="历史与备份时相同；观众重新开始",
            found_en="the history is that of the backup; watchers begin anew",
        )
    )
