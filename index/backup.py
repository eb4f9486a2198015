"""Backup: an archive in one file, made while it is read and written, and restored from it.

The file is a zip, whose list of files is no larger than the file itself, whatever they unpack to:
the database, the table of spellings where the archive has its own, and `backup.json`, which says
what the others are. Indexes are not in it; they are built again.
"""

import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from ..corpus.text.spelling import SPELLINGS_FILE
from .addresses import Address
from .copying import copy_archive
from .errors import (
    ArchiveDamaged,
    ArchiveNotEmpty,
    ArchiveNotWritable,
    BackupExists,
    BackupNotWritten,
    BackupUnreadable,
    NotABackup,
    NotAnArchive,
)
from .local.database import Database
from .local.schema import FILE, check_database, connect, schema_version, unusable
from .local.writer import local_writer
from .opening import has_archive

OnCopied = Callable[[int, int], None]

_FORMAT = 1
_CONTENTS = "backup.json"
_MOST_CONTENTS_BYTES = 1 << 20
_BLOCK = 1 << 20
_STEPS = 100_000  # of SQLite's virtual machine, between two reports
_QUICK = 1  # vectors hardly shrink, whatever the level


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `files` has the size in bytes and the SHA-256 of each file."""

    format: int
    schema: int
    articles: int
    passages: int
    encoder: str | None
    files: dict[str, tuple[int, str]]


def back_up(address: Address, target: Path, force: bool, on_copied: OnCopied) -> Backup:
    """Write the archive at `address` to the file `target`, as it is at one moment.

    Others may read and write it meanwhile. The file appears when it is whole. `on_copied` is called
    with the bytes copied so far and in all. An archive that is not a folder is first copied into
    one. Raises BackupExists, unless `force`; BackupNotWritten, and the errors of opening an archive
    and of copying one.
    """
    _check_free(target, force)
    if isinstance(address, Path):
        with Database(address):  # the archive is named first, if both are at fault
            pass
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as room:
            packed = _packed(_as_folder(address, Path(room)), Path(room), on_copied)
            _check_free(target, force)
            (Path(room) / "packed").replace(target)
    except OSError as error:
        raise BackupNotWritten(path=target, reason=error.strerror or error) from error
    return packed


def restore(source: Path, address: Address, on_copied: OnCopied) -> Backup:
    """Make the archive of the backup `source` at `address`, which must be new, or an empty folder.

    All is checked before anything is there. Raises ArchiveNotEmpty, BackupUnreadable, NotABackup,
    BackupNotWritten where it cannot be stored, and ArchiveTooNew.
    """
    if isinstance(address, Path):
        return _restored(source, address, on_copied)
    if has_archive(address):
        raise ArchiveNotEmpty(path=address)
    with tempfile.TemporaryDirectory(prefix="dragoman-") as room:
        held = _restored(source, Path(room) / "archive", on_copied)
        copy_archive(Path(room) / "archive", address)
    return held


def _restored(source: Path, folder: Path, on_copied: OnCopied) -> Backup:
    _check_empty(folder)
    parent = folder.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=parent, prefix=".restoring-") as room:
            made = Path(room) / "archive"
            made.mkdir()
            held = _unpacked(source, made, on_copied)
            _check_restored(source, made)
            _index(source, made)
            _check_empty(folder)
            made.replace(folder)
    except OSError as error:
        raise BackupNotWritten(path=folder, reason=error.strerror or error) from error
    return held


def _index(source: Path, made: Path) -> None:
    """Upgrade a restored database if it is an older one, and build the indexes."""
    try:
        with local_writer(made):  # it publishes when it is left
            pass
    except ArchiveDamaged as error:
        raise NotABackup(path=source, reason="its database is not an archive's") from error
    except ArchiveNotWritable as error:
        raise OSError(None, str(error.facts["reason"])) from error


# Writing


def _check_free(target: Path, force: bool) -> None:
    if target.is_dir():
        raise BackupNotWritten(path=target, reason="it is a folder")
    if target.exists() and not force:
        raise BackupExists(path=target)


def _as_folder(address: Address, room: Path) -> Path:
    """Return the folder of an archive, or a folder in `room` that it is copied into."""
    if isinstance(address, Path):
        return address
    copy_archive(address, room / "archive")
    return room / "archive"


def _packed(folder: Path, room: Path, on_copied: OnCopied) -> Backup:
    """Write the backup to the file "packed" in `room`."""
    copy = room / FILE
    _copy_database(folder, copy, on_copied)
    files = [copy]
    if (folder / SPELLINGS_FILE).is_file():
        files.append(Path(shutil.copyfile(folder / SPELLINGS_FILE, room / SPELLINGS_FILE)))
    with Database(room) as database, closing(connect(room, writable=False)) as connection:
        articles, passages = database.counts()
        encoder, schema = database.setting("encoder"), schema_version(connection)
    sums = {file.name: (file.stat().st_size, _sum_of(file)) for file in files}
    packed = Backup(_FORMAT, schema, articles, passages, encoder, sums)
    (room / _CONTENTS).write_text(json.dumps(asdict(packed), indent=1))
    with (room / "packed").open("xb") as file:
        (room / "packed").chmod(0o600)  # articles need not be for everyone on this machine
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICK) as zipped:
            for member in (room / _CONTENTS, *files):
                zipped.write(member, member.name)
        file.flush()
        os.fsync(file.fileno())
    return packed


def _copy_database(folder: Path, copy: Path, on_copied: OnCopied) -> None:
    """Copy the database in one read transaction; what was removed from it is not in the copy."""
    with closing(connect(folder, writable=False)) as connection:

        def report() -> None:
            on_copied(min(copy.stat().st_size, total) if copy.exists() else 0, total)

        try:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            total = pages * connection.execute("PRAGMA page_size").fetchone()[0]
            connection.set_progress_handler(report, _STEPS)
            connection.execute("VACUUM INTO ?", [str(copy)])
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise unusable(folder, error) from error


def _sum_of(file: Path) -> str:
    with file.open("rb") as content:
        digest = sha256()
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


# Reading


def _check_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveNotEmpty(path=folder)


def _unpacked(source: Path, made: Path, on_copied: OnCopied) -> Backup:
    """Write the files of a backup into the folder `made`, each checked against its checksum."""
    try:
        packed = source.open("rb")
    except OSError as error:
        raise BackupUnreadable(path=source, reason=error.strerror) from error
    with packed, _as_no_backup(source), ZipFile(packed) as zipped:
        held = _contents(zipped)
        total, done = sum(size for size, _ in held.files.values()), 0
        if total > shutil.disk_usage(made).free:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        for name, (size, digest) in held.files.items():
            if zipped.getinfo(name).file_size != size:
                raise ValueError(f"the size of {name} is wrong")
            with zipped.open(name) as content:
                for block in _copied(content, made / name, digest):
                    done += block
                    on_copied(done, total)
    return held


def _copied(content: IO[bytes], target: Path, digest: str) -> Iterator[int]:
    """Copy a file; yield the size of each block. Raise ValueError where its checksum is another."""
    found = sha256()
    with target.open("xb") as file:
        while block := content.read(_BLOCK):
            found.update(block)
            file.write(block)
            yield len(block)
        file.flush()
        os.fsync(file.fileno())
    if found.hexdigest() != digest:
        raise ValueError(f"the checksum of {target.name} is wrong")


def _contents(zipped: ZipFile) -> Backup:
    """Return what a backup says of itself; raise ValueError where that is not as expected.

    Only our own names are read, so nothing can be written anywhere else.
    """
    found = {member.filename: member.file_size for member in zipped.infolist()}
    if found.get(_CONTENTS, _MOST_CONTENTS_BYTES + 1) > _MOST_CONTENTS_BYTES:
        raise ValueError(f"it has no {_CONTENTS} of a reasonable size")
    try:
        held = Backup(**json.loads(zipped.read(_CONTENTS)))
        files = {name: (int(size), str(digest)) for name, (size, digest) in held.files.items()}
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"its {_CONTENTS} is not in the expected form") from error
    if held.format != _FORMAT:
        raise ValueError(f"its format is {held.format}, and this version reads {_FORMAT}")
    if FILE not in files or files.keys() - {FILE, SPELLINGS_FILE}:
        raise ValueError("it lists other files than an archive has")
    if found.keys() != {_CONTENTS, *files} or len(zipped.infolist()) != len(found):
        raise ValueError("it holds other files than it lists")
    return replace(held, files=files)


@contextmanager
def _as_no_backup(source: Path) -> Iterator[None]:
    """Raise NotABackup for what a file raises that is broken, cut short, or something else."""
    try:
        yield
    except (
        BadZipFile,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise NotABackup(path=source, reason=str(error) or "it ends too early") from error


def _check_restored(source: Path, made: Path) -> None:
    """Raise unless the database is a sound one of an archive, without programs in it."""
    programs = "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    try:
        with closing(connect(made, writable=False)) as connection:
            check_database(made, connection)
            if connection.execute(programs).fetchone()[0]:
                raise NotABackup(path=source, reason="its database has triggers or views")
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except (sqlite3.DatabaseError, NotAnArchive, ArchiveDamaged) as error:
        raise NotABackup(path=source, reason="its database is not an archive's") from error
    if found != "ok":
        raise NotABackup(path=source, reason=f"its database is damaged ({found})")
