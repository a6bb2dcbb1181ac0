"""Where a server keeps its data and its socket; both are known before it runs."""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from aisociety.embedded.errors import ServiceError
from aisociety.embedded.folders import make_passage, make_private
from aisociety.embedded.privileges import Account, account_for

STATE = Path("/var/lib/aisociety")  # root's data, where the data folder itself cannot be entered
# Not $XDG_RUNTIME_DIR nor $TMPDIR: each process must find the same socket, whatever its
# environment, and the former is deleted when its user logs out.
SOCKETS = Path("/tmp")  # noqa: S108  make_private refuses a folder that another user made here
SOCKET_PATH_BYTES = 103  # macOS; Linux has 107
SOCKET_PATH_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")  # commas and the like have meaning to clients


class Location:
    """The places of the server `name` whose project data are in the folder `data`."""

    def __init__(self, data: Path, name: str, socket_name: str) -> None:
        self.data = data.resolve()
        self._home_or_link = self.data / name
        self._name = name
        self._socket_name = socket_name

    @cached_property
    def account(self) -> Account:
        """As whom the server runs."""
        return account_for(self._home_or_link)

    @property
    def home(self) -> Path:
        """The folder of the server's data."""
        return self._home_or_link.resolve()

    @property
    def run(self) -> Path:
        """The folder of the socket; who enters it may do everything with the server."""
        near = self.data / "run"
        short = len(os.fsencode(near / self._socket_name)) <= SOCKET_PATH_BYTES
        plain = SOCKET_PATH_PLAIN.fullmatch(str(near))
        if short and plain and self.account.reaches(near):
            return near
        # One for each server, so that none removes the folder in which another is starting.
        digest = hashlib.sha256(os.fsencode(self._home_or_link)).hexdigest()[:12]
        return SOCKETS / f"aisociety-{self.account.uid}-{digest}"

    @property
    def socket(self) -> Path:
        return self.run / self._socket_name

    def make(self) -> None:
        """Make the folders, each for the server's account alone.

        Where that account cannot enter the data folder, the data go below STATE and a link in the
        data folder says where, so that they are found again after the project has moved.
        """
        link = self._home_or_link
        if not link.exists() and not link.is_symlink():
            if self.account.reaches(self.data):
                make_private(link, self.account)
            else:
                make_passage(STATE)
                elsewhere = tempfile.mkdtemp(prefix=f"{self._name}-", dir=STATE)
                os.chown(elsewhere, self.account.uid, self.account.gid)
                link.symlink_to(elsewhere)
        if not self.home.is_dir():
            raise ServiceError(
                f"{link} points to {self.home}, which is gone: bring it back, or remove {link} to "
                "begin with nothing."
            )
        if not self.account.reaches(self.home):
            raise ServiceError(
                f"The user with id {self.account.uid}, as whom the server runs, cannot enter "
                f"{self.home}: open the folders above it (chmod o+x), or move the data."
            )
        make_private(self.run, self.account)

    def tidy(self) -> None:
        """When the server has stopped: leave no folder outside the data that holds nothing."""
        if self.run.parent == SOCKETS:
            with suppress(OSError):
                self.run.rmdir()
