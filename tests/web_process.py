"""A web server of its own for the test database, as `manage.py up` runs it.

`python -m tests.web_process DATABASE PORT` serves until it is terminated.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Container, Iterator
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
    with web_process(database, port, **environment):
        yield port


@contextmanager
def web_process(
    database: str, port: int, **environment: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """The same, at a port; gives the process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.web_process", database, str(port)],
        cwd=Path(__file__).resolve().parent.parent,
        env=os.environ | {"REST_RATE": "100000/min"} | environment,
    )
    try:
        await_answer(f"http://127.0.0.1:{port}/api/health/live", server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def await_answer(
    url: str,
    process: "subprocess.Popen[bytes]",
    refusals: Container[int] = (),
    seconds: float = 60,
) -> None:
    """Wait until an address answers, or refuses with one of these statuses.

    Raises AssertionError if it does not, or the process ends.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the web server ended"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code in refusals:
                return
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def main(database: str, port: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "aisociety.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    from aisociety.processes import commands
    from aisociety.serving import CommandLine

    CommandLine().run(commands("127.0.0.1", int(port))["web"][3:])


if __name__ == "__main__":
    main(*sys.argv[1:])
