import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.retriever import fuse

SCORES = st.floats(-1, 1, allow_nan=False, width=32)
DENSE = st.dictionaries(st.integers(1, 9), SCORES, min_size=1)


@given(DENSE, st.dictionaries(st.integers(1, 9), st.floats(0, 30, width=32)))
def test_fused_scores_lie_between_0_and_1_for_each_candidate(dense, lexical):
    fused = fuse(dense, lexical)
    assert fused.keys() == dense.keys()
    assert all(0 <= score <= 1 for score in fused.values())


@given(DENSE, st.data())
def test_fusion_is_monotone(dense, data):
    """What is at least as good by both scores is at least as good by the fused one."""
    lexical = {n: data.draw(st.floats(0, 30, width=32)) for n in dense}
    fused = fuse(dense, lexical)
    for one in dense:
        for other in dense:
            if dense[one] >= dense[other] and lexical[one] >= lexical[other]:
                assert fused[one] >= fused[other]


def test_fusion_by_hand():
    fused = fuse({1: 0.2, 2: -0.4, 3: 0.6}, {1: 10.0, 3: 5.0}, weight=0.5)
    assert fused == pytest.approx({1: 0.1 + 0.5, 2: 0.0, 3: 0.3 + 0.25})


def test_two_candidates_of_nearly_equal_words_are_told_apart_by_meaning():
    fused = fuse({1: 0.17, 2: 0.34}, {1: 1.9, 2: 1.6})
    assert fused[2] > fused[1]


def test_what_best_meets_both_comes_first():
    fused = fuse({1: 0.9, 2: 0.8, 3: 0.1}, {1: 1.0, 2: 9.0, 3: 10.0})
    assert max(fused, key=fused.__getitem__) == 2
