"""Where passages stand in their articles, and which articles have near-duplicates."""

from collections.abc import Sequence

import numpy as np

from ...archive import GroupMember, Numbers, Place
from ..database import Database
from ..vectors.numbers import Rows, Runs


class Standing:
    """Where passages stand, and which of them have near-duplicates, as of one change.

    Kept in memory: read from the database, it takes longer than to search both indexes. `articles`
    is how many articles have these passages.
    """

    def __init__(self, held: tuple[Numbers, Numbers], database: Database) -> None:
        """Take all passages, ascending, with the article of each, and read the rest."""
        self._passages, self._articles = held
        self._row_of = Rows(self._passages)
        # The row of each one's first passage: an article's passages are numbered one by one.
        runs = Runs(self._articles)
        self.articles = len(runs.articles)
        self._leads = runs.first_rows().astype(np.int32)
        self._grouped, self._groups = database.grouped().T

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
        rows, there = self._row_of.find(np.array(passages, np.int64))
        return rows[there]
