"""Making folders and files that exactly the right accounts can use, whatever the umask.

What root makes on the way belongs to the owner of the folder it is made in.
"""

import os
import stat
from pathlib import Path

from aisociety.embedded.errors import ServiceError
from aisociety.embedded.privileges import Account


def make_passage(folder: Path) -> None:
    """Make `folder` and what is missing above it; made by root, others may pass but not look."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            owner = place.parent.stat()
            os.chown(place, owner.st_uid, owner.st_gid)
            place.chmod(0o711)
        else:
            place.chmod(0o700)


def make_private(folder: Path, account: Account) -> None:
    """Make `folder` for `account` alone, or see that it is so.

    The check matters below /tmp, where anyone may have made a folder of that name before us.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        status = folder.lstat()
        private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
        if not private or status.st_uid != account.uid:
            raise ServiceError(
                f"{folder} must be a folder that only the user with id {account.uid} can enter, "
                "and it is not: remove it, or have its owner remove it, and start again."
            ) from None
    else:
        os.chown(folder, account.uid, account.gid)


def open_file(path: Path, flags: int) -> int:
    """Open `path` for its owner only, made if missing; returns a descriptor."""
    descriptor = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor
