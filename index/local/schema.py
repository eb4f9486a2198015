"""The SQLite file of an archive: its tables, how it is made, recognised and connected to."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from ...corpus.text.spelling import SPELLINGS_FILE
from ..archive import JOBS_FOLDER
from ..errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveObstructed,
    ArchiveTooNew,
    ArchiveUnreadable,
    NotAnArchive,
    StorageFailed,
)
from .duplicates import DUPLICATES_SCHEMA, join_group
from .history import HISTORY_SCHEMA, HISTORY_SINCE
from .locking import LOCK_FILE
from .manifest import GENERATIONS, MANIFEST_FILE, NEW_MANIFEST_FILE
from .rows import DETAILS_SCHEMA, DETAILS_SINCE, STEMS_SCHEMA, TAGS_SINCE, find_stems

FILE = "dragoman.sqlite"
OnUpgrade = Callable[[int, int], None]  # told how many steps are done, of how many
_APPLICATION_ID = 0x44524147  # "DRAG", in the file's header, identifies the application
SCHEMA_VERSION = 6
DUPLICATES_SINCE = 2  # an older archive has no tables for them
STEMS_SINCE = 5
# Article and passage numbers are never used twice, so an index can say what it covers by numbers
# alone: AUTOINCREMENT, and no number below the time of its making (see LocalWriter._transaction).
_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    source_folded TEXT,
    url TEXT,
    published TEXT,
    event TEXT,
    form TEXT,
    authors TEXT NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_by_article ON passages (article, position);
CREATE TABLE encoded_again (
    article INTEGER NOT NULL, position INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, cut INTEGER NOT NULL, vector BLOB NOT NULL
);
INSERT INTO settings VALUES ('seq', '0');
INSERT INTO sqlite_sequence VALUES ('articles', 0), ('passages', 0);
"""
# `articles.tags` has the tags as they are written, a JSON list; `tags` finds articles by them.
_TAGS_SCHEMA = """
ALTER TABLE articles ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
CREATE TABLE tags (
    folded TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    PRIMARY KEY (folded, article)
) WITHOUT ROWID;
CREATE INDEX tags_by_article ON tags (article)
"""
# Older versions can read an archive with these, so they have no version of their own. The second
# holds all that is counted and filtered by: to find it in the articles, their texts are read.
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS articles_by_title ON articles (title)",
    "CREATE INDEX IF NOT EXISTS articles_by_source ON articles (source, published, source_folded)",
)


