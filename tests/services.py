"""A pytest plugin, loaded before Django's settings: the real services, in a folder of the tests.

It is named in pyproject.toml (`-p tests.services`), so `pytest` alone is enough to run any test.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Which of several processes that share the tests this is; each has services of its own."""

os.environ["AISOCIETY_DATA_DIR"] = str(
    Path(
        os.environ.get("AISOCIETY_DATA_DIR")
        or Path(__file__).resolve().parent.parent / ".data" / "tests"
    )
    / _WORKER
)

_running = ExitStack()


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None) and not _WORKER:
        return
    from aisociety import embedded
    from aisociety.services import embedded_services

    _running.enter_context(embedded.running(*embedded_services()))


def pytest_unconfigure(config: pytest.Config) -> None:
    _running.close()
