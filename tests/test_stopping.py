"""A web server that is told to stop: nobody is left without an answer, or without a word."""

import json
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection
from websockets.exceptions import ConnectionClosed

from aisociety.serving import RESTARTING
from tests.test_stream import hear, open_stream
from tests.web_process import free_port, web_process
from world.models import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_watchers_are_told_to_come_again(found_town: Callable[..., World]) -> None:
    found_town()
    port = free_port()
    with (
        web_process(connection.settings_dict["NAME"], port) as server,
        open_stream(port) as one,
        open_stream(port) as other,
    ):
        for watcher in (one, other):
            hear(watcher, "snapshot")
        server.terminate()
        for watcher in (one, other):
            with pytest.raises(ConnectionClosed) as closed:
                hear(watcher, "goodbye")
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == RESTARTING
        assert server.wait(timeout=10) == 0


def test_what_was_asked_is_answered_and_nobody_else_is_let_in(
    found_town: Callable[..., World],
) -> None:
    found_town()
    database, port = connection.settings_dict["NAME"], free_port()
    door = f"http://127.0.0.1:{port}/api/world/status"

    def ask() -> int:
        with urllib.request.urlopen(door, timeout=20) as answer:
            return int(json.load(answer)["data"]["agent_count"])

    parameters = connection.get_connection_params()
    with (
        web_process(database, port) as server,
        psycopg.connect(**parameters) as other,
        ThreadPoolExecutor() as pool,
    ):
        assert ask() == 12
        other.execute("LOCK TABLE world_world IN ACCESS EXCLUSIVE MODE")
        waiting = pool.submit(ask)
        while not other.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            time.sleep(0.05)
        server.terminate()
        await_refusal(door)
        assert not waiting.done()
        other.rollback()
        assert waiting.result(timeout=10) == 12
        assert server.wait(timeout=10) == 0


def await_refusal(door: str) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(door, timeout=0.3).close()
        except ConnectionRefusedError:
            return
        except urllib.error.URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                return
        except TimeoutError:
            continue
        time.sleep(0.05)
    raise AssertionError("it still lets people in")
