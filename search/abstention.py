"""Whether the articles answer at all: all evidence for it weighed into one probability."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .evidence import QuestionWords
from .findings import Finding
from .results import RankedPassage

WEIGHTS_FILE = Path(__file__).with_name("abstention.json")
# "did not say", "gave no details", "none of them names", "is not known".
_UNSAID = re.compile(
    r"""
    \b(?:none|neither|nobody|no\sone|nothing)\b.{0,40}
      \b(?:says?|said|names?|named|gives?|gave|mentions?|states?|knows?)\b
    | \b(?:does|do|did|has|have|had|is|are|was|were)(?:\s+not|n['’]t)\s+(?:\w+\s+)?
      (?:say|said|name|named|give|given|mention(?:ed)?|specif(?:y|ied)|disclosed?|reveal(?:ed)?|
      stated?|known|clear|clarif(?:y|ied)|elaborate)\b
    | \b(?:gives?|gave|provid(?:es|ed)|with)\s+no\s+(?:\w+\s+)?
      (?:details?|figures?|numbers?|reasons?|names?|dates?|account)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FURTHEST = 12.0  # scores without an end are cut here


class Signals(NamedTuple):
    """What speaks for it that the best finding answers.

    `probability` is the reader's, as a logit, and `margin` the span's score less that of none;
    `similarity` is the best cosine of the passages; `wording` and `names` are the shares of the
    question's words, and of its names and numbers, in the sentence, and the others those in its
    passage; `score` is the passage's.
    """

    probability: float
    margin: float
    similarity: float
    wording: float
    passage_wording: float
    names: float
    passage_names: float
    score: float
    fits: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The logistic regression of the signals, and the probability from which there is an answer.

    Fitted by `make calibrate` (search/training/abstaining.py).
    """

    weights: dict[str, float]
    bias: float
    threshold: float

    def confidence(self, signals: Signals) -> float:
        """Give the probability that the articles answer."""
        logit = self.bias + sum(
            self.weights[name] * value for name, value in zip(signals._fields, signals, strict=True)
        )
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def signals_of(best: Finding, passages: Sequence[RankedPassage], words: QuestionWords) -> Signals:
    """Gather what speaks for the best finding."""
    ranked, reading = best.ranked, best.ranked.reading
    answers = min(max(reading.answers if reading else 0.5, 1e-4), 1 - 1e-4)
    margin = best.found.score - reading.no_answer_score if reading else 0.0
    passage = f"{ranked.article.title}\n{ranked.passage.text}"
    return Signals(
        probability=float(np.log(answers / (1 - answers))),
        margin=float(np.clip(margin, -_FURTHEST, _FURTHEST)),
        similarity=max((one.scores.dense or 0.0 for one in passages), default=0.0),
        wording=best.wording,
        passage_wording=words.share(passage),
        names=words.share_of_names(best.sentence),
        passage_names=words.share_of_names(passage),
        score=float(np.clip(ranked.score, -_FURTHEST, _FURTHEST)),
        fits=float(best.fits),
    )


def says_that_it_is_unsaid(sentence: str) -> bool:
    """Say whether a sentence says that something was not said, and so cannot answer what it was.

    >>> says_that_it_is_unsaid("The ministry did not say how many left.")
    True
    >>> says_that_it_is_unsaid("She said that many left.")
    False
    """
    return bool(_UNSAID.search(sentence))


@cache
def decision() -> Decision:
    """Read the weights that ship with the package."""
    return Decision(**json.loads(WEIGHTS_FILE.read_text()))
