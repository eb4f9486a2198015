"""The writer of a local archive: changes the database, then publishes the indexes."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from ...corpus.fetching.visit import Visit
from ...corpus.text.folding import folded
from ..archive import EncodedArticle
from ..encoding.encoder import Encoder
from ..errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveMissing,
    ArchiveNotWritable,
    IndexesNotWritable,
)
from ..history import FormerVersion
from .archive import take_up_published
from .database import Database
from .duplicates import join_group, leave_group
from .generations import ENCODED_AGAIN, publish_generation, remove_leftovers
from .history import (
    FILES,
    bounds_below,
    files_from,
    forget_versions,
    keep_version,
    note_files,
    note_visits,
    put_versions,
    rename_history,
)
from .locking import writer_lock
from .manifest import mark_unpublished, read_manifest
from .rows import ADD_STEMS, article_row, find_stems, is_text, passage_rows, stem_rows
from .schema import create_database, has_database, prepare_folder


class LocalWriter(Database):
    """The archive in a folder, as its one writer has it. See `index.archive.ArchiveWriter`.

    Every change is one transaction and raises the archive's `seq`. Needs the write lock.
    """

    _writable = True

    def put(self, articles: Iterable[EncodedArticle]) -> None:
        """Add articles with their passages and vectors, replacing those of the same id."""
        with self._transaction() as connection:
            for article, passages, vectors in articles:
                keep_version(connection, article)
                _delete(connection, article.id)
                number = connection.execute(
                    "INSERT INTO articles (id, hash, title, text, source, source_folded, url,"
                    " published, event, form, authors, tags, details)"
                    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    article_row(article),
                ).lastrowid
                assert number is not None  # noqa: S101 - SQLite numbers every row of this table
                connection.executemany(
                    "INSERT OR IGNORE INTO tags VALUES (?, ?)",
                    [(folded(tag), number) for tag in article.tags],
                )
                join_group(connection, number, article.text)
                connection.executemany(
                    'INSERT INTO passages (article, position, start, "end", cut, vector)'
                    " VALUES (?,?,?,?,?,?)",
                    passage_rows(number, passages, vectors),
                )
                connection.executemany(ADD_STEMS, stem_rows(number, article.title, passages))

    def titled(self, title: str) -> list[str]:
        """Return the ids of the articles with exactly this title."""
        return [id for (id,) in self._read("SELECT id FROM articles WHERE title = ?", [title])]

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give articles new ids, which no article has yet."""
        with self._transaction() as connection:
            for old, new in ids.items():
                if article := self.article(old):
                    connection.execute(
                        "UPDATE articles SET id = ?, hash = ? WHERE id = ?",
                        [new, replace(article, id=new).content_hash, old],
                    )
                    rename_history(connection, old, new)

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Remove articles with all their versions; return the ids of those that were there."""
        with self._transaction() as connection:
            removed = [id for id in filter(is_text, ids) if _delete(connection, id)]
            for id in removed:
                forget_versions(connection, id)
            return removed

    def put_versions(self, versions: Mapping[str, Sequence[FormerVersion]]) -> None:
        """Store the former versions of articles in place of those they have."""
        with self._transaction(changes=False) as connection:
            for id, former in versions.items():
                put_versions(connection, id, former)

    def note_visits(self, visits: Iterable[Visit]) -> None:
        """Remember visits."""
        with self._transaction(changes=False) as connection:
            note_visits(connection, visits)

    def files_below(self, folder: Path) -> dict[Path, set[str]]:
        """Return the watched files below a folder, each with its articles' ids."""
        return files_from(self._read(FILES, bounds_below(folder)))

    def note_files(self, files: Mapping[Path, Iterable[str]]) -> None:
        """Remember which articles watched files have."""
        with self._transaction(changes=False) as connection:
            note_files(connection, files)

    def put_setting(self, name: str, value: str) -> None:
        """Store a setting."""
        with self._transaction() as connection:
            _set(connection, name, value)

    def put_encoder(self, encoder: Encoder) -> None:
        """Store which encoder the vectors are from."""
        with self._transaction() as connection:
            _set_encoder(connection, encoder)

    def reencode(self, encoder: Encoder, batches: Iterable[Iterable[EncodedArticle]]) -> None:
        """Replace all passages by those of the batches, at once when all are there."""
        with self._transaction() as connection:  # what an interrupted one left behind
            connection.execute("DELETE FROM encoded_again")
        for batch in batches:
            self._stage(batch)
        self._swap_staged(encoder)

    def publish(self, afresh: bool = False) -> None:
        """Bring the indexes up to the database; with `afresh`, build them from nothing."""
        manifest = read_manifest(self.folder)
        if manifest and manifest.seq == self.seq and not afresh:
            return
        try:
            publish_generation(self.folder, self, afresh)
        except IndexesNotWritable:
            mark_unpublished(self.folder)
            raise

    def _stage(self, articles: Iterable[EncodedArticle]) -> None:
        """Store new passages of articles beside the present ones."""
        with self._transaction() as connection:
            for article, passages, vectors in articles:
                number = connection.execute(
                    "SELECT number FROM articles WHERE id = ?", [article.id]
                ).fetchone()[0]
                connection.executemany(
                    "INSERT INTO encoded_again VALUES (?,?,?,?,?,?)",
                    passage_rows(number, passages, vectors),
                )

    def _swap_staged(self, encoder: Encoder) -> None:
        with self._transaction() as connection:
            connection.execute("DELETE FROM passages")
            connection.execute(
                'INSERT INTO passages (article, position, start, "end", cut, vector)'
                " SELECT * FROM encoded_again ORDER BY rowid"
            )
            connection.execute("DELETE FROM encoded_again")
            find_stems(connection)
            _set_encoder(connection, encoder)
            # No index of a change before this one holds, though its articles are all there.
            _set(connection, ENCODED_AGAIN, str(self.seq + 1))

    @contextmanager
    def _transaction(self, changes: bool = True) -> Iterator[sqlite3.Connection]:
        """Context manager of a transaction; `changes` says that readers have to know of it."""
        connection = self._connection()
        # Counting on from the time keeps numbers from being used twice even where an older copy
        # of the file was put back.
        now = time.time_ns() // 1000
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?)", [now])
            yield connection
            count_on = "UPDATE settings SET value = max(value + 1, ?) WHERE name = 'seq'"
            if changes:
                connection.execute(count_on, [now])
            self._before_commit(connection, changes)
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                with suppress(sqlite3.DatabaseError):  # then it is rolled back when it is closed
                    connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise ArchiveNotWritable(path=self.folder, reason=error) from error
            if isinstance(error, sqlite3.DatabaseError):
                raise ArchiveDamaged(path=self.folder, reason=error) from error
            raise

    def _before_commit(self, connection: sqlite3.Connection, changes: bool) -> None:
        """Do what belongs to a transaction, and undoes it if it raises."""


