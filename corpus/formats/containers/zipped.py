"""ZIP archives of files."""

import csv
from collections.abc import Callable, Generator, Set
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from ...errors import BrokenFile, FileProtected, ReadingError, SidecarUnmatched
from ...files import SAVED_WITH_PAGE, pages_saved_with
from ...sidecar import NAME as SIDECAR
from ...sidecar import lines_of_sidecar
from ..file import File
from ..format import Format, Reads, Skipped
from ..records.fields import Fields
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
            stated, sidecars = yield from _sidecars(file, archive, names)
            for info in sorted(archive.infolist(), key=lambda info: info.filename):
                if info.is_dir() or is_hidden(info.filename) or info.filename in sidecars:
                    continue
                where = f"{file.where}, {info.filename}"
                if was_saved_with_a_page(PurePosixPath(info.filename), names):
                    yield where, Skipped(SAVED_WITH_PAGE)
                elif info.flag_bits & _ENCRYPTED:
                    yield where, FileProtected(where=where, format="ZIP")
                elif info.file_size == 0:
                    yield where, Skipped("empty")
                else:
                    part = file.part(info.filename, _opener(archive, info, where))
                    yield where, replace(part, stated=stated.get(PurePosixPath(info.filename)))


def _sidecars(
    file: File, archive: ZipFile, names: Set[PurePosixPath]
) -> Generator[tuple[str, SidecarUnmatched], None, tuple[dict[PurePosixPath, Fields], set[str]]]:
    """Return what sidecars in an archive say of its files, and their own names.

    Yields the lines that name no file.
    """
    stated: dict[PurePosixPath, Fields] = {}
    sidecars: set[str] = set()
    for name in [name for name in names if name.name == SIDECAR and not is_hidden(str(name))]:
        part = file.part(str(name), _opener(archive, archive.getinfo(str(name)), str(name)))
        try:
            lines = lines_of_sidecar(part.text())
        except (ReadingError, csv.Error):  # reading it will say so
            continue
        sidecars |= {str(name)} if lines is not None else set()
        for number, named, fields in lines or ():
            if name.parent / named in names:
                stated[name.parent / named] = fields
            else:
                where = f"{part.where}, line {number}"
                yield where, SidecarUnmatched(where=where, name=named)
    return stated, sidecars


def was_saved_with_a_page(file: PurePosixPath, names: Set[PurePosixPath]) -> bool:
    """Return whether a file in an archive lies in a folder that a browser saved with a page.

    `names` are those of the files in the archive; of what is read from start to end, those before.
    """
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
