"""The table of formats, and the reading of a file of any of them.

A package adds a format by an entry point in the group `dragoman.formats` that names a `Format`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import entry_points

from ..article import Article
from ..errors import (
    BrokenFile,
    DragomanError,
    EmptyFile,
    ExtraMissing,
    FileBomb,
    FormatUnusable,
    NoText,
    PathUnreadable,
    ReaderMissing,
    ReadingError,
)
from ..files import kind_of_skipped
from ..sidecar import with_stated
from .containers.compressed import COMPRESSED
from .containers.tar import TAR
from .containers.warc import WARC
from .containers.zipped import ZIP
from .documents.docx import DOCX
from .documents.epub import EPUB
from .documents.odt import ODT
from .documents.pdf import PDF
from .documents.rtf import RTF
from .file import File
from .format import Format, Read, Skipped
from .mail.mbox import MBOX
from .mail.message import MESSAGE
from .mail.mhtml import MHTML
from .markup.feed import FEED
from .markup.newsml import NEWSML
from .markup.newsml_1 import NEWSML_1
from .markup.nitf import NITF
from .page import PAGE
from .records.csv_files import CSV
from .records.json_files import JSON, JSON_LINES
from .records.parquet import PARQUET
from .records.spreadsheet import SPREADSHEET
from .text import MARKDOWN, TEXT

GROUP = "dragoman.formats"
MOST_WITHIN = 5  # files that lie within one another

# The first that recognises a file by its content reads it; if none does, its suffix counts.
FORMATS = (
    *(TEXT, MARKDOWN, PAGE, MHTML, FEED),
    *(JSON, JSON_LINES, CSV, SPREADSHEET, PARQUET),
    *(PDF, DOCX, ODT, RTF, EPUB),
    *(NITF, NEWSML, NEWSML_1, MBOX, MESSAGE, WARC),
    *(ZIP, TAR, COMPRESSED),
)


@cache
def formats() -> tuple[Format, ...]:
    """Return all formats: those that packages add come first. Raises FormatUnusable."""
    return (*map(_loaded, entry_points(group=GROUP)), *FORMATS)


def _loaded(entry: object) -> Format:
    name = getattr(entry, "name", "")
    try:
        found = entry.load()  # pyright: ignore[reportAttributeAccessIssue]
    except Exception as error:  # whatever another package raises
        raise FormatUnusable(name=name, reason=f"{type(error).__name__}: {error}") from error
    if not isinstance(found, Format):
        raise FormatUnusable(name=name, reason="it is no Format")
    return found


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that are read, each once."""
    return tuple(dict.fromkeys(suffix for format in formats() for suffix in format.suffixes))


def format_of(file: File, among: Sequence[Format] = ()) -> Format | None:
    """Return the format of a file: by its content, else by its suffix, or None.

    It is one of those `among` which it is looked for, by default of all.
    """
    known = among or formats()
    found = next((format for format in known if format.recognises(file)), None)
    return found or next((format for format in known if file.suffix in format.suffixes), None)


def read_file(file: File, among: Sequence[Format] = ()) -> Iterator[tuple[str, Read]]:
    """Yield what is in a file of any format, each with where it stands, errors among it.

    Only formats `among` these count, if any are named.
    """
    format = None
    try:
        format = format_of(file, among)
        if format is None:
            yield file.where, Skipped(kind_of_skipped(file.suffix))
            return
        for where, read in format.read(file):
            if isinstance(read, File):
                yield from _read_within(read)
            elif file.stated and isinstance(read, Article):
                yield where, with_stated(read, file.stated, of_file=read.id == file.id)
            else:
                yield where, read
    except ExtraMissing as error:
        name, extra = format.name if format else "", error.facts.get("extra")
        yield file.where, ReaderMissing(where=file.where, format=name, extra=extra)
    except OSError as error:
        yield file.where, PathUnreadable(where=file.where, reason=error.strerror or error)
    except ReadingError as error:
        yield file.where, error
    except DragomanError:
        raise
    except Exception as error:  # a damaged file may bring a reader to anything
        name, reason = format.name if format else "", f"its reader failed: {type(error).__name__}"
        yield file.where, BrokenFile(where=file.where, format=name, reason=reason)


def _read_within(file: File) -> Iterator[tuple[str, Read]]:
    if file.depth > MOST_WITHIN:
        yield file.where, FileBomb(where=file.where, reason="too many files lie within another")
        return
    for where, read in read_file(file):
        # Of the pages that a crawler fetched, most hold no article, and that is no error.
        nothing = file.url is not None and isinstance(read, NoText | EmptyFile)
        yield where, Skipped("page without an article") if nothing else read
