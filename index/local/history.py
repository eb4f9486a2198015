"""What an archive remembers of its articles: former versions, addresses visited, watched files."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ...corpus.article import Article
from ...corpus.fetching.visit import Visit
from ..history import FormerVersion
from .rows import ARTICLE_COLUMNS, article_row

HISTORY_SINCE = 4  # an older archive has no tables for it
# Kept by id, since an article gets another number with each version.
HISTORY_SCHEMA = """
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    url TEXT,
    published TEXT,
    event TEXT,
    form TEXT,
    authors TEXT NOT NULL,
    tags TEXT NOT NULL,
    replaced TEXT NOT NULL
);
CREATE INDEX versions_by_id ON versions (id);
CREATE TABLE visits (
    address TEXT PRIMARY KEY, article TEXT, etag TEXT, modified TEXT, stated TEXT
) WITHOUT ROWID;
CREATE TABLE files (path BLOB NOT NULL, article TEXT NOT NULL, PRIMARY KEY (path, article))
    WITHOUT ROWID
"""
_KEEP = (
    f"INSERT INTO versions ({ARTICLE_COLUMNS}, number, replaced)"  # noqa: S608
    f" SELECT {ARTICLE_COLUMNS}, number, ? FROM articles"
    " WHERE id = ? AND (title IS NOT ? OR text IS NOT ? OR published IS NOT ?)"
)
_PUT = (
    f"INSERT INTO versions ({ARTICLE_COLUMNS}, number, replaced)"  # noqa: S608
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
# To be completed by a list of ids.
VERSIONS = "SELECT number, replaced, {} FROM versions WHERE id IN"
ALL_VISITS = "SELECT address, article, etag, modified, stated FROM visits"
ALL_FILES = "SELECT path, article FROM files"
VISITS = f"{ALL_VISITS} WHERE address IN"
FILES = f"{ALL_FILES} WHERE path >= ? AND path < ?"


def keep_version(connection: sqlite3.Connection, article: Article) -> None:
    """Keep the present version of an article that is being replaced by one that says otherwise."""
    day = article.published.isoformat() if article.published else None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(_KEEP, [now, article.id, article.title, article.text, day])


def put_versions(
    connection: sqlite3.Connection, id: str, versions: Sequence[FormerVersion]
) -> None:
    """Store the former versions of an article, the oldest first, in place of those it has."""
    forget_versions(connection, id)
    # Below 0, so that no article has such a number, by which it is kept when it is replaced.
    lowest = connection.execute("SELECT min(0, coalesce(min(number), 0)) FROM versions")
    start = lowest.fetchone()[0] - len(versions)
    for number, former in enumerate(versions, start):
        row = article_row(replace(former.article, id=id))
        stored = [*row[:1], *row[2:5], *row[6:]]  # without hash and the outlet's plain name
        connection.execute(_PUT, [*stored, number, former.replaced.isoformat()])


def forget_versions(connection: sqlite3.Connection, id: str) -> None:
    """Delete the former versions of an article."""
    connection.execute("DELETE FROM versions WHERE id = ?", [id])


def rename_history(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Have what is remembered of an article known by its new id."""
    connection.execute("UPDATE versions SET id = ? WHERE id = ?", [new, old])
    connection.execute("UPDATE visits SET article = ? WHERE article = ?", [new, old])


def note_visits(connection: sqlite3.Connection, visits: Iterable[Visit]) -> None:
    """Store visits, each in place of the former one to its address."""
    connection.executemany("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)", visits)


def note_files(connection: sqlite3.Connection, files: Mapping[Path, Iterable[str]]) -> None:
    """Store which articles files have; a file without any is forgotten."""
    connection.executemany(
        "DELETE FROM files WHERE path = ?", [[os.fsencode(path)] for path in files]
    )
    connection.executemany("INSERT OR IGNORE INTO files VALUES (?, ?)", _file_rows(files))


def bounds_below(folder: Path) -> tuple[bytes, bytes]:
    """Return the values between which the paths of all files below a folder are, for FILES."""
    start = os.fsencode(folder / "_")[:-1]
    return start, start[:-1] + bytes([start[-1] + 1])


def files_from(rows: Iterable[tuple[bytes, str]]) -> dict[Path, set[str]]:
    """Return the watched files of rows, each with its articles' ids."""
    found: dict[Path, set[str]] = {}
    for path, id in rows:
        found.setdefault(Path(os.fsdecode(path)), set()).add(id)
    return found


def _file_rows(files: Mapping[Path, Iterable[str]]) -> Iterator[tuple[bytes, str]]:
    return ((os.fsencode(path), id) for path, ids in files.items() for id in ids)
