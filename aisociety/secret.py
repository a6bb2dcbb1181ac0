"""The key that signs sessions, for whoever did not set one: made once, kept with the data."""

import os
import secrets
from pathlib import Path


def kept_secret(data: Path) -> str:
    """The key in the data folder, made if there is none.

    Where there is no data folder yet, or nothing can be kept in it, a key that lasts as long as
    this process; sessions end with it.
    """
    path = data / "secret_key"
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        pass
    fresh = secrets.token_urlsafe(50)
    if not data.is_dir():
        return fresh
    try:
        # Written whole under another name first: of two processes that do this at once, both
        # must end with the same key.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(fresh, encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            fresh = path.read_text(encoding="ascii")
        finally:
            draft.unlink()
    except OSError:
        pass
    return fresh
