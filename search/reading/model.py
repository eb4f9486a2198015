"""The reader's model: one pass tells whether a passage answers a question, and where."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ...corpus.article import Span
from ...corpus.text.sentences import sentence_spans
from ...index.encoding.sessions import open_session, workers
from ...index.encoding.weights import default_model_folder, sha256_of
from ..errors import ReaderUnusable
from ..stopping import stoppable
from .pairs import Pair, PairTokenizer, TitledText
from .reader import FoundSpan, Reading

FOLDER = Path(__file__).parent / "small-reader"
MODEL_FILE = "reader.onnx"
TOKENIZER_FILE = "tokenizer.json"
SHA256 = "9b7216b13e8d2c354a807527bddc0cfd346e21ac0dad480bb176c8b28b7c5ecd"
MOST_TOKENS_APART = 30  # at most, between an answer's first and last token

TokenScores = NDArray[np.float32]


class Logits(NamedTuple):
    """The model's output for a pair of n tokens: a number, and two scores per token, (n,)."""

    rank: float
    start: TokenScores
    end: TokenScores


class PairModel(Protocol):
    """Computes logits, on whatever runtime."""

    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Logits]:
        """Return the logits of each pair."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """The logistic regression that turns scores into probabilities (Platt 1999).

    `margin` weighs the best span's score minus the no-answer score.
    """

    rank: float = 1.0
    margin: float = 0.0
    bias: float = 0.0

    def probability(self, rank: float, margin: float) -> float:
        """Return the probability that a passage with these scores answers."""
        logit = self.rank * rank + self.margin * margin + self.bias
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


class ReaderModel:
    """Reads passages for a question. Threads may share it."""

    def __init__(
        self, model: PairModel, tokenizer: PairTokenizer, calibration: Calibration
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._calibration = calibration

    def read(self, question: str, passages: Sequence[TitledText]) -> list[Reading]:
        """Return what is read in each passage, which does not depend on the other passages."""
        asked = self._tokenizer.question(question)
        tokens = self._tokenizer.passages(passages)
        pairs = [self._tokenizer.pair(asked, passage) for passage in tokens]
        return [
            self._reading(text, pair, logits)
            for (_, text), pair, logits in zip(passages, pairs, self._model(pairs), strict=True)
        ]

    def _reading(self, text: str, pair: Pair, logits: Logits) -> Reading:
        no_answer = float(logits.start[0] + logits.end[0])
        found = sorted(_found(text, pair, logits), key=lambda one: -one.score)
        margin = found[0].score - no_answer if found else -np.inf
        probability = self._calibration.probability(logits.rank, margin) if found else 0.0
        return Reading(probability, logits.rank, tuple(found), no_answer)


def _found(text: str, pair: Pair, logits: Logits) -> Iterator[FoundSpan]:
    """Return the best span in each sentence: no answer crosses from one to the next."""
    starts = [start for start, _ in pair.offsets]
    for sentence in sentence_spans(text):
        first, last = (bisect_left(starts, edge) for edge in sentence)
        if first == last:
            continue  # cut off
        tokens = slice(pair.first + first, pair.first + last)
        (begins, ends), score = best_span(logits.start[tokens], logits.end[tokens])
        span = (starts[first + begins], pair.offsets[first + ends][1])
        yield FoundSpan(sentence, span, score)


def open_reader_model(folder: Path = FOLDER, sha256: str = SHA256) -> ReaderModel:
    """Open the model in `folder`, whose file must have the hash `sha256`.

    Raises ReaderUnusable where it is missing or another, and WeightsMissing where the package
    with the tokenizer is not installed.
    """
    file = folder / MODEL_FILE
    try:
        if (found := sha256_of(file)) != sha256:
            raise ReaderUnusable(path=file, reason=f"its SHA-256 is {found}, expected {sha256}")
        model = CompiledPairModel(file)
    except ReaderUnusable:
        raise
    except Exception as error:  # the runtime raises its own exceptions
        raise ReaderUnusable(path=file, reason=str(error).split("\n")[0]) from error
    return ReaderModel(
        model, PairTokenizer(default_model_folder() / TOKENIZER_FILE), model.calibration
    )


class CompiledPairModel:
    """The int8 ONNX form of the model, with its calibration."""

    def __init__(self, file: Path) -> None:
        self._session = open_session(file)
        self._workers = workers("reader")
        facts = self._session.get_modelmeta().custom_metadata_map
        self.calibration = Calibration(**json.loads(facts["calibration"]))

    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Logits]:
        """Return the logits of each pair, which do not depend on the other pairs."""
        return self._workers.map(stoppable(self._run), pairs)

    def _run(self, pair: Pair) -> Logits:
        ids = np.array([pair.ids], np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([pair.types], np.int64),
        }
        rank, start, end = (np.asarray(output) for output in self._session.run(None, feed))
        return Logits(float(rank[0]), start[0], end[0])


def best_span(start: TokenScores, end: TokenScores) -> tuple[Span, float]:
    """Return the first and the last token of the best span, and its score.

    `start` and `end`, (n,) with n > 0, are the scores of each token as an answer's first and as
    its last; a span's score is their sum (Devlin et al. 2019, "BERT", section 4.2).

    >>> best_span(np.array([0.0, 2.0, 1.0]), np.array([3.0, 0.0, 1.0]))
    ((0, 0), 3.0)
    >>> best_span(np.array([0.0, 2.0, 1.0]), np.array([0.0, 0.0, 1.0]))
    ((1, 2), 3.0)
    """
    ends_before = np.tri(len(start), k=-1, dtype=bool)
    ends_late = ~np.tri(len(start), k=MOST_TOKENS_APART, dtype=bool)
    sums = np.where(ends_before | ends_late, -np.inf, start[:, None] + end[None, :])
    first, last = divmod(int(sums.argmax()), len(start))
    return (first, last), float(sums[first, last])
