"""Making probabilities of scores, on passages that were not learned from."""

from collections.abc import Sequence

import numpy as np

from ..reading.model import Calibration
from ..reading.reader import Reading
from .measures import ReadRow, margin


def calibrate(read: Sequence[ReadRow], unanswerable: Sequence[Reading]) -> Calibration:
    """Fit the calibration to what was read, so that as many passages answer as do not.

    Those that do not are the negatives of rows with spans (of the others' some may answer after
    all), and `unanswerable`.
    """
    from sklearn.linear_model import LogisticRegression

    answering = [one.reading for one in read if one.row.answers]
    others = [other for one in read if one.row.answers for other in one.negatives]
    readings = [*answering, *others, *unanswerable]
    features = np.array([(reading.rank_score, margin(reading)) for reading in readings])
    answers = np.arange(len(readings)) < len(answering)
    fitted = LogisticRegression(class_weight="balanced").fit(features, answers)
    rank, of_margin = fitted.coef_[0]
    return Calibration(float(rank), float(of_margin), float(fitted.intercept_[0]))


def best_threshold(
    answering: Sequence[Reading], values: Sequence[float], others: Sequence[Reading]
) -> float:
    """Give the probability from which it pays to answer.

    That is where the sum is highest of `values` (F1, say) where there is an answer, and of 1 for
    each of the `others`, where there is none, that is left unanswered.
    """
    probabilities = np.array([reading.probability for reading in (*answering, *others)])
    # What is lost, or won, by not answering.
    won = np.concatenate([-np.asarray(values), np.ones(len(others))])
    order = probabilities.argsort(kind="stable")
    gains = np.concatenate([[0.0], won[order].cumsum()])
    most = int(gains.argmax())
    return float(probabilities[order][most]) if most < len(order) else 1.0
