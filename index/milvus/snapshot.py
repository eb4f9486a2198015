"""A snapshot of an archive on Milvus: words from the local copy, vectors from the server."""

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

from ..archive import Numbers
from ..encoding.encoder import Vectors
from ..local.snapshot import LocalSnapshot

if TYPE_CHECKING:
    from .archive import MilvusArchive

_MOST = 16_384  # that Milvus returns at once
_MOST_SCORED = 10_000  # passages, where the index may have missed some
_TRIES = 3


@dataclass(frozen=True, slots=True)
class MilvusSnapshot(LocalSnapshot):
    """Both indexes as published with the change `seq`. See `index.archive.Snapshot`."""

    archive: "MilvusArchive"

    def nearest(
        self, vector: Vectors, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` of the nearest passages with their exact cosines, best first.

        The index on the server has the vectors as they were made, so its scores are exact.
        """
        if limit <= 0 or (articles is not None and not len(articles)):
            return {}
        wanted = limit
        known: dict[int, float] = {}
        for _ in range(_TRIES):
            wanted = min(wanted, _MOST)
            found = self.archive.search(vector, wanted, self._condition(articles), self.seq)
            there = self.archive.articles_of([*found])
            known = {number: score for number, score in found.items() if number in there}
            # Those that are being deleted take no place.
            if len(known) >= limit or len(found) < wanted:
                break
            wanted = 2 * wanted
        if len(known) < limit and articles is not None:
            known |= self._scored(vector, articles, known)
        return dict(nlargest(limit, known.items(), key=lambda scored: scored[1]))

    def similarities(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the exact cosine of each of these passages that is still in the archive."""
        stored = self.archive.vectors(passages)
        if not stored:
            return {}
        scored = np.stack([*stored.values()]) @ vector
        return dict(zip(stored, scored.tolist(), strict=True))

    def _condition(self, articles: Numbers | None) -> str:
        """Return the expression by which only passages of `articles` are found."""
        if articles is None:
            return ""
        filters = self.archive.filters_of(articles)
        condition = filters.condition() if filters else None
        return condition or f"article in {articles.tolist()}"

    def _scored(self, vector: Vectors, articles: Numbers, found: Sized) -> dict[int, float]:
        """Return the scores of all passages of `articles`, where an index may have missed some."""
        if len(articles) > _MOST_SCORED:
            return {}
        passages = self.archive.passages_of_articles(articles.tolist())
        if not len(found) < len(passages) <= _MOST_SCORED:
            return {}
        return self.similarities(vector, passages)
