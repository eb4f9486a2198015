"""The local copy of an archive on Milvus: all but the vectors, in a folder of the user's cache.

It is the database of an archive in a folder, whose indexes of words and groups of near-duplicates
are kept on it as there. It is derived: where it is lost, it is made again.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from ...corpus.article import Passage
from ...corpus.text.folding import folded
from ..errors import (
    ArchiveDamaged,
    ArchiveTooNew,
    ArchiveTooOld,
    LocalCopyUnusable,
    NotAnArchive,
)
from ..local.duplicates import join_group, leave_group
from ..local.rows import ADD_STEMS, stem_rows
from ..local.schema import FILE, SCHEMA_VERSION, connect, create_database
from .collections import FORMAT, PASSAGE_FIELDS, ROW_FIELDS, identity_from, passages_of, rows_of
from .register import Register, State
from .replication import TABLES, Change, changes_from, known_columns, store
from .server import Row, Server

OnCopied = Callable[[int, int], None]

_LOCK = "copy.lock"
_TOLD_EACH = 100
_NEW_PASSAGE = (
    'INSERT OR REPLACE INTO passages (number, article, position, start, "end", cut, vector)'
    " VALUES (?, ?, ?, ?, ?, ?, x'')"
)
_WITHOUT_ID = "UPDATE articles SET id = char(0) || number WHERE number = ?"


class LocalCopy:
    """The local copy of one archive, which follows what is committed. Threads may share it."""

    def __init__(self, server: Server, register: Register) -> None:
        """Make the copy's folder. Raises ArchiveTooNew, ArchiveTooOld, LocalCopyUnusable."""
        self._server = server
        self._register = register
        self.folder = _folder(server, register.fields())
        self._position = -1
        with _only_one(self.folder):
            _prepare(self.folder)

    def follow(self, on_copied: OnCopied | None = None) -> None:
        """Bring the copy up to what is committed.

        `on_copied` is called with the rows of the server that were copied, and in all.
        """
        state = self._register.state()
        if state and state.position != self._position:
            with _only_one(self.folder):
                self._catch_up(state, on_copied)

    def holds(self, position: int) -> None:
        """Say that the copy was brought up to a commit by its writer."""
        self._position = position

    def _catch_up(self, state: State, on_copied: OnCopied | None) -> None:
        """Bring the copy up to a state, or to a later one; others wait."""
        while True:
            with _transaction(self.folder) as connection:
                held = int(_own(connection, "position"))
                if held > state.position:
                    # The state was read before another process went on, or else the server was
                    # put back to an older one.
                    state = self._register.read() or state
                    if held > state.position:
                        _forget_all(connection)
                        held = 0
                if held < state.position:
                    self._apply(connection, state, on_copied)
            self._position = state.position
            # What was deleted while it was read may be missing.
            latest = self._register.state()
            if latest is None or latest.swept <= state.position:
                return
            state = latest

    def _apply(
        self, connection: sqlite3.Connection, state: State, on_copied: OnCopied | None
    ) -> None:
        since = int(_own(connection, "position"))
        encoded_again = int(_own(connection, "generation")) != state.generation
        if encoded_again:
            connection.execute("DELETE FROM passages")
        between = f"born > {since} and born <= {state.position}"
        name, server = self._server.target.name, self._server
        sources = [(rows_of(name), between)]
        if state.generation:
            since_ever = f"born <= {state.position}" if encoded_again else between
            sources.append((passages_of(name, state.generation), since_ever))
        told = _Told(
            on_copied, sum(server.count(*s, state.seen) for s in sources) if on_copied else 0
        )
        rows = told.each(server.rows(*sources[0], ROW_FIELDS, state.seen))
        _store_all(connection, changes_from(rows))
        for source in sources[1:]:
            found = told.each(server.rows(*source, PASSAGE_FIELDS, state.seen))
            _store_passages(connection, found)
        for setting in ("position", "seq", "generation"):
            put_own(connection, setting, getattr(state, setting))


