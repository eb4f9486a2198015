"""Measures of a reader: ranking, spans and answerability, row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..evaluation.measures import auroc
from ..language.normalising import normalised
from ..reading.model import ReaderModel
from ..reading.pairs import TitledText
from ..reading.reader import Reading
from .data import Row


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row, its passage's text, and the readings of that passage and of the negatives."""

    row: Row
    text: str
    reading: Reading
    negatives: tuple[Reading, ...]

    @property
    def rank(self) -> int:
        """The rank of the passage that answers among its negatives, from 1; it loses ties."""
        return 1 + sum(other.probability >= self.reading.probability for other in self.negatives)

    @property
    def answers(self) -> list[str]:
        """The reference answers."""
        return [self.text[slice(*span)] for span in self.row.answers]

    @property
    def answer(self) -> str:
        """The reader's answer."""
        return self.text[slice(*self.reading.span)] if self.reading.span else ""


def read_row(reader: ReaderModel, row: Row, passages: dict[int, TitledText]) -> ReadRow:
    """Read all passages of a row."""
    numbers = (row.passage, *row.negatives)
    first, *others = reader.read(row.question, [passages[number] for number in numbers])
    return ReadRow(row, passages[row.passage][1], first, tuple(others))


def exact(answer: str, answers: Sequence[str]) -> float:
    """Return 1 if an answer is one of the reference `answers`, else 0, as SQuAD measures it.

    >>> exact("the Treaty", ["Treaty", "a pact"])
    1.0
    """
    return float(any(normalised(answer) == normalised(other) for other in answers))


def f1(answer: str, answers: Sequence[str]) -> float:
    """Return the highest F1 of an answer with one of the reference `answers`, over words.

    As `compute_f1` in the official evaluation script of SQuAD 2.0 (Rajpurkar et al. 2018).

    >>> f1("the city of Istanbul", ["Istanbul"])
    0.5
    """
    return max((_f1(normalised(answer).split(), normalised(o).split()) for o in answers), default=0)


def _f1(words: list[str], others: list[str]) -> float:
    if not words or not others:
        return float(words == others)
    common = sum((Counter(words) & Counter(others)).values())
    return 2 * common / (len(words) + len(others))


def margin(reading: Reading) -> float:
    """Return the best span's score minus the no-answer score."""
    return reading.span_score - reading.no_answer_score


def learning_figures(read: Sequence[ReadRow]) -> dict[str, float]:
    """Return the measures that are logged during training."""
    spans = [one for one in read if one.row.answers]
    return {
        "accuracy": float(np.mean([one.rank == 1 for one in read])),
        "mrr": float(np.mean([1 / one.rank for one in read])),
        "exact": float(np.mean([exact(one.answer, one.answers) for one in spans])),
        "f1": float(np.mean([f1(one.answer, one.answers) for one in spans])),
        "auroc": auroc(
            np.array([one.reading.probability for one in read]),
            np.array([other.probability for one in read for other in one.negatives]),
        ),
        "auroc_margin": auroc(
            np.array([margin(one.reading) for one in spans]),
            np.array([margin(other) for one in spans for other in one.negatives]),
        ),
    }
