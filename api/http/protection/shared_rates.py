"""What clients did, for all processes that count it: a storage of `limits` in a file.

The library's own storages are of one process, or need a server of their own.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limits.storage import MovingWindowSupport, Storage

_MOST_WAIT = 2.0  # seconds for other processes; each takes less than a millisecond


class SharedStorage(Storage, MovingWindowSupport):
    """Counts in SQLite. Nothing is kept longer than it counts, nor over a crash of the system."""

    STORAGE_SCHEME = None

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._using = threading.Lock()
        self._connection = sqlite3.connect(
            file, timeout=_MOST_WAIT, isolation_level=None, check_same_thread=False
        )
        for statement in (
            "pragma journal_mode = wal",
            "pragma synchronous = off",
            "create table if not exists hit (key text not null, at real not null, until real)",
            "create index if not exists hit_of_key on hit (key, at)",
            "create index if not exists hit_until on hit (until)",
        ):
            self._connection.execute(statement)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What SQLite raises."""
        return sqlite3.Error

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` times, unless that is more than `limit` in `expiry` seconds."""
        with self._writing() as (database, now):
            if self._count(key) + amount > limit:
                return False
            row = (key, now, now + expiry)
            database.executemany("insert into hit values (?, ?, ?)", [row] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return when the window began, and how often it was counted in it."""
        with self._writing() as (database, now):
            (first,) = database.execute("select min(at) from hit where key = ?", [key]).fetchone()
            return first or now, self._count(key)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count without a limit; return how often it was."""
        self.acquire_entry(key, 2**62, expiry, amount)
        return self.get(key)

    def get(self, key: str) -> int:
        """Return how often it was counted."""
        with self._writing():
            return self._count(key)

    def get_expiry(self, key: str) -> float:
        """Return when the last one counts no more."""
        with self._writing() as (database, now):
            (last,) = database.execute("select max(until) from hit where key = ?", [key]).fetchone()
            return last or now

    def check(self) -> bool:
        """Return that it can be used, or raise."""
        with self._writing():
            return True

    def reset(self) -> int:
        """Forget everything; return how much that was."""
        with self._writing() as (database, _):
            return database.execute("delete from hit").rowcount

    def clear(self, key: str) -> None:
        """Forget what was counted."""
        with self._writing() as (database, _):
            database.execute("delete from hit where key = ?", [key])

    def _count(self, key: str) -> int:
        counted = self._connection.execute("select count(*) from hit where key = ?", [key])
        return counted.fetchone()[0]

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, float]]:
        """Be the only one who counts, after what counts no more is gone."""
        database = self._connection
        with self._using:
            database.execute("begin immediate")
            try:
                now = time.time()
                database.execute("delete from hit where until <= ?", [now])
                yield database, now
            finally:
                database.execute("commit")
