"""Whether the articles answer at all: all evidence for it weighed into one probability."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..query.terms import QueryTerms
from .sentences import CandidateSentence

WEIGHTS_FILE = Path(__file__).with_name("answerability.json")
# "The ministry did not say how many", "None of them says whether …".
_UNSAID = re.compile(
    r"""
    (?:\b(?:none|neither|nobody|no\sone)\b[^,;]{0,40}?|\b(?:not|never|yet\sto)\s+|n['’]t\s+)
    \b(?:says?|said|known?|knows|clear|disclosed?|revealed?|specif(?:y|ied)|mention(?:ed)?)\b
    [^,;]{0,60}?\b(?:how|who|whom|whether|why|when|where|what|which)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FURTHEST = 12.0  # scores without an end are cut here


class Features(NamedTuple):
    """What speaks for it that the best finding answers: nothing that depends on how it was found.

    `probability` is the reader's, as a logit, and `margin` the span's score less that of none;
    `wording` and `names` are the shares of the question's words, and of its names and numbers, in
    the sentence, and the others those in its passage.
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
    """The logistic regression of the signals, and the probability from which there is an answer.

    Fitted by `make calibrate` (search/training/abstaining.py).
    """

    weights: dict[str, float]
    bias: float
    threshold: float

    def confidence(self, signals: Features) -> float:
        """Give the probability that the articles answer."""
        logit = self.bias + sum(
            self.weights[name] * value for name, value in zip(signals._fields, signals, strict=True)
        )
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def features_of(best: CandidateSentence, words: QueryTerms) -> Features:
    """Gather what speaks for the best finding."""
    ranked, reading = best.ranked, best.ranked.reading
    answers = min(max(reading.probability if reading else 0.5, 1e-4), 1 - 1e-4)
    margin = best.found.score - reading.no_answer_score if reading else 0.0
    passage = f"{ranked.article.title}\n{ranked.passage.text}"
    return Features(
        probability=float(np.log(answers / (1 - answers))),
        margin=float(np.clip(margin, -_FURTHEST, _FURTHEST)),
        wording=best.wording,
        passage_wording=words.share(passage),
        names=words.share_of_names(best.sentence),
        passage_names=words.share_of_names(passage),
        fits=float(best.fits),
    )


def states_unknown(sentence: str) -> bool:
    """Say whether a sentence says that something was not said, and so cannot answer what it was.

    >>> states_unknown("The ministry did not say how many left.")
    True
    >>> states_unknown("She gave no details, but said that 300 left.")
    False
    """
    return bool(_UNSAID.search(sentence))


@cache
def decision() -> AnswerabilityModel:
    """Read the weights that ship with the package."""
    return AnswerabilityModel(**json.loads(WEIGHTS_FILE.read_text()))
