"""How good a ranking is, whether what is shown answers, and what a confidence is worth."""

from collections.abc import Mapping, Sequence

import numpy as np

from .statistics import Mean, Values, bootstrapped

Ranking = Sequence[str]  # ids of articles, best first
Relevant = Mapping[str, int]  # ids of articles, with scores above 0

NDCG, R1, R4, R10, R100, MRR = "nDCG@10", "R@1", "R@4", "R@10", "R@100", "MRR@10"
RANKING_MEASURES = (NDCG, R1, R4, R10, R100, MRR)
_BINS = 10  # of a calibration error


def ranking_values(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> dict[str, Values]:
    """Measure each ranking, as trec_eval does; for each measure, one value for each question.

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
    # trec_eval orders by score, whatever the order in which it is given them.
    ranked = (
        ir_measures.ScoredDoc(str(number), article, float(-rank))
        for number, ranking in enumerate(rankings)
        for rank, article in enumerate(ranking)
    )
    for found in ir_measures.iter_calc(list(named), judged, ranked):
        values[named[found.measure]][int(found.query_id)] = found.value
    return values


def rank_of(article: str, ranking: Sequence[str]) -> int | None:
    """Give an article's rank, from 1, or None where it is not in the ranking.

    >>> rank_of("b", ["a", "b"]), rank_of("c", ["a", "b"])
    (2, None)
    """
    return ranking.index(article) + 1 if article in ranking else None


def auroc(positive: Values, negative: Values) -> float:
    """Give how often one of `positive` scores above one of `negative`; equals count half.

    The area under the ROC curve, which is that (Hanley and McNeil 1982).

    >>> auroc(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    0.875
    """
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left")
    not_above = np.searchsorted(ordered, positive, side="right")
    return float((below + not_above).mean() / 2 / len(negative))


def auroc_of(positive: Values, negative: Values) -> Mean:
    """Give the AUROC with its interval, both sides resampled."""
    return bootstrapped(auroc, positive, negative)


def calibration_error(confidence: Values, came_true: Values) -> float:
    """Give how far confidence is, in the mean, from how often it comes true: both (n,), n > 0.

    The expected calibration error (Guo et al. 2017, "On Calibration of Modern Neural Networks",
    equation 3), over ten bins of as many values each (Nguyen and O'Connor 2015); values that are
    equal stay in one bin.

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
    """Give the expected calibration error with its interval, the questions resampled."""
    return bootstrapped(calibration_error, confidence, came_true, paired=True)
