"""Data folders for real servers, and other processes that use them."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from aisociety.embedded.tests.processes import User, remove


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that an unprivileged account can enter; pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-"))
    folder.chmod(0o711)
    yield folder
    remove(folder)


@pytest.fixture
def start_user() -> Iterator[Callable[..., User]]:
    with ExitStack() as stack:

        def start(data: Path, *services: str) -> User:
            user = User(data, *services)
            stack.enter_context(user.process)  # closes its input, at which it leaves, and waits
            return user

        yield start
