"""Files whose `flock` says who is alive; the kernel lets go of it when a process dies.

A lock belongs to an open file description: a forked child shares its parent's, and it lasts until
the last copy of the descriptor is closed. Descriptors opened here do not survive `exec` unless
passed on by name, so no other program keeps a lock by accident.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aisociety.embedded.folders import open_file


@dataclass(frozen=True)
class Lock:
    path: Path

    def take(self, operation: int) -> int:
        """Lock with `flock`'s `operation`; closing the descriptor returned lets go.

        Raises BlockingIOError if `operation` has LOCK_NB and another holds the lock.
        """
        descriptor = open_file(self.path, os.O_RDWR)
        try:
            fcntl.flock(descriptor, operation)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the lock and hold it alone for the length of a `with` block."""
        descriptor = self.take(fcntl.LOCK_EX)
        try:
            yield
        finally:
            _unlock(descriptor)

    def is_free(self) -> bool:
        """Whether nobody holds the lock alone. Askers do not get in each other's way."""
        try:
            descriptor = self.take(fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _unlock(descriptor)
        return True


def _unlock(descriptor: int) -> None:
    """Let go, also for a child that another thread forked in between; closing alone would not."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)
