"""Measures of rankings and of confidences."""

from collections.abc import Mapping, Sequence

import numpy as np

from .statistics import Mean, Values, bootstrapped

Ranking = Sequence[str]  # ids of articles, best first
Relevant = Mapping[str, int]  # ids of articles, with scores above 0

NDCG, R1, R4, R10, R100, MRR = "nDCG@10", "R@1", "R@4", "R@10", "R@100", "MRR@10"
RANKING_MEASURES = (NDCG, R1, R4, R10, R100, MRR)
_BINS = 10  # of the calibration error


def ranking_values(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> dict[str, Values]:
    """Return each measure's values, one per question, as trec_eval computes them.

    >>> found = ranking_values([["a", "b"], ["c"]], [{"b": 1}, {"b": 1}])
    >>> found["MRR@10"], found["R@4"]
    (array([0.5, 0. ]), array([1., 0.]))
    """
    import ir_measures

    named = {
        ir_measures.parse_measure("RR@10" if name == MRR else name): name
        for name in RANKING_MEASURES
    }
    values = {name: np.zeros(len(rankings)) for name in RANKING_MEASURES}
    judged = (
        ir_measures.Qrel(str(number), article, score)
        for number, articles in enumerate(relevant)
        for article, score in articles.items()
    )
    # trec_eval sorts by score and ignores the order given.
    ranked = (
        ir_measures.ScoredDoc(str(number), article, float(-rank))
        for number, ranking in enumerate(rankings)
        for rank, article in enumerate(ranking)
    )
    for found in ir_measures.iter_calc(list(named), judged, ranked):
        values[named[found.measure]][int(found.query_id)] = found.value
    return values


def rank_of(article: str, ranking: Sequence[str]) -> int | None:
    """Return an article's rank, from 1, or None where it is not in the ranking.

    >>> rank_of("b", ["a", "b"]), rank_of("c", ["a", "b"])
    (2, None)
    """
    return ranking.index(article) + 1 if article in ranking else None


def auroc(positive: Values, negative: Values) -> float:
    """Return the area under the ROC curve.

    This is the probability that one of `positive` scores above one of `negative`, where ties count
    half (Hanley and McNeil 1982).

    >>> auroc(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    0.875
    """
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / 2 / len(negative))


def auroc_of(positive: Values, negative: Values) -> Mean:
    """Return the AUROC with its interval; positives and negatives are resampled apart."""
    return bootstrapped(auroc, positive, negative)


def calibration_error(confidence: Values, came_true: Values) -> float:
    """Return the expected calibration error of confidences and outcomes, both (n,), n > 0.

    Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 3, over ten bins with
    equally many values (Nguyen and O'Connor 2015); equal values stay in one bin.

    >>> calibration_error(np.array([0.75, 0.75, 0.75, 0.75]), np.array([1.0, 1.0, 0.0, 1.0]))
    0.0
    >>> calibration_error(np.array([0.5, 1.0]), np.array([0.0, 1.0]))
    0.25
    """
    edges = np.quantile(confidence, np.arange(1, _BINS) / _BINS)
    bins = np.searchsorted(edges, confidence, side="right")
    gaps = np.bincount(bins, weights=came_true - confidence, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def calibration_error_of(confidence: Values, came_true: Values) -> Mean:
    """Return the expected calibration error with its interval; questions are resampled."""
    return bootstrapped(calibration_error, confidence, came_true, paired=True)
