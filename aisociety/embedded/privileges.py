"""As whom the servers run.

A plain user runs them as themselves. PostgreSQL refuses root, so root lends both servers an
account that already exists, and what that account cannot reach is placed where it can. No account
is ever created and no folder of somebody else is opened up.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aisociety.embedded.errors import ServiceError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @classmethod
    def ours(cls) -> "Account":
        """The account of this process."""
        return cls(os.geteuid(), os.getegid())

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to start a program as this account."""
        if self.is_ours:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Whether mode bits let the account enter `path` and all above it, as far as it exists.

        Only root's question: for our own account the first attempt to use `path` tells better.
        """
        if self.is_ours:
            return True
        return all(self._may_enter(place) for place in (path, *path.parents) if place.exists())

    def _may_enter(self, place: Path) -> bool:
        status = place.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def account_for(folder: Path) -> Account:
    """The account to run a server as whose data is in `folder`.

    Root serves the owner of the nearest folder that is not root's own, so that `sudo` in a user's
    project leaves that user able to go on; else one of UNPRIVILEGED. An owner without an entry in
    the password file does not count: initdb wants a name.
    """
    if os.geteuid() != 0:
        return Account.ours()
    for place in (folder, *folder.parents):
        if place.exists() and (owner := place.stat().st_uid) != 0:
            try:
                entry = pwd.getpwuid(owner)
            except KeyError:
                break
            return Account(entry.pw_uid, entry.pw_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        "PostgreSQL does not run as root, and this system has neither a user 'postgres' nor "
        "'nobody' to run it as: start AI Society as a plain user."
    )
