"""Files that hold articles: how they are found in folders, and ids made from their paths."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import TypeVar
from unicodedata import normalize

from .errors import (
    AddressNotFetched,
    NothingToRead,
    OldFormat,
    PathMissing,
    PathUnreadable,
    ReadingError,
    UnknownFormat,
)
from .text.cleaning import one_line

_DIGITS = 8  # of the hash at the end of a file's id
NO_SUFFIX = "no suffix"
LINK = "symbolic link out of the folder"
SPECIAL = "pipe, socket or device"
SAVED_WITH_PAGE = "saved with a page"
_OLD = {".doc": "old Word: save it as .docx", ".wpd": "WordPerfect: save it as .docx",
        ".pages": "Pages: export it as .docx", ".msg": "Outlook: save it as .eml"}  # fmt: skip
_SAVED = re.compile(
    "(.+?)[-_.](?:files?|dateien|fichiers|archivos|ficheiros|arquivos|bestanden|filer|tiedostot"
    "|pliki|soubory|dosyalar|файлы|файли)",
    re.IGNORECASE,
)

_Path = TypeVar("_Path", bound=PurePath)
Known = Callable[[Path], bool]  # whether a file has a format that is read


@dataclass(slots=True)
class FoundFiles:
    """The files found at a path, in the order of their names.

    `skipped` counts the other files by suffix, or as NO_SUFFIX, LINK, SPECIAL or SAVED_WITH_PAGE;
    hidden ones do not count. `problems` are the folders below that could not be opened.
    """

    files: list[Path] = field(default_factory=list[Path])
    skipped: Counter[str] = field(default_factory=Counter[str])
    problems: list[ReadingError] = field(default_factory=list[ReadingError])


def find_files(path: str | Path, suffixes: tuple[str, ...], known: Known) -> FoundFiles:
    """Return the file at `path`, or those below it whose format is `known`.

    Files with one of these suffixes are not opened for that.

    Symbolic links are not followed out of a folder, nor to other folders in it, whose files are
    found anyway. What a browser saved with a page, in a folder of its own, is left out.
    Raises AddressNotFetched, PathMissing, PathUnreadable, UnknownFormat and NothingToRead.
    """
    if re.match(r"[a-z]{2,}:/", str(path)):
        raise AddressNotFetched(where=path)
    where = Path(path)
    if not str(path):  # to Path, it would be the current folder
        raise PathMissing(where="''")
    try:
        where = where.expanduser()
        return _find(where, suffixes, known)
    except OSError as error:
        raise _unreadable(where, error) from error
    except RuntimeError as error:  # the home of a user who does not exist
        raise PathMissing(where=where) from error


def file_id(file: Path) -> str:
    """Return the id of the article in a file: the file's name and a hash of its whole path."""
    path = str(file.resolve()).encode("utf-8", "surrogateescape")
    digest = blake2b(path, digest_size=_DIGITS // 2).hexdigest()
    ascii_stem = normalize("NFKD", one_line(file.stem)).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.decode().lower()).strip("-")[:40]
    return f"{slug}-{digest}" if slug else digest


def may_be_moved(id: str, former: str) -> bool:
    """Return whether two ids can be of one file, before and after its folder was moved."""
    return len(id) == len(former) and id[:-_DIGITS] == former[:-_DIGITS] and id != former


def _find(path: Path, suffixes: tuple[str, ...], known: Known) -> FoundFiles:
    def is_read(file: Path) -> bool:
        return file.suffix.lower() in suffixes or known(file)

    if path.is_dir():
        return _in_folder(path, suffixes, is_read)
    if not path.exists():
        raise PathMissing(where=path)
    if not path.is_file():  # a pipe, which may never end
        raise PathUnreadable(where=path, reason=f"it is a {SPECIAL}")
    if not is_read(path):
        if path.suffix.lower() in _OLD:
            raise OldFormat(where=path, advice=_OLD[path.suffix.lower()])
        raise UnknownFormat(where=path, known=", ".join(suffixes))
    return FoundFiles([path])


def _in_folder(folder: Path, suffixes: tuple[str, ...], is_read: Known) -> FoundFiles:
    next(folder.iterdir(), None)  # raises where the folder may not be opened
    found = FoundFiles()
    root = folder.resolve()
    for file in _visible(folder, found):
        if file.is_symlink() and not _stays_in(file, root):
            found.skipped[LINK] += 1
        elif file.is_dir():
            continue
        elif not file.is_file():
            found.skipped[SPECIAL] += 1
        elif _was_saved_with_a_page(file, folder):
            found.skipped[SAVED_WITH_PAGE] += 1
        elif _is_read(file, is_read):
            found.files.append(file)
        else:
            found.skipped[kind_of_skipped(file.suffix)] += 1
    if not found.files and found.problems:
        raise found.problems[0]
    if not found.files:
        raise NothingToRead(where=folder, found=counted(found.skipped), known=", ".join(suffixes))
    found.files.sort()
    return found


def _visible(folder: Path, found: FoundFiles) -> Iterator[Path]:
    """Yield what lies in a folder and below it, links to folders included, but nothing hidden."""

    def note(error: OSError) -> None:
        found.problems.append(_unreadable(Path(error.filename), error))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in [*files, *linked] if not name.startswith("."))


def _is_read(file: Path, is_read: Known) -> bool:
    try:
        return is_read(file)
    except OSError:  # reading it will say so
        return True


def _was_saved_with_a_page(file: Path, root: Path) -> bool:
    """Return whether a file lies in the folder that a browser saved with a page.

    Beside "Storm.html" lies "Storm_files", or "Storm-Dateien": each language has its word.
    """
    for folder in file.parents:
        if folder == root or not folder.is_relative_to(root):
            return False
        if any(page.is_file() for page in pages_saved_with(folder)):
            return True
    return False


def pages_saved_with(folder: _Path) -> list[_Path]:
    """Return the pages that a browser may have saved with a folder, which lie beside it."""
    named = _SAVED.fullmatch(folder.name)
    return [folder.with_name(named[1] + end) for end in (".html", ".htm")] if named else []


def _stays_in(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a broken link, or one to itself
        return False


def _unreadable(where: Path, error: OSError) -> PathUnreadable:
    return PathUnreadable(where=where, reason=error.strerror or error)


def kind_of_skipped(suffix: str) -> str:
    """Return what a file that is not read is counted as: its suffix, and what would help.

    >>> kind_of_skipped(".DOC"), kind_of_skipped("")
    ('.doc (old Word: save it as .docx)', 'no suffix')
    """
    suffix = suffix.lower()
    helps = f" ({_OLD[suffix]})" if suffix in _OLD else ""
    return f"{suffix or NO_SUFFIX}{helps}"


def counted(skipped: Counter[str]) -> str:
    """Return what a folder or archive holds that is not read, by kind, for messages."""
    counts = ", ".join(f"{count:,} {kind}" for kind, count in skipped.most_common())
    return f"only others: {counts}" if counts else "it is empty"
