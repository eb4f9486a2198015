import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.reading.model import MOST_TOKENS_APART, best_span

scores = st.integers(1, 80).flatmap(
    lambda n: st.tuples(
        *[st.lists(st.integers(-50, 50), min_size=n, max_size=n).map(np.float32)] * 2
    )
)


@given(scores)
def test_no_other_allowed_span_scores_higher(start_and_end):
    start, end = start_and_end
    (first, last), score = best_span(start, end)
    assert 0 <= first <= last <= first + MOST_TOKENS_APART
    assert last < len(start)
    assert score == start[first] + end[last]
    allowed = [
        start[i] + end[j]
        for i in range(len(start))
        for j in range(i, min(i + MOST_TOKENS_APART + 1, len(start)))
    ]
    assert score == max(allowed)


@pytest.mark.parametrize(("apart", "found"), [(30, (0, 30)), (31, (0, 0))])
def test_an_answer_spans_thirty_one_tokens_at_most(apart, found):
    start, end = np.zeros(40, np.float32), np.zeros(40, np.float32)
    start[0] = end[apart] = 9
    start[1:], end[1:apart] = -1, -1
    assert best_span(start, end)[0] == found
