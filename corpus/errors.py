"""The base class of all errors that a user can cause, and the errors of loading articles.

    DragomanError
    ├── ReadingError      something could not be read as an article
    │   ├── PathMissing · AddressNotFetched · PathUnreadable · UnknownFormat · NothingToRead
    │   ├── EmptyFile · NotText · NotAnArticle · BrokenRecord · NoText · DuplicateId
    │   ├── BrokenFile · FileProtected · ScannedFile · ReaderMissing · FileTooLarge · FileBomb
    │   └── NoArticles · SidecarUnmatched · MoreProblems · OldFormat
    ├── ExtraMissing      an optional package is not installed
    ├── FormatUnusable    a format that another package adds could not be loaded
    └── ColumnsUnusable   what columns mean was stated in a way that says nothing

The others are in `index/errors.py`, `search/errors.py` and `api/errors.py`, each in the lowest
layer that raises it. The docstring of a class is its message. `command` is the shell command that
does what the message advises; only the command line shows it. The facts that both name are passed
as keywords and kept on the exception.
"""

import inspect
import re
from collections.abc import Mapping
from typing import ClassVar

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class DragomanError(Exception):
    """Something went wrong."""

    command: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        message = inspect.cleandoc(type(self).__doc__ or type(self).__name__)
        super().__init__(_filled_in(message, facts))

    @property
    def with_command(self) -> str:
        """The message for the command line, with the command that does what it advises."""
        if not self.command:
            return str(self)
        return f"{str(self).rstrip('.')}: {_filled_in(self.command, self.facts)}"

    @property
    def code(self) -> str:
        """The stable name of this kind of error, such as `empty-question` for `EmptyQuestion`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


def _filled_in(message: str, facts: Mapping[str, object]) -> str:
    # The name of a file may hold control characters, or bytes that cannot be written as UTF-8.
    return _UNSAFE.sub("�", " ".join(message.format(**facts).split()))


class ReadingError(DragomanError):
    """{where}: could not be read."""


class PathMissing(ReadingError):
    """{where}: there is no such file or folder. Check the path."""


class AddressNotFetched(ReadingError):
    """{where}: this is an address, and here files are loaded. Give it to
    `search.fetching.fetch_articles`, or save the page and give the file."""

    command = "dragoman add ADDRESS"


class PathUnreadable(ReadingError):
    """{where}: could not be opened ({reason}). Check its permissions."""


class OldFormat(ReadingError):
    """{where}: files of this format are not read ({advice}). Add the file that you get then."""


class UnknownFormat(ReadingError):
    """{where}: files of this format are not read. Give {known}, or a folder of them."""


class NothingToRead(ReadingError):
    """{where}: the folder holds no articles ({found}). Put files into it that end in
    {known}."""


class EmptyFile(ReadingError):
    """{where}: the file is empty, so there is no article in it. Fill it, or leave it out."""


class NotText(ReadingError):
    """{where}: the file is binary, not text, whatever its name says. Save it as text first."""


class NotAnArticle(ReadingError):
    """{where}: articles are not read from this. Give the path of a file or folder, an Article, or
    a mapping with its text."""


class BrokenRecord(ReadingError):
    """{where}: not a readable article ({reason}). Fix it and add the file again."""


class NoText(ReadingError):
    """{where}: the article has no text, so there is nothing to search in it.
    Give it a text, or leave it out."""


class DuplicateId(ReadingError):
    """{where}: the id {id!r} was already used by {first}; that one was kept.
    Give each its own id."""


class BrokenFile(ReadingError):
    """{where}: not a readable {format} file ({reason}). Save or export it again."""


class FileProtected(ReadingError):
    """{where}: the {format} file is protected by a password. Save a copy without it and add
    that."""


class ScannedFile(ReadingError):
    """{where}: the PDF holds pictures of pages and no text. Make it searchable by OCR, for instance
    with ocrmypdf, and add that."""


class ReaderMissing(ReadingError):
    """{where}: {format} files are read by packages that are not installed. Install Dragoman with
    its extra {extra!r}."""

    command = 'pip install "dragoman[{extra}]"'


class FileTooLarge(ReadingError):
    """{where}: larger than {most}, which is the most that is read at once. Give the articles as
    JSON Lines or CSV, or divide the file."""


class FileBomb(ReadingError):
    """{where}: not unpacked any further, since {reason}. Make a folder of what is
    in it, and add that."""


class NoArticles(ReadingError):
    """{where}: the file holds no articles ({found}). Give one that holds some."""


class SidecarUnmatched(ReadingError):
    """{where}: names the file {name!r}, which is not in the folder. Fix the name, or leave the
    line out."""


class MoreProblems(ReadingError):
    """{where}: {count:,} more articles could not be read. Fix those above and add the file
    again."""


class ExtraMissing(DragomanError):
    """{purpose} needs packages that are not installed: {missing}. Install Dragoman with its extra
    {extra!r}."""

    command = 'pip install "dragoman[{extra}]"'


class FormatUnusable(DragomanError):
    """The format {name!r}, which another package adds, could not be loaded ({reason}). Remove
    that package, or use a newer version of it."""


class ColumnsUnusable(DragomanError):
    """The columns {given!r} say nothing: {reason}. Give them as title=headline,text=body, with
    these fields: {known}."""
