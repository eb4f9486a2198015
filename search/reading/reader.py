"""The protocol of readers, and what they find in passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from ...corpus.article import Span


class FoundSpan(NamedTuple):
    """The most likely answer in a sentence, if that sentence has one.

    `sentence` and `span` are offsets into the passage's text; scores compare across sentences.
    """

    sentence: Span
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in a passage: whether it answers, and the most likely answer.

    `probability` is the probability that the passage answers, calibrated on as many passages that
    do as do not. `rank_score` compares the passages of one question. `spans` has the best span of
    each sentence, best first; `no_answer_score` compares with their scores and is unbounded.
    """

    probability: float
    rank_score: float
    spans: tuple[FoundSpan, ...]
    no_answer_score: float

    @property
    def span(self) -> Span | None:
        """The best span of all, or None where the passage has no text."""
        return self.spans[0].span if self.spans else None

    @property
    def span_score(self) -> float:
        """The score of the best span; minus infinity where there is none."""
        return self.spans[0].score if self.spans else -np.inf


class Reader(Protocol):
    """Reads passages to tell whether they answer a question, and with which words."""

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Sequence[Reading]:
        """Return what is found in each passage, a pair of title and text."""
        ...
