import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from aisociety import embedded
from aisociety.embedded.tests.processes import User, is_alive, pid_of, wait_until_gone

StartUser = Callable[..., User]


def test_two_processes_share_the_servers_and_the_last_one_stops_them(
    data: Path, start_user: StartUser
) -> None:
    first, second = (start_user(data, "Postgres", "Valkey") for _ in range(2))
    pids = first.pids
    assert second.pids == pids
    first.leave()
    assert all(is_alive(pid) for pid in pids)
    second.leave()
    for pid in pids:
        wait_until_gone(pid)


def test_many_that_come_at_once_find_one_server(data: Path, start_user: StartUser) -> None:
    users = [start_user(data, "Valkey") for _ in range(6)]
    assert len({user.pids[0] for user in users}) == 1
    for user in users:
        user.ask_to_leave()
    for user in users:
        user.leave()
    assert embedded.Valkey(data).pid is None


@pytest.mark.parametrize("name", ["Postgres", "Valkey"])
def test_a_server_outlives_its_killed_user_and_the_next_one_stops_it(
    data: Path, start_user: StartUser, name: str
) -> None:
    killed = start_user(data, name)
    [pid] = killed.pids
    killed.kill()
    service = getattr(embedded, name)(data)
    with embedded.running(service):
        assert service.pid == pid
    wait_until_gone(pid)


def test_interrupting_the_terminal_does_not_reach_the_server(
    data: Path, start_user: StartUser
) -> None:
    [pid] = start_user(data, "Valkey").pids
    assert os.getsid(pid) == pid
    assert os.getsid(pid) != os.getsid(0)


def test_a_forked_child_that_leaves_does_not_stop_the_server(data: Path) -> None:
    valkey = embedded.Valkey(data)
    child = 0
    try:
        with embedded.running(valkey):
            child = os.fork()
            if child:
                assert os.waitpid(child, 0)[1] == 0
                assert valkey.answers()
    finally:
        if not child:
            os._exit(0)
    assert valkey.pid is None


def test_a_forked_child_that_stays_keeps_the_server_for_the_next_user(data: Path) -> None:
    valkey = embedded.Valkey(data)
    with embedded.running(valkey):
        pid = pid_of(valkey)
        child = os.fork()
        if not child:
            signal.pause()
    try:
        assert valkey.answers()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with embedded.running(valkey):
        assert valkey.pid == pid
    wait_until_gone(pid)


def test_an_error_in_the_block_stops_the_server_too(data: Path) -> None:
    valkey = embedded.Valkey(data)
    with pytest.raises(ZeroDivisionError), embedded.running(valkey):
        raise ZeroDivisionError
    assert valkey.pid is None
