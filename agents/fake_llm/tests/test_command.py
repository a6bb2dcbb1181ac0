"""How the server is started and stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agents.fake_llm.running import MANAGE, NotRunningError, fake_llm


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fault", "tiemout=0.1"], "there is no fault 'tiemout'; there are: 429, 500"),
        (["--fault", "timeout=2"], "the share of timeout must be a number from 0 to 1"),
        (["--fault", "timeout"], "say its name and share, such as timeout=0.1"),
        (["--fault", "timeout=.7", "--fault", "500=.7"], "not be more than 1 together"),
        (["--latency", "-1"], "latency must be a number, at least 0"),
        (["--slow", "nan"], "slow must be a number, at least 0"),
        (["--dimensions", "0"], "--dimensions must be from 1 to 4096"),
        (["--port", "70000"], "70000 is no port"),
        (["--host", "203.0.113.7"], "Nobody can listen at 203.0.113.7:8900"),
    ],
)
def test_a_bad_option_is_told_in_a_sentence(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("fake_llm", *arguments)


def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken by another program"):
            call_command("fake_llm", port=port)


def test_a_test_is_told_why_its_server_does_not_start() -> None:
    with pytest.raises(NotRunningError, match="there is no fault 'x'"), fake_llm(fault={"x": 1}):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_needs_no_database_and_stops_at_once_with_calls_in_flight(
    tmp_path: Path, number: signal.Signals
) -> None:
    with started(tmp_path) as server, hanging_call(server) as call:
        began = time.monotonic()
        os.kill(server.pid, number)
        assert server.wait(5) == 0
        assert time.monotonic() - began < 2
        assert call.recv(1_000) == b""
        assert server.stderr.read() == ""
    assert [path for path in tmp_path.rglob("*") if path.is_dir()] == []


def test_it_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    with started(tmp_path, "--until-stdin-closes", stdin=subprocess.PIPE) as server:
        assert server.stdin is not None
        server.stdin.close()
        assert server.wait(5) == 0


@contextmanager
def started(data: Path, *arguments: str, **options: Any) -> Iterator[Any]:
    """A server that answers no call; its `url` is what it printed."""
    unset = {"DATABASE_URL", "REDIS_URL"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    server: Any = subprocess.Popen(
        [sys.executable, str(MANAGE), "fake_llm", "--port=0", "--fault=timeout=1", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment | {"AISOCIETY_DATA_DIR": str(data)},
        **options,
    )
    with server:
        try:
            line = server.stdout.readline()
            server.url = line.split(" answers at ")[1].split()[0]
            assert f"OPENAI_BASE_URL={server.url} OPENAI_API_KEY=anything make up" in line
            yield server
        finally:
            server.kill()


def hanging_call(server: Any) -> socket.socket:
    """A connection on which a call waits for its answer."""
    body = b'{"model": "fake-chat", "messages": [{"role": "user", "content": "Hello"}]}'
    port = int(server.url.rsplit(":", 1)[1].removesuffix("/v1"))
    call = socket.create_connection(("127.0.0.1", port), timeout=5)
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    call.sendall(head.encode() + body)
    time.sleep(0.2)
    return call
