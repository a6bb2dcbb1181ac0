"""What a drill can do to the machine around a stack."""

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.stack.layout import Layout

DISK_MB = 4096


class Clock:
    """The clock on the wall of the product's processes, which can be set. Needs a C compiler."""

    def __init__(self, layout: Layout) -> None:
        layout.folder.mkdir(parents=True, exist_ok=True)
        self._file = layout.folder / "clock"
        self._preloaded = layout.folder / "clock.so"
        self._file.write_bytes(struct.pack("=q", 0))
        source = Path(__file__).with_name("clock.c")
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(self._preloaded), str(source)]
        subprocess.run([*command, "-ldl"], check=True)

    def environment(self) -> dict[str, str]:
        """What processes are told, so that they look at this clock."""
        return {"LD_PRELOAD": str(self._preloaded), "CLOCK_FILE": str(self._file)}

    def set(self, ahead: int) -> None:
        """Let it be so many seconds ahead of the real one from now on; less than 0: behind."""
        with self._file.open("r+b") as file:
            file.write(struct.pack("=q", ahead))


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
