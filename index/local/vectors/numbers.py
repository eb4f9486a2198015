"""Ascending numbers of passages, and the runs of articles that they form."""

import numpy as np
from numpy.typing import NDArray

from ...archive import Numbers

Chosen = NDArray[np.bool_]


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


class Runs:
    """The articles of passages in order: each has a run of rows, since it is stored at once."""

    def __init__(self, articles: Numbers) -> None:
        begins = np.ones(len(articles), bool)
        np.not_equal(articles[1:], articles[:-1], out=begins[1:])
        self._starts = np.flatnonzero(begins)
        self.articles = articles[self._starts]
        self._lengths = np.diff(self._starts, append=len(articles))

    def count(self, chosen: Chosen) -> int:
        """Return how many rows are of the chosen runs."""
        return int(self._lengths[chosen].sum())

    def first_rows(self) -> Numbers:
        """Return, for each row, the first of its run."""
        return np.repeat(self._starts, self._lengths)

    def rows(self, chosen: Chosen) -> Chosen:
        """Return which rows are of the chosen runs."""
        return np.repeat(chosen, self._lengths)