@contextmanager
def local_writer(folder: Path, encoder: Encoder | None = None) -> Iterator[LocalWriter]:
    """Context manager that holds the write lock of the archive in `folder`, then publishes.

    See `index.opening.writing`.
    """
    if encoder is None and not has_database(folder):
        raise ArchiveMissing(path=folder)
    prepare_folder(folder)
    with published_at_end(folder), writer_lock(folder):
        create_database(folder)
        with LocalWriter(folder) as writer, session(writer, encoder):
            yield writer


@contextmanager
def published_at_end(folder: Path) -> Iterator[None]:
    """Context manager after which readers of this process find what was stored in `folder`.

    Be it published or not.
    """
    try:
        yield
    finally:
        take_up_published(folder)


@contextmanager
def session(writer: LocalWriter, encoder: Encoder | None) -> Iterator[None]:
    """Context manager of what a writer does, which publishes at its end.

    With an `encoder`, the vectors must be that encoder's. Raises EncoderMismatch.
    """
    writer.check_encoder(encoder)
    remove_leftovers(writer.folder)
    if encoder and writer.setting("encoder") is None:
        writer.put_encoder(encoder)
    try:
        yield
    except BaseException:
        # Not being able to publish as well must not hide that something was not stored.
        with suppress(ArchiveError):
            writer.publish()
        raise
    writer.publish()


def _delete(connection: sqlite3.Connection, id: str) -> bool:
    """Delete an article and its passages; return whether it was there."""
    there = connection.execute("SELECT number FROM articles WHERE id = ?", [id]).fetchone()
    if there:
        leave_group(connection, there[0])
        connection.execute("DELETE FROM articles WHERE number = ?", there)
    return there is not None


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])


def _set_encoder(connection: sqlite3.Connection, encoder: Encoder) -> None:
    _set(connection, "encoder", encoder.fingerprint)
    _set(connection, "dimension", str(encoder.dimension))
