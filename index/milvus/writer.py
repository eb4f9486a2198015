"""The writer of an archive on Milvus."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ..addresses import EngineAddress
from ..encoding.encoder import Encoder
from ..errors import ArchiveMissing
from ..local.archive import take_up_published
from ..local.locking import writer_lock
from ..local.rows import PassageVectors, StoredVectors
from ..local.writer import LocalWriter, session
from .archive import MilvusArchive
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
from .target import Target

_NEW_PASSAGES = (
    'SELECT p.number, p.article, p.position, p.start, p."end", p.cut, p.vector,'
    " a.source_folded, a.published FROM passages p JOIN articles a ON a.number = p.article"
    " WHERE p.number > ? ORDER BY p.number"
)
_AT_ONCE = 200  # keys in one expression


class MilvusWriter(LocalWriter):
    """An archive on Milvus, as its one writer has it. See `index.archive.ArchiveWriter`.

    A change is made to the local copy, in a transaction. Before that is committed, what it changed
    is put on the server, beside what is there, and the register is moved on: from then on readers
    see it. Where that fails, the transaction is rolled back, and nothing has changed.
    """

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._name = shared.target.name
        self._last_passage = 0
        super().__init__(shared.copy().folder)
        self.named = shared.target.address
        self._to_sweep = False

    def publish(self, afresh: bool = False) -> None:
        """Bring the index of words up to what is committed, and have readers take it up."""
        super().publish(afresh)
        if self._shared.state().published != self.seq:
            self._shared.register.move(published=self.seq)

    def vectors_of_articles(self, articles: object = None) -> PassageVectors:  # noqa: ARG002
        """Return no vectors: they are indexed on the server."""
        return MilvusArchive.vectors_of_articles(self)  # type: ignore[arg-type]

    def stored_vectors(self) -> StoredVectors:
        """Return no vectors, likewise."""
        return MilvusArchive.stored_vectors(self)  # type: ignore[arg-type]

    @contextmanager
    def _transaction(self, changes: bool = True) -> Iterator[sqlite3.Connection]:
        if self._to_sweep:  # what an earlier one left must not become visible with this one
            sweep_uncommitted(self._shared)
            self._to_sweep = False
        self._shared.copy().follow()  # an earlier one may have been committed after all
        connection = self._connection()
        watch(connection)
        (self._last_passage,) = connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'passages'"
        ).fetchone()
        with super()._transaction(changes) as connection:
            yield connection
        self._sweep()

    def _before_commit(self, connection: sqlite3.Connection, changes: bool) -> None:
        """Put what was changed on the server, and move the register on."""
        state = self._shared.state()
        noted = [*changes_of(connection)]
        first = max(state.position + 1, time.time_ns() // 1000)
        rows = [*rows_from(noted, first, 0)]
        born = first + len(rows)
        self._to_sweep = True
        generation = self._generation(connection, state, noted)
        self._shared.server.insert(rows_of(self._name), ({**row, "born": born} for row in rows))
        if generation:
            passages = self._new_passages(connection, born)
            self._shared.server.insert(passages_of(self._name, generation), passages)
        seq = born if changes else state.seq
        for setting, value in (("seq", seq), ("position", born), ("generation", generation)):
            put_own(connection, setting, value)
        connection.execute(
            "UPDATE passages SET vector = x'' WHERE number > ?", [self._last_passage]
        )
        self._shared.register.move(
            position=born, seq=seq, generation=generation, seen=self._shared.server.seen()
        )
        self._to_sweep = False
        self._superseded = [change for change in noted if change.is_known]
        self._gone = [] if generation != state.generation else passages_gone(connection)
        self._former = state.generation if generation != state.generation else 0
        self._shared.register.settle()

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
        self._shared.server.drop(passages_of(self._name, generation))  # of an interrupted one
        create_passages(self._shared.server, generation, int(dimension[0]))
        return generation

    def _new_passages(self, connection: sqlite3.Connection, born: int) -> Iterator[Row]:
        import numpy as np

        tags_of: dict[int, list[str]] = {}
        for row in connection.execute(_NEW_PASSAGES, [self._last_passage]):
            article = row[1]
            if article not in tags_of:
                found = connection.execute("SELECT folded FROM tags WHERE article = ?", [article])
                tags_of = {article: [tag for (tag,) in found]}
            vector = np.frombuffer(row[6], "<f4")
            yield passage_row(born, (*row[:6], vector, *row[7:]), tags_of[article])

    def _sweep(self) -> None:
        """Delete from the server what the latest commit has replaced or removed."""
        server, state = self._shared.server, self._shared.state()
        self._shared.copy().holds(state.position)
        keys = [change.digest for change in self._superseded]
        for start in range(0, len(keys), _AT_ONCE):
            chosen = ", ".join(f'"{key}"' for key in keys[start : start + _AT_ONCE])
            condition = f"key in [{chosen}] and born < {state.position}"
            server.delete_where(rows_of(self._name), condition)
        if self._gone:
            server.delete(passages_of(self._name, state.generation), self._gone)
        if self._former:
            server.drop(passages_of(self._name, self._former))
        if keys or self._gone:
            self._shared.register.move(swept=state.position, seen=server.seen())


def sweep_uncommitted(shared: Shared) -> None:
    """Delete what a writer put on the server and did not commit."""
    state = shared.state()
    name, condition = shared.target.name, f"born > {state.position}"
    shared.server.delete_where(rows_of(name), condition)
    if state.generation:
        shared.server.delete_where(passages_of(name, state.generation), condition)


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
            with (
                writer_lock(shared.copy().folder, wait=True),
                MilvusWriter(shared) as writer,
                session(writer, encoder),
            ):
                yield writer
            take_up_published(shared.copy().folder)
    finally:
        shared.release()
