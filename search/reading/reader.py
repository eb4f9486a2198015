"""What reads passages to answer, and what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from ...corpus.article import Span


class FoundSpan(NamedTuple):
    """What in a sentence most likely is the answer, if that sentence has it.

    Both are offsets into the passage's text; scores compare with those of other sentences.
    """

    sentence: Span
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in a passage: whether it answers, and what most likely is the answer.

    `probability` is the probability that the passage answers, of as many that do as do not.
    `rank_score` says the same for comparing the passages of one question. `spans` has the best
    span of each sentence, the best first; `no_answer_score` compares with theirs, unbounded.
    """

    probability: float
    rank_score: float
    spans: tuple[FoundSpan, ...]
    no_answer_score: float

    @property
    def span(self) -> Span | None:
        """The best span of all, None where the passage has no text."""
        return self.spans[0].span if self.spans else None

    @property
    def span_score(self) -> float:
        """How good the best span is; less than anything where there is none."""
        return self.spans[0].score if self.spans else -np.inf


class Reader(Protocol):
    """What reads passages, each with its title, and says whether they answer a question."""

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> Sequence[Reading]:
        """Give what is read in each passage."""
        ...
