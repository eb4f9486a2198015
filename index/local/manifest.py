"""The manifest: the file that says which generation of the indexes is current."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

MANIFEST_FILE = "manifest.json"
NEW_MANIFEST_FILE = f"{MANIFEST_FILE}.new"
CHECKSUMS_FILE = "checksums.json"
GENERATIONS = "generations"
_BY_FILE = "files:"  # begins a checksum that is made of those of the files
_MOST_CHECKSUMS = 1_000
_checksums: dict[tuple[int, int, int, int], str] = {}


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


def note_checksums(folder: Path, generation: Path) -> None:
    """Note in an archive's folder the checksums of a generation's files, for later processes.

    They need not read again what has not changed since: by its number, size and time.
    """
    noted: dict[str, tuple[int, int, int, str]] = {}
    temporary = folder / f"{CHECKSUMS_FILE}.new"
    with suppress(OSError):  # then they read the files
        for file in _files(generation):
            found = file.stat()
            name = file.relative_to(generation).as_posix()
            noted[name] = found.st_ino, found.st_size, found.st_mtime_ns, _checksum_of_file(file)
        temporary.write_text(json.dumps(noted, indent=1))
        temporary.replace(folder / CHECKSUMS_FILE)


def recall_checksums(folder: Path, generation: Path) -> None:
    """Take over the noted checksums of those of a generation's files that have not changed since.

    What was noted wrongly does not match the manifest's checksum.
    """
    with suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        noted = json.loads((folder / CHECKSUMS_FILE).read_text())
        for file in _files(generation):
            found = file.stat()
            *stamp, checksum = noted.get(file.relative_to(generation).as_posix(), (None,))
            if stamp == [found.st_ino, found.st_size, found.st_mtime_ns]:
                _checksums.setdefault(_key(found), str(checksum))


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
    """Have readers look again, as for a new manifest, where there was no space for one.

    Where none was ever published, an empty one does: it states nothing, so nothing is read by it.
    """
    with suppress(OSError):
        (folder / MANIFEST_FILE).touch()


def checksum_of(folder: Path) -> str:
    """Return the SHA-256 over the names and checksums of all files in and below `folder`.

    A file that was read before, by this process or the one that published it, and has not changed
    since, is not read again: a generation shares most of its files with the one before.
    """
    digest = sha256()
    for file in _files(folder):
        digest.update(
            f"{file.relative_to(folder).as_posix()}\n{_checksum_of_file(file)}\n".encode()
        )
    return f"{_BY_FILE}{digest.hexdigest()}"


def is_checksum_of(checksum: str, folder: Path) -> bool:
    """Return whether a manifest's checksum, of this or an older version, is that of `folder`."""
    if checksum.startswith(_BY_FILE):
        return checksum == checksum_of(folder)
    digest = sha256()
    for file in _files(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\n{file.stat().st_size}\n".encode())
        _update(digest, file)
    return checksum == digest.hexdigest()


def _checksum_of_file(file: Path) -> str:
    key = _key(file.stat())
    known = _checksums.get(key)  # once: another thread may clear them
    if known is None:
        digest = sha256()
        _update(digest, file)
        known = digest.hexdigest()
        if len(_checksums) >= _MOST_CHECKSUMS:
            _checksums.clear()
        _checksums[key] = known
    return known


def _key(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _update(digest: "Hash", file: Path) -> None:
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)


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
