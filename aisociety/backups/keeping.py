"""Backups as they lie in a folder, each in one of its own that is named after its moment."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from aisociety.backups.errors import BackupError

DUMP, MANIFEST = "town.dump", "manifest.json"
CHUNK = 1 << 20


class KeptWorld(BaseModel):
    """A world as it was: how far it had lived, its last event, and the hash of its history."""

    slug: str
    seed: int
    lived_until: int
    seq: int
    hash: str


class Manifest(BaseModel):
    """What a backup holds. made_at: UTC, ISO 8601. migrations: the last one of each app."""

    model_config = ConfigDict(extra="forbid")

    made_at: str
    postgres: str
    bytes: int
    sha256: str
    migrations: dict[str, str]
    worlds: list[KeptWorld]


@dataclass(frozen=True)
class Backup:
    """One backup: its folder, and what its manifest says."""

    folder: Path
    manifest: Manifest

    @property
    def dump(self) -> Path:
        """What pg_dump wrote."""
        return self.folder / DUMP

    def check(self) -> None:
        """Raises BackupError if the dump is not the one that was written."""
        if not self.dump.is_file():
            raise BackupError(f"{self.dump} is missing.")
        if self.dump.stat().st_size != self.manifest.bytes or sha256(self.dump) != (
            self.manifest.sha256
        ):
            raise BackupError(f"{self.dump} is damaged: it is not what its manifest tells of.")


def read_backup(folder: Path) -> Backup:
    """The backup in a folder. Raises BackupError."""
    try:
        told = (folder / MANIFEST).read_text(encoding="utf-8")
        return Backup(folder, Manifest.model_validate_json(told))
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{folder} holds no backup: {error}") from None
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "the file"
        raise BackupError(f"{folder / MANIFEST} cannot be read at {where}.") from None


def backups_in(place: Path) -> list[Backup]:
    """The backups in a folder of them, the oldest first; what is no backup is passed over."""
    found = []
    for manifest in sorted(place.glob(f"[0-9]*/{MANIFEST}")):
        try:
            found.append(read_backup(manifest.parent))
        except BackupError:
            continue
    return found


def forget_oldest(place: Path, keep: int) -> list[Path]:
    """Delete all but the latest so many backups of a folder; returns what was deleted."""
    old = backups_in(place)[:-keep]
    for backup in old:
        shutil.rmtree(backup.folder)
    return [backup.folder for backup in old]


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
