"""Serving: a fake language model on a socket, from its first call until it is told to stop."""

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack

from aiohttp import web

from agents.fake_llm.server import FakeServer

BACKLOG = 4_096
"""Connections that may wait to be accepted: load tests open hundreds at once."""
FAREWELL_SECONDS = 0.05
"""What calls in flight get when the server stops: it has nothing to save."""


class ListenError(RuntimeError):
    """The server could not listen where it should; says why."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, at any free port for port 0. Raises ListenError."""
    if port not in range(65_536):
        raise ListenError(f"{port} is no port: it must be from 0 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ListenError(
                f"Port {port} is taken by another program: stop it, or say another --port."
            ) from None
        raise ListenError(f"Nobody can listen at {host}:{port}: {error.strerror}.") from None


async def serve(
    server: FakeServer,
    listening: socket.socket,
    on_ready: Callable[[], object],
    *,
    until_stdin_closes: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT, or until whoever holds the other end of stdin has ended."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    with ExitStack() as undo:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopped.set)
            undo.callback(loop.remove_signal_handler, number)
        if until_stdin_closes:
            stdin = sys.stdin.fileno()
            loop.add_reader(stdin, _set_at_end, stdin, stopped)
            undo.callback(loop.remove_reader, stdin)
        runner = web.AppRunner(
            server.application(),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=FAREWELL_SECONDS,
        )
        await runner.setup()
        try:
            await web.SockSite(runner, listening, backlog=BACKLOG).start()
            on_ready()
            await stopped.wait()
        finally:
            await runner.cleanup()


def _set_at_end(file: int, ended: asyncio.Event) -> None:
    """Called when there is something to read, which nobody wants, or the end."""
    if not os.read(file, 1_024):
        ended.set()
