"""Ascending numbers of passages, and the runs of articles that they form."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...archive import Numbers

Chosen = NDArray[np.bool_]

_SPARSEST = 4  # times as many numbers as rows for which there is a table


def among(numbers: Numbers, ascending: Numbers) -> Chosen:
    """Return which of the numbers are among others; far faster than `np.isin` sorts both.

    >>> among(np.array([5, 1, 7]), np.array([1, 2, 7])).tolist()
    [False, True, True]
    """
    if not len(ascending):
        return np.zeros(len(numbers), bool)
    places = np.searchsorted(ascending, numbers)
    places[places == len(ascending)] = 0
    return ascending[places] == numbers


class Rows:
    """The rows of ascending numbers, each the one that holds it.

    They are read from a table: to look a hundred numbers up in a million by halves takes longer
    than to read their vectors.
    """

    def __init__(self, ascending: Numbers) -> None:
        self._ascending = ascending
        self._table: NDArray[np.int32] | None = None
        if len(ascending) and ascending[-1] - ascending[0] < _SPARSEST * len(ascending):
            table = np.full(ascending[-1] - ascending[0] + 1, -1, np.int32)
            table[ascending - ascending[0]] = np.arange(len(ascending), dtype=np.int32)
            self._table = table

    def find(self, numbers: Numbers) -> tuple[Numbers, Chosen]:
        """Return the row of each number, and which of the numbers are there.

        >>> rows, there = Rows(np.array([3, 4, 6])).find(np.array([6, 5, 3, 9]))
        >>> rows[there].tolist(), there.tolist()
        ([2, 0], [True, False, True, False])
        >>> rows, there = Rows(np.array([3, 4, 1_000_000])).find(np.array([4, 5, 1_000_000]))
        >>> rows[there].tolist(), there.tolist()
        ([1, 2], [True, False, True])
        """
        if not len(self._ascending):
            return np.zeros(len(numbers), np.int64), np.zeros(len(numbers), bool)
        if self._table is None:
            rows = np.searchsorted(self._ascending, numbers)
            rows[rows == len(self._ascending)] = 0
            return rows, self._ascending[rows] == numbers
        places = numbers - self._ascending[0]
        within = (places >= 0) & (places < len(self._table))
        rows = self._table[np.where(within, places, 0)].astype(np.int64)
        return rows, within & (rows >= 0)


class Runs:
    """The articles of passages in order: each has a run of rows, since it is stored at once."""

    def __init__(self, articles: Numbers) -> None:
        begins = np.ones(len(articles), bool)
        np.not_equal(articles[1:], articles[:-1], out=begins[1:])
        self._starts = np.flatnonzero(begins)
        self.articles = articles[self._starts]
        self._lengths = np.diff(self._starts, append=len(articles))

    def of(self, articles: Numbers) -> Chosen:
        """Return which runs are of these articles.

        >>> Runs(np.array([5, 5, 2, 7])).of(np.array([2, 3, 7])).tolist()
        [False, True, True]
        """
        ascending, order = self._ascending
        rows, there = ascending.find(articles)
        chosen = np.zeros(len(self.articles), bool)
        chosen[order[rows[there]]] = True
        return chosen

    @cached_property
    def _ascending(self) -> tuple[Rows, Numbers]:
        """The runs by ascending articles, and the number of each."""
        order = np.argsort(self.articles, kind="stable")
        return Rows(self.articles[order]), order

    def count(self, chosen: Chosen) -> int:
        """Return how many rows are of the chosen runs."""
        return int(self._lengths[chosen].sum())

    def first_rows(self) -> Numbers:
        """Return, for each row, the first of its run."""
        return np.repeat(self._starts, self._lengths)

    def rows(self, chosen: Chosen) -> Chosen:
        """Return which rows are of the chosen runs."""
        return np.repeat(chosen, self._lengths)
