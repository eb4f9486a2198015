"""The number, day and outlet of every article, to filter by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....corpus.text.folding import folded
from ...archive import Numbers
from ..database import Database

_NO_SOURCE = -1


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """The articles as of the change `seq`, by ascending number.

    `sources` are places in `named`, the folded names of outlets; a day may be "not a time".
    """

    seq: int
    numbers: Numbers
    days: NDArray[np.datetime64]
    sources: NDArray[np.int32]
    named: dict[str, int]

    def passing(self, sources: Sequence[str], since: date | None, until: date | None) -> Numbers:
        """Return the numbers of the articles of any of the sources, published in a time."""
        passes = np.ones(len(self.numbers), bool)
        if sources:
            # The last place is for articles that state no outlet, whose place is -1.
            wanted = np.zeros(len(self.named) + 1, bool)
            named = (self.named.get(folded(source)) for source in sources)
            wanted[[place for place in named if place is not None]] = True
            passes &= wanted[self.sources]
        if since:
            passes &= self.days >= np.datetime64(since)
        if until:
            passes &= self.days <= np.datetime64(until)
        return self.numbers[passes]


def present_columns(database: Database, known: ArticleColumns | None) -> ArticleColumns:
    """Return the columns as they are now, from what was `known` and what came since.

    An article never changes in them, since one that is replaced gets another number: where the
    count is right without those that came since, none is gone.
    """
    if known and known.seq == database.seq:
        return known
    seq, articles = database.seq, database.count_articles()
    if known:
        columns = _with_later(known, database, seq)
        if len(columns.numbers) == articles:
            return columns
    none = np.empty(0, np.int64)
    nothing = ArticleColumns(seq, none, none.astype("datetime64[D]"), none.astype(np.int32), {})
    return _with_later(nothing, database, seq)


def _with_later(known: ArticleColumns, database: Database, seq: int) -> ArticleColumns:
    last = int(known.numbers[-1]) if len(known.numbers) else 0
    rows = sorted(database.article_columns(above=last))
    named = dict(known.named)
    sources = [
        _NO_SOURCE if row[2] is None else named.setdefault(row[2], len(named)) for row in rows
    ]
    days: list[Any] = [row[1] or "NaT" for row in rows]
    return ArticleColumns(
        seq,
        np.concatenate([known.numbers, np.array([row[0] for row in rows], np.int64)]),
        np.concatenate([known.days, np.array(days, "datetime64[D]")]),
        np.concatenate([known.sources, np.array(sources, np.int32)]),
        named,
    )