def has_database(folder: Path) -> bool:
    """Return whether `folder` has an archive's file.

    Raises ArchiveUnreadable, and ArchiveObstructed where there is something else in its place.
    """
    try:
        found = (folder / FILE).is_file()
        if not found and (folder / FILE).exists():
            raise ArchiveObstructed(path=folder, name=FILE, expected="a file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ArchiveUnreadable(path=folder, reason=reason) from error
    return found


def prepare_folder(folder: Path) -> None:
    """Create the folder of a new archive, or check that it is empty or an archive's.

    Raises NotAnArchive where it holds something else, ArchiveObstructed where one of its own names
    is taken, ArchiveNotWritable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in folder.iterdir()}
    except (FileExistsError, NotADirectoryError) as error:
        raise NotAnArchive(path=folder, reason="it is a file, not a folder") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ArchiveNotWritable(path=folder, reason=reason) from error
    foreign = sorted(names - {LOCK_FILE, SPELLINGS_FILE, JOBS_FOLDER})
    if foreign and FILE not in names:
        raise NotAnArchive(path=folder, reason=f"it holds other files, such as {foreign[0]}")
    _check_unobstructed(folder)


def _check_unobstructed(folder: Path) -> None:
    """Raise ArchiveObstructed before anything is stored that could then not be published."""
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", LOCK_FILE, MANIFEST_FILE, NEW_MANIFEST_FILE):
        if (folder / name).is_dir():
            raise ArchiveObstructed(path=folder, name=name, expected="a file")
    generations = folder / GENERATIONS
    if generations.exists() and not generations.is_dir():
        raise ArchiveObstructed(path=folder, name=GENERATIONS, expected="a folder")


def create_database(folder: Path, on_upgrade: OnUpgrade = lambda _done, _total: None) -> None:
    """Create an empty database in `folder`, or upgrade an older one.

    Needs the write lock. `on_upgrade` is called as often as an article is upgraded. Raises
    NotAnArchive where the file is something else, ArchiveNotWritable.
    """
    try:
        connection = _connected(folder / FILE, "mode=rwc")
        try:
            if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                connection.executescript(
                    f"BEGIN; {_SCHEMA} {DUPLICATES_SCHEMA}; {_TAGS_SCHEMA}; {HISTORY_SCHEMA};"
                    f" {STEMS_SCHEMA}; {DETAILS_SCHEMA};"
                    f" PRAGMA application_id = {_APPLICATION_ID};"
                    f" PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
                )
            check_database(folder, connection)
            connection.execute("PRAGMA journal_mode = WAL")
            _upgrade(connection, on_upgrade)
            for index in _INDEXES:
                connection.execute(index)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise ArchiveNotWritable(path=folder, reason=error) from error
    except sqlite3.DatabaseError as error:
        raise unusable(folder, error) from error


def _upgrade(connection: sqlite3.Connection, on_upgrade: OnUpgrade) -> None:
    """Bring the tables of an older version up to this one, at once or not at all."""
    version = schema_version(connection)
    if version == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    on_article = _counting(connection, version, on_upgrade)
    on_article()
    if version < DUPLICATES_SINCE:
        _find_duplicates(connection, on_article)
    if version < TAGS_SINCE:
        for statement in _TAGS_SCHEMA.split(";"):
            connection.execute(statement)
    if version < HISTORY_SINCE:
        for statement in HISTORY_SCHEMA.split(";"):
            connection.execute(statement)
    if version < STEMS_SINCE:
        connection.execute(STEMS_SCHEMA)
        find_stems(connection, on_article)
    if version < DETAILS_SINCE:
        for statement in DETAILS_SCHEMA.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _counting(
    connection: sqlite3.Connection, version: int, on_upgrade: OnUpgrade
) -> Callable[[], None]:
    """Return what is called before the first article and after each, by everything that is done."""
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    total = articles * ((version < DUPLICATES_SINCE) + (version < STEMS_SINCE))
    done = count()
    return lambda: on_upgrade(next(done), total)


def _find_duplicates(connection: sqlite3.Connection, on_article: Callable[[], None]) -> None:
    """Find the duplicates among all articles."""
    for statement in DUPLICATES_SCHEMA.split(";"):
        connection.execute(statement)
    for (number,) in connection.execute("SELECT number FROM articles").fetchall():
        text = connection.execute("SELECT text FROM articles WHERE number = ?", [number])
        join_group(connection, number, text.fetchone()[0])
        on_article()


def connect(folder: Path, writable: bool) -> "Connection":
    """Connect to an archive's file; without `writable`, its content cannot be changed.

    Raises ArchiveMissing, ArchiveUnreadable, NotAnArchive, ArchiveDamaged.
    """
    if not has_database(folder):
        raise ArchiveMissing(path=folder)
    path = folder / FILE
    connection = _connected(path, f"mode={'rw' if writable else 'ro'}")
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # Not memory-mapped: each thread has a connection, and each would map the whole file.
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        connection.close()
        if writable:
            raise ArchiveNotWritable(path=folder, reason=error) from error
        connection = _connected_as_it_stands(folder)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unusable(folder, error) from error
    return connection


def _connected_as_it_stands(folder: Path) -> "Connection":
    """Connect to a file in a read-only folder, where SQLite cannot put its shared memory.

    SQLite then assumes an unchanging file; `Connection.is_current` tells whether it is.
    """
    path = folder / FILE
    changes = path.with_name(f"{FILE}-wal")
    if changes.exists() and changes.stat().st_size:
        reason = "it is being written, or was when it was copied, and this folder may not be"
        raise ArchiveUnreadable(path=folder, reason=reason)
    stamp = _stamp(path)
    connection = _connected(path, "immutable=1")
    connection.as_it_stood = (path, stamp)
    return connection


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def check_database(folder: Path, connection: sqlite3.Connection) -> None:
    """Raise unless the file is an archive's that this version reads."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = schema_version(connection)
    except sqlite3.DatabaseError as error:
        raise unusable(folder, error) from error
    if application != _APPLICATION_ID:
        raise NotAnArchive(path=folder, reason=f"{FILE} was made by another program")
    if version > SCHEMA_VERSION:
        raise ArchiveTooNew(path=folder, found=version, known=SCHEMA_VERSION)


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the version of the tables."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def is_current(connection: sqlite3.Connection) -> bool:
    """Return whether the tables are those of the present version."""
    return schema_version(connection) == SCHEMA_VERSION


def unusable(folder: Path, error: sqlite3.DatabaseError) -> ArchiveError:
    """Return the error of an archive whose file SQLite cannot read."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB":
        return NotAnArchive(path=folder, reason=f"{FILE} is no database")
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return StorageFailed(path=folder, reason=error)
    return ArchiveDamaged(path=folder, reason=error)


class Retired(Exception):
    """A connection was closed before, or while, a statement was read on it."""


class Connection(sqlite3.Connection):
    """A connection that can be weakly referenced, and is never closed while SQLite works on it.

    `as_it_stood` is set where SQLite assumes an unchanging file: the file and its stamp then.
    """

    as_it_stood: tuple[Path, tuple[int, int]] | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._working = threading.Lock()
        self._retired = False

    def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Return all rows of a statement. Raises Retired once the connection is retired.

        As long as a statement has rows left, all others on its connection see the database as it
        was when that one began: what was removed since would still be shown.
        """
        with self._working:
            if self._retired:
                raise Retired
            return self.execute(statement, values).fetchall()

    def retire(self) -> None:
        """Close, after what SQLite does at this moment: to close meanwhile would crash it."""
        with self._working:
            self._retired = True
            self.close()

    @property
    def is_current(self) -> bool:
        """Whether the file is still as this connection sees it."""
        return self.as_it_stood is None or _stamp(self.as_it_stood[0]) == self.as_it_stood[1]

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


def _connected(path: Path, parameters: str) -> Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{parameters}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # each thread uses its own; only closing happens across threads
        timeout=30,
        factory=Connection,
    )
