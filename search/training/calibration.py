"""Making probabilities of scores, on passages that were not learned from."""

from collections.abc import Sequence

import numpy as np

from ..reader_model import Calibration
from .measures import ReadRow, margin


def calibrate(read: Sequence[ReadRow]) -> Calibration:
    """Fit the calibration to rows read, so that as many passages answer as do not.

    Only rows with spans count: of the others' negatives, some may answer after all.
    """
    from sklearn.linear_model import LogisticRegression

    readings = [(one.reading, True) for one in read if one.row.answers]
    readings += [(other, False) for one in read if one.row.answers for other in one.negatives]
    features = np.array([(reading.rank_score, margin(reading)) for reading, _ in readings])
    answers = np.array([answer for _, answer in readings])
    fitted = LogisticRegression(class_weight="balanced").fit(features, answers)
    rank, of_margin = fitted.coef_[0]
    return Calibration(float(rank), float(of_margin), float(fitted.intercept_[0]))


def best_threshold(read: Sequence[ReadRow], values: Sequence[float]) -> float:
    """Give the probability from which it pays to answer.

    That is where the mean is highest of `values` (F1, say) where there is an answer, and of 1 for
    every passage without one that is left unanswered; of these, one for each with an answer.
    """
    probabilities = np.array(
        [one.reading.answers for one in read] + [one.negatives[0].answers for one in read]
    )
    # What is lost, or won, by not answering.
    won = np.concatenate([-np.asarray(values), np.ones(len(read))])
    order = probabilities.argsort()
    gains = np.concatenate([[0.0], won[order].cumsum()])
    most = int(gains.argmax())
    return float(probabilities[order][most]) if most < len(order) else 1.0
