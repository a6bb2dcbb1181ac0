"""What a drill can do to the machine around a stack."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.stack.layout import Layout

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
DISK_MB = 4096


class Clock:
    """The clock on the wall of every process of a stack, which can be set."""

    def __init__(self, layout: Layout) -> None:
        self._file = layout.folder / "clock"

    def environment(self) -> dict[str, str]:
        """What processes are told, so that they look at this clock."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self.set(0)
        return {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DISABLE_SHM": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, ahead: int) -> None:
        """Let it be so many seconds ahead of the real one from now on; less than 0: behind."""
        self._file.write_text(f"{ahead:+d}\n")
        self._file.chmod(0o644)


@contextmanager
def small_disk(layout: Layout) -> Iterator[None]:
    """Have PostgreSQL's data on a disk of its own, for as long as a `with` block lasts."""
    place, account = layout.folder / "postgres", layout.postgres.location.account
    place.mkdir(parents=True)
    told = f"size={DISK_MB}m,mode=0700,uid={account.uid},gid={account.gid}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", told, "none", place], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)


def fill_disk(layout: Layout) -> Path:
    """Leave no space where PostgreSQL's data are; returns the file that takes it."""
    place = layout.folder / "postgres"
    free = os.statvfs(place)
    filler = place / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize)
    return filler
