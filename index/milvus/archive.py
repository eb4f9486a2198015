"""An archive on Milvus, open for reading."""

import weakref
from collections import deque
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ..addresses import EngineAddress
from ..archive import Numbers
from ..encoding.encoder import Vectors
from ..errors import ArchiveMissing
from ..local.archive import LocalArchive
from ..local.memory.standing import Standing
from ..local.rows import PassageVectors, StoredVectors
from ..local.schema import Connection
from ..local.snapshot import LocalSnapshot
from .collections import Filters, passages_of
from .sharing import Shared
from .snapshot import MilvusSnapshot
from .target import Target

_REMEMBERED = 16  # filters
_MOST_KEPT = 20_000  # vectors
NO_VECTORS = PassageVectors(
    np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 0), np.float32)
)

NONE_STORED = StoredVectors(NO_VECTORS.passages, NO_VECTORS.articles, NO_VECTORS.between)


class MilvusArchive(LocalArchive):
    """The archive at an address of Milvus, for reading. See `index.archive.Archive`.

    All but the vectors is read from the local copy, once it has what is committed.
    """

    def __init__(self, address: EngineAddress) -> None:
        """Open the archive. Raises ArchiveMissing, ArchiveUnreachable and others of its errors."""
        target = Target.of(address)
        if not target.exists():
            raise ArchiveMissing(path=address)
        self._shared = Shared.of(target)
        self._end = weakref.finalize(self, self._shared.drop)
        self._vectors: dict[int, Vectors] = {}
        self._filters: deque[tuple[Numbers, Filters]] = deque(maxlen=_REMEMBERED)
        try:
            self._copy = self._shared.copy()
            super().__init__(self._copy.folder)
        except BaseException:
            self._release()
            raise
        self.named = address

    def close(self) -> None:
        """Close files and connections."""
        super().close()
        self._release()

    def _release(self) -> None:
        if self._end.detach():  # once
            self._shared.release()

    def article_numbers(
        self,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        tags: Sequence[str] = (),
    ) -> Numbers:
        """Return the numbers of the articles that pass these filters, ascending."""
        found = super().article_numbers(sources, since, until, tags)
        filters = Filters(tuple(sources), since, until, tuple(tags))
        if any(filters):
            self._filters.append((found, filters))
        return found

    def filters_of(self, articles: Numbers) -> Filters | None:
        """Return the filters that these numbers were found by, if it was lately."""
        return next((filters for found, filters in [*self._filters] if found is articles), None)

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Return the vectors of those of these passages that are still there.

        Some are kept, since a question asks for those of its passages several times.
        """
        there = self.articles_of(numbers)
        kept = self._vectors
        found = {number: kept[number] for number in there if number in kept}
        if missing := [number for number in there if number not in found]:
            fetched = self._fetched(missing)
            if len(kept) + len(fetched) > _MOST_KEPT:
                kept = self._vectors = {}
            kept.update(fetched)
            found |= fetched
        return found

    def _fetched(self, passages: list[int]) -> dict[int, Vectors]:
        state = self._shared.state()
        if not state.generation:
            return {}
        rows = self._shared.server.rows(
            passages_of(self._shared.target.name, state.generation),
            f"number in {passages}",
            ["vector"],
            state.seen,
        )
        return {row["number"]: np.asarray(row["vector"], np.float32) for row in rows}

    def search(self, vector: Vectors, limit: int, condition: str, seq: int) -> dict[int, float]:
        """Return the nearest passages that were there with the change `seq`, with their cosines."""
        state = self._shared.state()
        if not state.generation:
            return {}
        born = "" if state.owner == 0 and seq >= state.seq else f"born <= {seq}"
        return self._shared.server.search(
            passages_of(self._shared.target.name, state.generation),
            vector,
            limit,
            " and ".join(f"({part})" for part in (born, condition) if part),
            state.seen,
        )

    def passages_of_articles(self, articles: Sequence[int]) -> list[int]:
        """Return the numbers of the passages of these articles."""
        statement = "SELECT number FROM passages WHERE article IN"
        return [number for (number,) in self._read_in(statement, articles)]

    def vectors_of_articles(self, articles: Numbers | None = None) -> PassageVectors:  # noqa: ARG002
        """Return no vectors: they are indexed on the server."""
        return NO_VECTORS

    def stored_vectors(self) -> StoredVectors:
        """Return no vectors, likewise."""
        return NONE_STORED

    def _held(self) -> tuple[Numbers, Numbers]:
        """Return all passages, ascending, and the article of each."""
        rows = [*self._read("SELECT number, article FROM passages ORDER BY number")]
        both = np.array(rows, np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def _newest(self) -> LocalSnapshot:
        words = super()._newest()
        standing = Standing(self._held(), self)
        return MilvusSnapshot(words.vectors, words.words, words.seq, self, standing, self)

    def _published(self) -> Any:
        """Return a value that changes with what is published, here and by other machines."""
        return (*super()._published(), self._shared.state().published)

    def _connection(self) -> Connection:
        if not self._closed:
            self._copy.follow()
        return super()._connection()
