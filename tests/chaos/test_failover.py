"""PostgreSQL is gone for good, and who has followed it takes its place."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deploy.stack.layout import TOWN
from deploy.stack.stack import Stack
from deploy.stack.standby import PAIR, both_named, follow, promote
from tests.chaos.conftest import Sound
from tests.chaos.reporting import Result
from tests.chaos.watching import Watchers

pytestmark = [pytest.mark.drill, pytest.mark.timeout(1200)]


@contextmanager
def both_servers_named(stack: Stack) -> Iterator[None]:
    """Have every process know of both servers, for as long as a `with` block lasts."""
    files = [stack.layout.secrets / f"{name}database_url" for name in ("", "owner_")]
    before = {file: file.read_text() for file in files}
    for file in files:
        file.chmod(0o600)
        file.write_text(both_named(stack.layout, before[file]))
    restart(stack)
    try:
        yield
    finally:
        for file, told in before.items():
            file.write_text(told)
        restart(stack)


def restart(stack: Stack) -> None:
    for name in TOWN:
        stack.supervisor.stop(name)
        stack.supervisor.run(name)
        stack.await_process(name)


def fail_over(stack: Stack, watchers: Watchers, leader: str) -> float:
    """Kill the leader, let the other one lead; returns the seconds until all hear of news."""
    pid = stack.supervisor.states()[leader][1]
    os.killpg(pid, signal.SIGKILL)
    stack.supervisor.stop(leader)
    promote(stack.layout, PAIR[leader])
    return watchers.await_news()


def test_a_standby_takes_the_place_of_postgresql_and_gives_it_back(
    stack: Stack, watchers: Watchers, sound: Sound
) -> None:
    layout, supervisor = stack.layout, stack.supervisor
    with both_servers_named(stack):
        longest = 0.0
        for leader in ("postgres", "standby"):
            follow(layout, supervisor, leader)
            watchers.await_news()
            longest = max(longest, fail_over(stack, watchers, leader))
    sound(
        Result(
            zh="kill -9 PostgreSQL 主库，备库接替，再换回来（同步复制）",
            en="the leading PostgreSQL is killed, its standby takes over, and then back"
            " (synchronous replication)",
            recovered=longest,
        )
    )
