"""Confidence intervals of means, and significance of differences between systems.

Intervals are by the bootstrap, significance is by a paired randomisation test (Smucker, Allan and
Carterette 2007, "A Comparison of Statistical Significance Tests for Information Retrieval
Evaluation", CIKM). Both are seeded, so the same values give the same figures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_CONFIDENCE = 0.95
_RESAMPLES = 9_999
_FEWER_RESAMPLES = 999  # of statistics that are not vectorised
_AT_ONCE = 100  # resamples in memory, each with a value per question
_SEED = 2022


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, or another statistic, over `count` questions, with its 95 % interval."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference between two systems, with its 95 % interval and its p value."""

    mean: float
    low: float
    high: float
    p: float


def mean_of(values: Values) -> Mean:
    """Return the mean of `values`, (n,) and n > 0, with its percentile bootstrap interval.

    >>> mean_of(np.array([1.0, 1.0, 1.0]))
    Mean(mean=1.0, low=1.0, high=1.0, count=3)
    """
    return Mean(float(values.mean()), *_interval(values), count=len(values))


def bootstrapped(statistic: Callable[..., float], *samples: Values, paired: bool = False) -> Mean:
    """Return `statistic(*samples)` with its percentile bootstrap interval, each sample n > 0.

    `paired` samples have values of the same questions and are resampled together.

    >>> ones, zeros = np.ones(3), np.zeros(4)
    >>> bootstrapped(lambda one, other: one.mean() - other.mean(), ones, zeros)
    Mean(mean=1.0, low=1.0, high=1.0, count=7)
    """
    from scipy import stats

    value = float(statistic(*samples))
    count = len(samples[0]) if paired else sum(map(len, samples))
    if min(map(len, samples)) == 1:
        return Mean(value, value, value, count)
    found = stats.bootstrap(
        samples,
        statistic,
        n_resamples=_FEWER_RESAMPLES,
        vectorized=False,
        paired=paired,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Mean(value, float(found.low), float(found.high), count)


def difference(values: Values, baseline: Values) -> Difference:
    """Compare two systems on the same questions: both (n,), n > 0, in the same order.

    `p` is the probability of a difference of means at least as great, in either direction, if the
    two values of each question were swapped at random.

    >>> difference(np.array([1.0, 0.5]), np.array([1.0, 0.5]))
    Difference(mean=0.0, low=0.0, high=0.0, p=1.0)
    """
    differences = values - baseline
    return Difference(float(differences.mean()), *_interval(differences), p=_p_value(differences))


def _interval(values: Values) -> tuple[float, float]:
    from scipy import stats  # takes most of a second to import

    if len(values) == 1:  # scipy refuses to resample it
        return float(values[0]), float(values[0])
    found = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=_RESAMPLES,
        batch=_AT_ONCE,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def _p_value(differences: Values) -> float:
    from scipy import stats

    if len(differences) == 1:
        return 1.0
    tested = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",  # with one sample: flips signs
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=_AT_ONCE,
        rng=np.random.default_rng(_SEED),
    )
    return float(tested.pvalue)
