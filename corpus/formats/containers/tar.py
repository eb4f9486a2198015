"""TAR archives of files, compressed or not, read from start to end."""

import shutil
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from ...errors import BrokenFile
from ...files import SAVED_WITH_PAGE
from ..file import File
from ..format import Format, Reads, Skipped
from .zipped import is_hidden, was_saved_with_a_page

_IN_MEMORY = 16 << 20  # bytes; a larger file is unpacked to the disk


def _recognises(file: File) -> bool:
    return file.start[257:262] == b"ustar"


def _read(file: File) -> Reads:
    with file.opened() as stream, TemporaryDirectory(prefix="dragoman-") as folder:
        try:
            # A compressed file cannot go back, so what is read of each member is kept.
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                pages: set[PurePosixPath] = set()
                for member in archive:
                    name = PurePosixPath(member.name)
                    if was_saved_with_a_page(name, pages):
                        yield f"{file.where}, {member.name}", Skipped(SAVED_WITH_PAGE)
                        continue
                    pages |= {name} if name.suffix in (".html", ".htm") else set()
                    yield from _member(file, archive, member, Path(folder))
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise BrokenFile(where=file.where, format="TAR", reason=str(error)) from error


def _member(file: File, archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> Reads:
    if member.isdir() or is_hidden(member.name):
        return
    where = f"{file.where}, {member.name}"
    stream = None if member.issparse() else archive.extractfile(member) if member.isfile() else None
    if stream is None:
        yield where, Skipped("link or device in an archive")
        return
    with stream:
        yield where, file.part(member.name, _kept(stream, member.size, folder))


def _kept(stream: IO[bytes], size: int, folder: Path) -> bytes | Callable[[], BinaryIO]:
    if size <= _IN_MEMORY:
        return stream.read()
    path = folder / "member"
    with path.open("wb") as kept:
        shutil.copyfileobj(stream, kept)
    return partial(_opened, path)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


TAR = Format("TAR", (".tar",), _read, _recognises)
