"""Connections to an archive's SQLite file: each thread reads by its own."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self
from weakref import WeakSet

from ..errors import ArchiveClosed
from .schema import Connection, Retired, check_database, connect, unusable

_MAX_VARIABLES = 900


class Connected:
    """One archive's SQLite file. Safe to share between threads: each has its own connection."""

    _writable = False

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`. Raises ArchiveMissing, NotAnArchive, ArchiveTooNew."""
        self.folder = folder
        self.named: object = folder  # what a user knows it by
        self._local = threading.local()
        self._closed = False
        # Weakly referenced, so that a thread's connection closes when the thread ends.
        self._opened: WeakSet[Connection] = WeakSet()
        check_database(folder, self._connection())

    def close(self) -> None:
        """Close every thread's connection. What is read from then on raises ArchiveClosed."""
        self._closed = True
        self._local = threading.local()
        for connection in list(self._opened):
            connection.retire()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        try:
            yield from self._connection().rows(statement, values)
        except Retired as error:
            raise ArchiveClosed(path=self.named) from error
        except sqlite3.DatabaseError as error:
            raise unusable(self.folder, error) from error

    def _read_in(self, statement: str, values: Sequence[Any]) -> Iterator[Any]:
        """Run `statement` with a list of values after its IN, in as many parts as SQLite needs."""
        for chunk in chunks(values):
            yield from self._read(f"{statement} ({','.join('?' * len(chunk))})", chunk)

    def _connection(self) -> Connection:
        if self._closed:
            raise ArchiveClosed(path=self.named)
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None or not found.is_current:
            found = self._local.connection = connect(self.folder, self._writable)
            self._opened.add(found)
        return found


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Return values in parts that SQLite takes in one statement."""
    for start in range(0, len(values), _MAX_VARIABLES):
        yield values[start : start + _MAX_VARIABLES]
