"""ZIP archives of files."""

from collections.abc import Callable, Set
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from ...errors import BrokenFile, FileProtected
from ...files import SAVED_WITH_PAGE, pages_saved_with
from ..file import File
from ..format import Format, Reads, Skipped
from .bounds import unpacked

_ENCRYPTED = 0x1
# What spreadsheets, presentations, programs and other documents have at their top.
_OTHERS = {"xl", "ppt", "visio", "word", "META-INF", "mimetype", "AndroidManifest.xml"}


def _recognises(file: File) -> bool:
    tops = {name.split("/")[0] for name in file.zip_names}
    return bool(tops) and not tops & _OTHERS


def _read(file: File) -> Reads:
    with file.opened() as stream:
        try:
            archive = ZipFile(stream)
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise BrokenFile(where=file.where, format="ZIP", reason=str(error)) from error
        with archive:
            names = {PurePosixPath(name) for name in archive.namelist()}
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if info.is_dir() or is_hidden(info.filename):
                    continue
                where = f"{file.where}, {info.filename}"
                if _was_saved_with_a_page(PurePosixPath(info.filename), names):
                    yield where, Skipped(SAVED_WITH_PAGE)
                elif info.flag_bits & _ENCRYPTED:
                    yield where, FileProtected(where=where, format="ZIP")
                elif info.file_size == 0:
                    yield where, Skipped("empty")
                else:
                    yield where, file.part(info.filename, _opener(archive, info, where))


def _was_saved_with_a_page(file: PurePosixPath, names: Set[PurePosixPath]) -> bool:
    return any(page in names for folder in file.parents for page in pages_saved_with(folder))


def _opener(archive: ZipFile, info: ZipInfo, where: str) -> Callable[[], BinaryIO]:
    return partial(_opened, archive, info, where)


def _opened(archive: ZipFile, info: ZipInfo, where: str) -> BinaryIO:
    try:
        stream = cast(BinaryIO, archive.open(info))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise BrokenFile(where=where, format="ZIP", reason=str(error)) from error
    return unpacked(stream, where, "ZIP", lambda: info.compress_size, stream)


def is_hidden(name: str) -> bool:
    """Return whether a file in an archive is a hidden one, or what macOS keeps about another."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


ZIP = Format("ZIP", (".zip",), _read, _recognises)
