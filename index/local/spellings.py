"""The spellings of names in an archive: its own table, or the default one."""

from pathlib import Path

from ...corpus.text.spelling import DEFAULT_SPELLINGS, SPELLINGS_FILE, Spellings
from ..errors import SpellingsUnusable


def archive_spellings(folder: Path) -> Spellings:
    """Return the table of spellings in `folder`, or the default one where there is none.

    Raises SpellingsUnusable.
    """
    file = folder / SPELLINGS_FILE
    try:
        spellings = Spellings.read(file)
    except FileNotFoundError:
        return DEFAULT_SPELLINGS
    except UnicodeError as error:
        raise SpellingsUnusable(path=file, reason="it is not UTF-8") from error
    except OSError as error:
        raise SpellingsUnusable(path=file, reason=error.strerror) from error
    written: set[str] = set()
    for spelling in (spelling for group in spellings.groups for spelling in group):
        if spelling in written:
            raise SpellingsUnusable(path=file, reason=f"{spelling!r} is there twice")
        written.add(spelling)
    return spellings


def spellings_stamp(folder: Path) -> tuple[int, int] | None:
    """Return a value that changes with the table in `folder`; None where there is none."""
    try:
        found = (folder / SPELLINGS_FILE).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
