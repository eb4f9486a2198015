"""Where an answer most likely starts and ends, by the scores of all tokens."""

import numpy as np
from numpy.typing import NDArray

from ...corpus.article import Span

TokenScores = NDArray[np.float32]

MOST_TOKENS_APART = 30  # as far apart as an answer's first and last token may be


def best_span(start: TokenScores, end: TokenScores) -> tuple[Span, float]:
    """Give the first and the last token of the best span, and its score.

    `start` and `end`, (n,) with n > 0, are the scores of each token as an answer's first and as
    its last; a span's score is their sum (Devlin et al. 2019, "BERT", section 4.2).

    >>> best_span(np.array([0.0, 2.0, 1.0]), np.array([3.0, 0.0, 1.0]))
    ((0, 0), 3.0)
    >>> best_span(np.array([0.0, 2.0, 1.0]), np.array([0.0, 0.0, 1.0]))
    ((1, 2), 3.0)
    """
    ends_before = np.tri(len(start), k=-1, dtype=bool)
    ends_late = ~np.tri(len(start), k=MOST_TOKENS_APART, dtype=bool)
    sums = np.where(ends_before | ends_late, -np.inf, start[:, None] + end[None, :])
    first, last = divmod(int(sums.argmax()), len(start))
    return (first, last), float(sums[first, last])
