"""What a format is: how it is recognised, and how the articles in such a file are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..article import Article
from ..errors import ReadingError
from .file import File


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a file that is no article; `kind` is what it is counted as."""

    kind: str


# Where something stands, for errors, and what it is: a File is read in turn.
Read = Article | ReadingError | Skipped
Reads = Iterator[tuple[str, Read | File]]


def not_recognised(file: File) -> bool:
    """Return False: a format without a mark of its own is known by its suffix alone."""
    del file
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files that articles come in.

    `read` yields what is in a file of this format, each with where it stands. `recognises` tells
    by a file's content whether it has this format; a file that no format recognises has the one
    with its suffix. `library` reads it, and is installed with the extra `extra`, or always.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[File], Reads]
    recognises: Callable[[File], bool] = not_recognised
    library: str = ""
    extra: str = ""


def starting_with(*starts: bytes) -> Callable[[File], bool]:
    """Return what recognises files that start with one of these bytes."""
    return lambda file: file.start.startswith(starts)