@dataclass
class _Told:
    """Tells how many rows are copied."""

    on_copied: OnCopied | None
    total: int
    done: int = 0

    def each(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows, and tell of every hundredth, and of the last."""
        for row in rows:
            yield row
            self.done += 1
            if self.on_copied and (self.done % _TOLD_EACH == 0 or self.done == self.total):
                self.on_copied(self.done, self.total)


def put_own(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Store a setting of the copy's own."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, str(value)])


def _own(connection: sqlite3.Connection, name: str) -> str:
    found = connection.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
    return found[0] if found else "0"


def _forget_all(connection: sqlite3.Connection) -> None:
    for table in (*TABLES, "wordings", "sketched", "encoded_again"):
        if table != "settings":
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.execute("DELETE FROM settings WHERE name <> 'seq'")


def _store_all(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    waiting: list[Change] = []
    for change in changes:
        if change.kind == "articles":
            waiting.append(change)
        else:
            store(connection, change)
    # Two articles may have exchanged their ids.
    connection.executemany(_WITHOUT_ID, [[int(change.key)] for change in waiting if change.row])
    for change in waiting:
        _store_article(connection, change)


def _store_article(connection: sqlite3.Connection, change: Change) -> None:
    number = int(change.key)
    there = connection.execute("SELECT 1 FROM articles WHERE number = ?", [number]).fetchone()
    if change.row is None:
        if there:
            leave_group(connection, number)
            connection.execute("DELETE FROM articles WHERE number = ?", [number])
        return
    columns, values = known_columns(connection, change)
    if there:  # replacing the row would delete what hangs on it
        assigned = ", ".join(f"{column} = ?" for column in columns)
        connection.execute(f"UPDATE articles SET {assigned} WHERE number = {number}", values)  # noqa: S608
        return
    connection.execute(
        f"INSERT INTO articles ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        values,
    )
    connection.executemany(
        "INSERT OR IGNORE INTO tags VALUES (?, ?)",
        [(folded(tag), number) for tag in json.loads(change.row.get("tags", "[]"))],
    )
    join_group(connection, number, change.row["text"])


def _store_passages(connection: sqlite3.Connection, found: Iterable[Row]) -> None:
    text_of = "SELECT id, title, text FROM articles WHERE number = ?"
    for row in found:
        article = row["article"]
        stated = connection.execute(text_of, [article]).fetchone()
        if stated is None:
            continue  # its article is gone, and it is about to be
        id, title, text = stated
        span = row["start"], row["stop"]
        connection.execute(
            _NEW_PASSAGE, [row["number"], article, row["position"], *span, row["cut"]]
        )
        passage = Passage(id, row["position"], span, text[slice(*span)])
        connection.executemany(ADD_STEMS, stem_rows(article, title, [passage]))


def _folder(server: Server, fields: Sequence[str]) -> Path:
    """Return the folder of the copy of the archive whose register has these fields."""
    stated = identity_from(fields)
    if stated is None:
        raise NotAnArchive(path=server.target, reason="another program made its collections")
    format, identity = stated
    if format > FORMAT:
        raise ArchiveTooNew(path=server.target, found=format, known=FORMAT)
    if format < FORMAT:
        raise ArchiveTooOld(path=server.target, found=format, known=FORMAT)
    # Apart for each version of the tables: of two versions of Dragoman each has its own.
    folder = user_cache_path("dragoman") / "milvus" / f"{identity}-{SCHEMA_VERSION}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise LocalCopyUnusable(path=folder, reason=error.strerror) from error
    return folder


def _prepare(folder: Path) -> None:
    """Make the copy's database, again if it is damaged."""
    try:
        create_database(folder)
    except (NotAnArchive, ArchiveDamaged):
        for file in folder.glob(f"{FILE}*"):
            file.unlink()
        create_database(folder)


@contextmanager
def _transaction(folder: Path) -> Iterator[sqlite3.Connection]:
    """Context manager of a transaction on the copy. Raises LocalCopyUnusable."""
    try:
        with closing(connect(folder, writable=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")  # else it is rolled back when it is closed
    except sqlite3.DatabaseError as error:
        raise LocalCopyUnusable(path=folder, reason=error) from error


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Context manager that waits until no other process brings the copy up to date."""
    try:
        lock = FileLock(folder / _LOCK)
        lock.acquire()
    except OSError as error:
        raise LocalCopyUnusable(path=folder, reason=error.strerror) from error
    try:
        yield
    finally:
        lock.release()
