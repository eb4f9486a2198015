"""Answerability: the calibrated probability that the articles answer the question."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..query.query import Query
from ..query.terms import QueryTerms
from .sentences import CandidateSentence, terms_asked

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")
# "The ministry did not say how many", "None of them says whether …".
_UNSAID = re.compile(
    r"""
    (?:\b(?:none|neither|nobody|no\sone)\b[^,;]{0,40}?|\b(?:not|never|yet\sto)\s+|n['’]t\s+)
    \b(?:says?|said|known?|knows|learn(?:ed|t)?|told|clear|disclosed?|revealed?|specif(?:y|ied)|mention(?:ed)?)\b
    [^,;]{0,60}?\b(?:how|who|whom|whether|why|when|where|what|which)\b
    | \bno\s+decision\b[^,;]{0,40}?\b(?:whether|how|who|when|where|what|which)\b
    | \b(?:not|n['’]t|declined\s+to|refused\s+to)\s+(?:speculate|comment)\s+(?:about|on|as\s+to)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Of the threshold: the most confidence in sentences that are about something else.
_IN_ANOTHER = 0.5
_MOST_MARGIN = 12.0  # unbounded scores are clipped here


class Features(NamedTuple):
    """The features of the best candidate sentence, none of which depends on how it was found.

    `probability` is the reader's, as a logit; `margin` is the span's score minus the no-answer
    score. `wording` and `names` are the shares of the question's terms, and of its names and
    numbers, in the sentence; `passage_wording` and `passage_names` those in its passage.
    """

    probability: float
    margin: float
    wording: float
    passage_wording: float
    names: float
    passage_names: float
    fits: float


@dataclass(frozen=True, slots=True)
class AnswerabilityModel:
    """A logistic regression over the features, and its threshold for answering.

    Fitted by `make calibrate` (search/training/answerability.py).
    """

    weights: dict[str, float]
    bias: float
    threshold: float

    def confidence(self, features: Features) -> float:
        """Return the probability that the articles answer."""
        logit = self.bias + sum(
            self.weights[name] * value
            for name, value in zip(features._fields, features, strict=True)
        )
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def features_of(best: CandidateSentence, terms: QueryTerms) -> Features:
    """Return the features of the best candidate sentence."""
    ranked, reading = best.ranked, best.ranked.reading
    likely = min(max(reading.probability if reading else 0.5, 1e-4), 1 - 1e-4)
    margin = best.found.score - reading.no_answer_score if reading else 0.0
    passage = f"{ranked.article.title}\n{ranked.passage.text}"
    return Features(
        probability=float(np.log(likely / (1 - likely))),
        margin=float(np.clip(margin, -_MOST_MARGIN, _MOST_MARGIN)),
        wording=best.wording,
        passage_wording=terms.share(passage),
        names=terms.share_of_names(best.sentence),
        passage_names=terms.share_of_names(passage),
        fits=float(best.fits),
    )


def confidence_in(
    query: Query, candidates: Sequence[CandidateSentence], found: Sequence[CandidateSentence]
) -> float:
    """Return the probability that the articles answer, by the best of the candidates.

    Where none of the sentences found is a candidate, all are about something else.
    """
    if not found:
        return 0.0
    model, best = answerability_model(), (candidates or found)[0]
    confidence = model.confidence(features_of(best, terms_asked(query, best.ranked)))
    return confidence if candidates else min(confidence, _IN_ANOTHER * model.threshold)


def states_unknown(sentence: str) -> bool:
    """Whether a sentence says that something is not known, so that it is no answer.

    >>> states_unknown("The ministry did not say how many left.")
    True
    >>> states_unknown("She gave no details, but said that 300 left.")
    False
    """
    return bool(_UNSAID.search(sentence))


@cache
def answerability_model() -> AnswerabilityModel:
    """Return the model that ships with the package."""
    return AnswerabilityModel(**json.loads(WEIGHTS_FILE.read_text()))
