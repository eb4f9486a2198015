"""Intervals and tests: laws they keep, and figures that can be computed by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.search.evaluation.statistics import difference, mean_of

values = st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.array)
pairs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40).map(np.array)


@given(values)
@settings(max_examples=40, deadline=None)
def test_an_interval_contains_the_mean_and_stays_among_the_values(values):
    mean = mean_of(values)
    assert mean.low - 1e-9 <= mean.mean <= mean.high + 1e-9
    assert values.min() - 1e-9 <= mean.low
    assert mean.high <= values.max() + 1e-9
    assert mean.count == len(values)


@given(values)
@settings(max_examples=20, deadline=None)
def test_a_system_does_not_differ_from_itself(values):
    same = difference(values, values)
    assert (same.mean, same.low, same.high, same.p) == (0, 0, 0, 1)


@given(pairs)
@settings(max_examples=20, deadline=None)
def test_a_difference_the_other_way_round_is_as_likely(pairs):
    one, other = difference(pairs[:, 0], pairs[:, 1]), difference(pairs[:, 1], pairs[:, 0])
    assert one.mean == pytest.approx(-other.mean)
    assert one.p == pytest.approx(other.p)
    assert 0 < one.p <= 1


def test_the_same_values_give_the_same_figures():
    values = np.random.default_rng(1).random(30)
    assert mean_of(values) == mean_of(values)
    assert difference(values, values[::-1]) == difference(values, values[::-1])


def test_the_interval_of_many_coins_is_that_of_the_normal_law():
    mean = mean_of(np.repeat([0.0, 1.0], 200))
    half = 1.96 * 0.5 / np.sqrt(400)
    assert (mean.low, mean.high) == (
        pytest.approx(0.5 - half, abs=0.01),
        pytest.approx(0.5 + half, abs=0.01),
    )


def test_the_p_value_counts_the_signs():
    # Of the 32 ways to sign five equal differences, two are as far from 0 as all plus.
    assert difference(np.ones(5), np.zeros(5)).p == pytest.approx(2 / 32)
    # Of the four for 2 and 1: 3, 1, -1, -3; those of 1 and 2 less 0 and 3 are 1 and -1: all as far.
    assert difference(np.array([2.0, 1.0]), np.zeros(2)).p == pytest.approx(2 / 4)
    assert difference(np.array([1.0, 2.0]), np.array([0.0, 3.0])).p == 1


def test_one_question_proves_nothing():
    only = difference(np.array([1.0]), np.array([0.0]))
    assert (only.mean, only.low, only.high, only.p) == (1, 1, 1, 1)
