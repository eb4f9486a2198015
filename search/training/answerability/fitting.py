"""The fit of the answerability model, and how well it holds in each archive."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from scipy.optimize import minimize
from scipy.special import expit

from ...answering.answerability import AnswerabilityModel, Features
from ...evaluation.measures import auroc, calibration_error
from .asking import ANSWERED, ARTICLE_REMOVED, OFF_TOPIC, UNANSWERABLE, Groups

# The weight of each group of an archive, over all its questions; archives weigh the same.
WEIGHTS = {ANSWERED: 3.0, UNANSWERABLE: 3.0, ARTICLE_REMOVED: 0.5, OFF_TOPIC: 0.5}
_ANSWERED = 0.88  # of the answerable; with a higher share, fewer unanswerable are refused
_ANSWERED_OFF_TOPIC = 0.05  # at most
_PENALTY = 1e-3  # of squared weights of standardised features
_DIGITS = 4

Archives = Mapping[str, Groups]
Values = NDArray[np.float64]


def fitted(archives: Archives) -> AnswerabilityModel:
    """Return the logistic regression with no weight below 0, and its threshold.

    Each feature speaks for an answer, so a weight below 0 would only fit what these archives
    happen to have in common.
    """
    values, answered, weights = _stacked(archives)
    spread = values.std(axis=0).clip(1e-6)
    scaled = np.hstack([values / spread, np.ones((len(values), 1))])

    def loss(parameters: Values) -> tuple[float, Values]:
        logits = scaled @ parameters
        kept = parameters[:-1]
        entropy = np.logaddexp(0, np.where(answered, -logits, logits))
        gradient = scaled.T @ (weights * (expit(logits) - answered))
        gradient[:-1] += _PENALTY * kept
        return float(weights @ entropy + _PENALTY * (kept @ kept) / 2), gradient

    count = values.shape[1]
    bounds = [(0.0, None)] * count + [(None, None)]
    found = minimize(loss, np.zeros(count + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    rounded = (round(float(weight), _DIGITS) for weight in found[:-1] / spread)
    model = AnswerabilityModel(
        dict(zip(Features._fields, rounded, strict=True)), round(float(found[-1]), _DIGITS), 0.0
    )
    return replace(model, threshold=_threshold(model, archives))


def _stacked(archives: Archives) -> tuple[Values, NDArray[np.bool_], Values]:
    rows = [
        (one, group == ANSWERED, WEIGHTS[group] / len(features))
        for groups in archives.values()
        for group, features in groups.items()
        for one in features
    ]
    values, answered, weights = zip(*rows, strict=True)
    weighed = np.array(weights)
    return np.array(values), np.array(answered), weighed / weighed.sum()


def _threshold(model: AnswerabilityModel, archives: Archives) -> float:
    """Return a threshold that answers enough, and hardly any off-topic question."""

    def of(group: str) -> Values:
        return np.concatenate(
            [confidences(model, groups.get(group, [])) for groups in archives.values()]
        )

    enough = np.quantile(of(ANSWERED), 1 - _ANSWERED)
    lowest = np.quantile(of(OFF_TOPIC), 1 - _ANSWERED_OFF_TOPIC)
    return round(float(max(enough, lowest)), _DIGITS)


def confidences(model: AnswerabilityModel, features: Sequence[Features]) -> Values:
    """Return the confidence for each question, (n,)."""
    return np.array([model.confidence(one) for one in features])


def archives_table(model: AnswerabilityModel, archives: Archives) -> Table:
    """Return the AUROC, the calibration error and the shares answered, for each archive."""
    groups = (ANSWERED, UNANSWERABLE, ARTICLE_REMOVED, OFF_TOPIC)
    table = Table("archive", "questions", "AUROC", "calibration error", *groups)
    table.title = "Answered at the threshold, and how well the confidence separates"
    for name, of_archive in archives.items():
        given = {group: confidences(model, of_archive.get(group, [])) for group in groups}
        hard = given[UNANSWERABLE]
        others = hard if len(hard) else np.concatenate([given[OFF_TOPIC], given[ARTICLE_REMOVED]])
        everything = np.concatenate([given[ANSWERED], others])
        right = (np.arange(len(everything)) < len(given[ANSWERED])).astype(np.float64)
        shares = [
            f"{np.mean(values >= model.threshold):.3f}" if len(values) else ""
            for values in given.values()
        ]
        table.add_row(
            name,
            f"{len(everything):,}",
            f"{auroc(given[ANSWERED], others):.3f}",
            f"{calibration_error(everything, right):.3f}",
            *shares,
        )
    return table
