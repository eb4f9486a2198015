"""The manifest: the file that says which generation of the indexes is current."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

MANIFEST_FILE = "manifest.json"
NEW_MANIFEST_FILE = f"{MANIFEST_FILE}.new"
GENERATIONS = "generations"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation of the two indexes, and the state of the database that it covers.

    `checksum` is over all files of the generation, `count` the number of passages, `words` the
    fingerprint of the index of words.
    """

    generation: int
    seq: int
    encoder: str
    dim: int
    count: int
    checksum: str
    words: str = ""

    def publish(self, folder: Path) -> None:
        """Make this the manifest of the archive in `folder`, atomically."""
        temporary = folder / NEW_MANIFEST_FILE
        with temporary.open("w") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / MANIFEST_FILE)
        sync_folder(folder)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the published manifest, or None where none can be read."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST_FILE).read_text()))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    typed = all(type(getattr(manifest, field.name)) is field.type for field in fields(Manifest))
    return manifest if typed else None


def manifest_stamp(folder: Path) -> tuple[int, int] | None:
    """Return a value that changes with every manifest; cheap enough for every search."""
    try:
        found = (folder / MANIFEST_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def mark_unpublished(folder: Path) -> None:
    """Have readers look again, as for a new manifest, where there was no space for one."""
    with suppress(OSError):
        os.utime(folder / MANIFEST_FILE)


def checksum_of(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of all files in and below `folder`."""
    digest = sha256()
    for file in _files(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\n{file.stat().st_size}\n".encode())
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def sync_all(folder: Path) -> None:
    """Flush all files and folders in and below `folder` to disk."""
    for file in _files(folder):
        with file.open("rb") as content:
            os.fsync(content.fileno())
    for inner in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        sync_folder(inner)


def sync_folder(folder: Path) -> None:
    """Flush the names in `folder` to disk, where the system can do that for folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterable[Path]:
    """Return the index files, without the lock files that tantivy leaves beside them."""
    return sorted(f for f in folder.rglob("*") if f.is_file() and not f.name.endswith(".lock"))
