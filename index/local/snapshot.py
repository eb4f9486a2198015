"""A snapshot of a local archive: both indexes at one moment, with exact scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from ...corpus.text.spelling import Spellings
from ..archive import GroupMember, Numbers, Place
from ..encoding.encoder import Vectors
from .database import Database
from .vectors.index import VectorIndex
from .words import WordIndex


class Standing:
    """Where passages stand, and which of them have near-duplicates, as of one change.

    Kept in memory: read from the database, it takes longer than to search both indexes.
    """

    def __init__(self, held: tuple[Numbers, Numbers], database: Database) -> None:
        """Take all passages, ascending, with the article of each, and read the rest."""
        self._passages, self._articles = held
        # The row of each one's first passage: an article's passages are numbered one by one.
        _, first, article = np.unique(self._articles, return_index=True, return_inverse=True)
        self._leads = first[article].astype(np.int32)
        self._grouped, self._groups = _groups(*database.wordings())

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return the number of the article of each of these passages."""
        rows = self._rows(passages)
        found, articles = self._passages[rows].tolist(), self._articles[rows].tolist()
        return dict(zip(found, articles, strict=True))

    def places(self, passages: Sequence[int]) -> dict[int, Place]:
        """Return where in their articles these passages stand."""
        rows = self._rows(passages)
        leads = self._leads[rows]
        places = map(Place, (rows - leads).tolist(), self._passages[leads].tolist())
        return dict(zip(self._passages[rows].tolist(), places, strict=True))

    def duplicate_groups(self, passages: Sequence[int]) -> dict[int, GroupMember]:
        """Return the group of near-duplicates of each passage's article, where it has any."""
        if not len(self._grouped):
            return {}
        rows = self._rows(passages)
        articles = self._articles[rows]
        at = np.searchsorted(self._grouped, articles)
        at[at == len(self._grouped)] = 0
        several = self._grouped[at] == articles
        members = map(GroupMember, articles[several].tolist(), self._groups[at[several]].tolist())
        return dict(zip(self._passages[rows[several]].tolist(), members, strict=True))

    def _rows(self, passages: Sequence[int]) -> Numbers:
        """Return the rows of those of the passages that are there."""
        wanted = np.array(passages, np.int64)
        if not len(self._passages):
            return wanted[:0]
        rows = np.searchsorted(self._passages, wanted)
        rows[rows == len(self._passages)] = 0
        return rows[self._passages[rows] == wanted]


def _groups(pointing: Numbers, worded: Numbers) -> tuple[Numbers, Numbers]:
    """Return the articles that are in a group with another, ascending, and their groups."""
    if not len(worded):
        return worded[:, 0], worded[:, 1]
    pointing = pointing[np.argsort(pointing[:, 0])]
    worded = worded[np.argsort(worded[:, 0])]
    groups = worded[:, 1]
    for _ in range(2):  # see `index.local.duplicates`
        groups = pointing[np.searchsorted(pointing[:, 0], groups), 1]
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    several = sizes[group] > 1
    return worded[several, 0], groups[several]


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
