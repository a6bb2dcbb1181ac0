"""A web server of its own for the test database: daphne, as `manage.py up` runs it.

`python -m tests.web_process DATABASE PORT` serves until it is terminated.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(database: str, **environment: str) -> Iterator[int]:
    """Have a web server running for the length of a `with` block; gives its port."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.web_process", database, str(port)],
        cwd=Path(__file__).resolve().parent.parent,
        env=os.environ | {"REST_RATE": "100000/min"} | environment,
    )
    try:
        await_answer(f"http://127.0.0.1:{port}/api/health/live", server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def await_answer(url: str, process: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    """Wait until an address answers; raises AssertionError if it does not, or the process ends."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the web server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def main(database: str, port: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "aisociety.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    from daphne.cli import CommandLineInterface

    CommandLineInterface().run(
        ["--bind", "127.0.0.1", "--port", port, "--verbosity", "0", "aisociety.asgi:application"]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
