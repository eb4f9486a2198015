"""A snapshot of a local archive: both indexes at one moment, with exact scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from ...corpus.text.spelling import Spellings
from ..archive import Numbers
from ..encoding.encoder import Vectors
from .database import Database
from .memory.standing import Standing
from .vectors.index import VectorIndex
from .vectors.numbers import among
from .words import WordIndex

_MANY = 1_000  # articles that pass a filter
_MORE = 2  # times as many passages as should do, if those that pass are spread evenly


@dataclass(frozen=True, slots=True)
class LocalSnapshot:
    """Both indexes as published with the change `seq`. See `index.archive.Snapshot`.

    `database` has the vectors as they were made, for the exact cosine where the index of vectors
    compresses them. `standing` holds as long as the archive's last change is `seq`.
    """

    vectors: VectorIndex
    words: WordIndex
    seq: int
    database: Database
    standing: Standing

    @property
    def spellings(self) -> Spellings:
        """The table of spellings, by which questions are expanded."""
        return self.words.spellings

    def nearest(
        self, vector: Vectors, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` of the nearest passages with their exact cosines, best first."""
        few = None if articles is None else self.vectors.few_allowed(articles)
        found = self.vectors.search(vector, limit, articles) if few is None else few
        exact = self.similarities(vector, found.tolist())
        return dict(nlargest(limit, exact.items(), key=lambda scored: scored[1]))

    def similarities(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the exact cosine of each of these passages that is still in the archive."""
        scores = self.vectors.scores(vector, passages)
        missing = [number for number in passages if number not in scores]
        stored = self.database.vectors(missing)
        if stored:
            scored = np.stack(list(stored.values())) @ vector
            scores.update(zip(stored, scored.tolist(), strict=True))
        return scores

    def matching(
        self, question: str, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` passages with their BM25 scores, best first."""
        if articles is not None and len(articles) > _MANY:
            # Scores are the same with and without a filter, and to give tantivy a long list of
            # articles takes longer than to search for more and leave out what does not pass.
            share = len(articles) / max(self.standing.articles, len(articles))
            most = round(_MORE * limit / share)
            found = self.words.matching(question, most)
            of = self.standing.articles_of([*found])
            passing = among(np.fromiter(of.values(), np.int64), articles).tolist()
            kept = [passage for passage, passes in zip(of, passing, strict=True) if passes]
            if len(kept) >= limit or len(found) < most:
                return {passage: found[passage] for passage in kept[:limit]}
        return self.words.matching(question, limit, articles)

    def idf(self, stem: str) -> float:
        """Return the inverse document frequency of a stem among the passages' texts."""
        return self.words.idf(stem)

    def knows(self, word: str) -> bool:
        """Return whether any passage or its title has a word, in whatever inflection."""
        return self.words.knows(word)

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of passages and titles, in small plain letters, and how many have it."""
        return self.words.vocabulary
