"""The writer of an archive on Milvus."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np

from ..addresses import EngineAddress
from ..archive import Numbers
from ..encoding.encoder import Encoder
from ..errors import ArchiveBusy, ArchiveError, ArchiveMissing
from ..local.locking import writer_lock
from ..local.rows import PassageVectors, StoredVectors
from ..local.writer import LocalWriter, published_at_end, session
from .archive import NO_VECTORS, NONE_STORED
from .collections import (
    create_passages,
    create_rows,
    passage_row,
    passages_of,
    register_schema,
    rows_of,
)
from .copy import put_own
from .register import State
from .replication import Change, changes_of, passages_gone, rows_from, watch
from .server import Row
from .sharing import Shared
from .sweeping import Replaced, Sweeper, sweep_uncommitted
from .target import Target

_NEW_PASSAGES = (
    'SELECT p.number, p.article, p.position, p.start, p."end", p.cut, p.vector,'
    " a.source_folded, a.published FROM passages p JOIN articles a ON a.number = p.article"
    " WHERE p.number > ? ORDER BY p.number"
)


class MilvusWriter(LocalWriter):
    """An archive on Milvus, as its one writer has it. See `index.archive.ArchiveWriter`.

    A change is made to the local copy, in a transaction. Before that is committed, what it changed
    is put on the server, beside what is there, and the register is moved on: from then on readers
    see it. Where that fails, the transaction is rolled back, and nothing has changed.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._name = shared.target.name
        self._sweeper = Sweeper(shared)
        self._is_clean = True  # of what is not committed
        self._last_passage = 0  # before the present change
        super().__init__(shared.copy().folder)
        self.named = shared.target.address

    def close(self) -> None:
        """Close the copy, and delete what is on the server and was not committed.

        Where that fails, the lease is not given back: the next writer takes it over, and deletes.
        """
        try:
            self._sweep_uncommitted()
        except ArchiveError:
            self._shared.register.keep_lease()
        finally:
            super().close()

    def publish(self, afresh: bool = False) -> None:
        """Bring the index of words up to what is committed, and have readers take it up."""
        super().publish(afresh)
        self._sweeper.sweep()
        if self._shared.state().published != self.seq:
            self._shared.register.move(published=self.seq)

    def vectors_of_articles(self, articles: Numbers | None = None) -> PassageVectors:  # noqa: ARG002
        """Return no vectors: they are indexed on the server."""
        return NO_VECTORS

    def stored_vectors(self) -> StoredVectors:
        """Return no vectors, likewise."""
        return NONE_STORED

    @contextmanager
    def _transaction(self, changes: bool = True) -> Iterator[sqlite3.Connection]:
        self._sweep_uncommitted()
        self._shared.copy().follow()  # an earlier one may have been committed after all
        connection = self._connection()
        watch(connection)
        (self._last_passage,) = connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'passages'"
        ).fetchone()
        with super()._transaction(changes) as connection:
            yield connection
        self._shared.copy().holds(self._shared.state().position)
        self._sweeper.sweep()

    def _sweep_uncommitted(self) -> None:
        """Delete what a change that failed left, which must not become visible with a later one."""
        if not self._is_clean:
            sweep_uncommitted(self._shared)
            self._is_clean = True

    def _before_commit(self, connection: sqlite3.Connection, changes: bool) -> None:
        """Put what was changed on the server, and move the register on."""
        register, server = self._shared.register, self._shared.server
        state = self._shared.state()
        noted = [*changes_of(connection)]
        first = max(state.position + 1, time.time_ns() // 1000)
        rows = [*rows_from(noted, first)]
        born = first + len(rows)
        self._is_clean = False
        generation = self._generation(connection, state, noted)
        server.insert(
            rows_of(self._name), ({**row, "born": born} for row in rows), left=register.left
        )
        if generation:
            passages = self._new_passages(connection, born)
            server.insert(passages_of(self._name, generation), passages, left=register.left)
        seq = born if changes else state.seq
        for setting, value in (("seq", seq), ("position", born), ("generation", generation)):
            put_own(connection, setting, value)
        blank = "UPDATE passages SET vector = x'' WHERE number > ?"
        connection.execute(blank, [self._last_passage])
        try:
            register.move(position=born, seq=seq, generation=generation, seen=server.seen())
        except ArchiveBusy:  # another writes, who does not know of these rows
            sweep_uncommitted(self._shared, born)
            raise
        self._is_clean = True
        replaces_all = generation != state.generation
        gone = [] if replaces_all else passages_gone(connection)
        keys = [change.digest for change in noted if change.is_known]
        former = state.generation if replaces_all else 0
        self._sweeper.add(Replaced(born, keys, gone, former))
        register.settle()

    def _generation(
        self, connection: sqlite3.Connection, state: State, noted: Iterable[Change]
    ) -> int:
        """Return the generation of the passages: a new one, if the encoder has changed."""
        stated = {change.key for change in noted if change.kind == "settings"}
        if not stated & {"encoder", "dimension"}:
            return state.generation
        dimension = connection.execute(
            "SELECT value FROM settings WHERE name = 'dimension'"
        ).fetchone()
        generation = state.generation + 1
        name, left = passages_of(self._name, generation), self._shared.register.left
        self._shared.server.drop(name, left)  # of an interrupted one
        create_passages(self._shared.server, generation, int(dimension[0]))
        return generation

    def _new_passages(self, connection: sqlite3.Connection, born: int) -> Iterator[Row]:
        tags_of: dict[int, list[str]] = {}
        for row in connection.execute(_NEW_PASSAGES, [self._last_passage]):
            article = row[1]
            if article not in tags_of:
                found = connection.execute("SELECT folded FROM tags WHERE article = ?", [article])
                tags_of = {article: [tag for (tag,) in found]}
            vector = np.frombuffer(row[6], "<f4")
            yield passage_row(born, (*row[:6], vector, *row[7:]), tags_of[article])


@contextmanager
def milvus_writer(address: EngineAddress, encoder: Encoder | None) -> Iterator[MilvusWriter]:
    """Context manager that holds the lease of the archive at `address`, then publishes.

    See `index.opening.writing`.
    """
    target = Target.of(address)
    if not target.exists():
        if encoder is None:
            raise ArchiveMissing(path=address)
        target.make()
    shared = Shared.of(target)
    try:
        if shared.register.state() is None:
            if encoder is None:
                raise ArchiveMissing(path=address)
            create_rows(shared.server)
            shared.register.create(register_schema())
        with shared.register.leased() as took_over:
            if took_over:
                sweep_uncommitted(shared)
            shared.copy().follow()
            folder = shared.copy().folder
            with (
                published_at_end(folder),
                writer_lock(folder, wait=True),
                MilvusWriter(shared) as writer,
                session(writer, encoder),
            ):
                yield writer
    finally:
        shared.release()
