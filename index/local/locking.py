"""One writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import ArchiveBusy, ArchiveNotWritable

LOCK_FILE = "writer.lock"


@contextmanager
def writer_lock(folder: Path, wait: bool = False) -> Iterator[None]:
    """Context manager that holds the write lock; the system frees it however the process ends.

    Raises ArchiveBusy at once where another holds it, unless it is to `wait`, and
    ArchiveNotWritable where it cannot be made.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveBusy(path=folder) from error
    except OSError as error:
        raise ArchiveNotWritable(path=folder, reason=error.strerror) from error
    try:
        yield
    finally:
        lock.release()


def is_being_written(folder: Path) -> bool:
    """Return whether another holds the write lock now."""
    try:
        with writer_lock(folder):
            return False
    except ArchiveBusy:
        return True
    except ArchiveNotWritable:
        return False
