"""Calibration of the reader's scores, on passages not used for training."""

from collections.abc import Sequence

import numpy as np

from ..reading.model import Calibration
from ..reading.reader import Reading
from .measures import ReadRow, margin


def calibrate(read: Sequence[ReadRow], unanswerable: Sequence[Reading]) -> Calibration:
    """Fit the calibration to readings, weighted so that both classes count the same.

    The passages that do not answer are the negatives of rows with spans, and `unanswerable`; among
    the negatives of other rows, some may answer after all.
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
    """Return the threshold of the probability that gives the highest total score.

    A question of `answering` scores its value in `values`, such as F1, if it is answered; each of
    the `others`, which are unanswerable, scores 1 if it is not.
    """
    probabilities = np.array([reading.probability for reading in (*answering, *others)])
    # How the total changes if a question is not answered.
    won = np.concatenate([-np.asarray(values), np.ones(len(others))])
    order = probabilities.argsort(kind="stable")
    gains = np.concatenate([[0.0], won[order].cumsum()])
    most = int(gains.argmax())
    return float(probabilities[order][most]) if most < len(order) else 1.0
