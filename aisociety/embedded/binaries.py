"""Servers that came as Python packages: where their programs lie, and a copy where none can go.

The packages are found but never imported: importing them would bring in their own server classes.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aisociety.embedded.errors import ServiceError
from aisociety.embedded.folders import make_passage
from aisociety.embedded.privileges import Account

CACHE = Path("/var/cache/aisociety")


@dataclass(frozen=True)
class Bundle:
    """`parts` are the folders beside the package that its programs need, copied together."""

    distribution: str
    package: str
    parts: tuple[str, ...]

    def program(self, path: str, account: Account) -> Path:
        """The program at `path` below the package's site folder, reachable by `account`."""
        site = self._site()
        if not (site / path).is_file():
            raise ServiceError(
                f"The package {self.distribution} has no {path} for this machine: install it "
                "again, or bring your own server (DATABASE_URL, REDIS_URL)."
            )
        if not account.reaches(site / path):
            site = self.copy_to(CACHE)
        return site / path

    def copy_to(self, cache: Path) -> Path:
        """A copy below `cache` that every account can read, made once per version."""
        place = cache / f"{self.distribution}-{importlib.metadata.version(self.distribution)}"
        if place.is_dir():
            return place
        make_passage(cache)
        with tempfile.TemporaryDirectory(dir=cache, prefix="new-") as folder:
            copy = Path(folder) / "copy"
            for part in self.parts:
                shutil.copytree(
                    self._site() / part,
                    copy / part,
                    ignore=shutil.ignore_patterns("include", "*.a"),
                )
            for entry in (copy, *copy.rglob("*")):
                runs = entry.is_dir() or os.access(entry, os.X_OK)
                entry.chmod(0o755 if runs else 0o644)
            os.sync()  # a name in the cache promises whole files, also after a power cut
            try:
                copy.rename(place)
            except OSError:
                if not place.is_dir():  # else another process was first
                    raise
        return place

    def _site(self) -> Path:
        spec = importlib.util.find_spec(self.package)
        if spec is None or spec.origin is None:
            raise ServiceError(
                f"The package {self.distribution} is not installed: run `make install`, or bring "
                "your own server (DATABASE_URL, REDIS_URL)."
            )
        return Path(spec.origin).parent.parent
