"""The reader's model: whether a passage answers a question, and where, read in one pass."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from ...corpus.text.sentences import sentence_spans
from ...index.encoding.sessions import open_session, workers
from ...index.encoding.weights import default_model_folder, sha256_of
from ..errors import ReaderUnusable
from .pairs import Pair, PairTokenizer, TitledText
from .reader import FoundSpan, Reading
from .spans import TokenScores, best_span

FOLDER = Path(__file__).parent / "small-reader"
MODEL_FILE = "reader.onnx"
TOKENIZER_FILE = "tokenizer.json"
SHA256 = "8b36ae090d5e1bafa028b28d9294bfdd78cc6ee89c3756ce3a6a2ea7780688b9"


class Logits(NamedTuple):
    """What the model gives for a pair of n tokens: a number, and two for each token, (n,)."""

    rank: float
    start: TokenScores
    end: TokenScores


class PairModel(Protocol):
    """What computes logits, whatever it runs on."""

    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Logits]:
        """Give the logits of each pair."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """The logistic regression that makes probabilities of scores (Platt 1999).

    `margin` weighs the best span's score less that of no answer.
    """

    rank: float = 1.0
    margin: float = 0.0
    bias: float = 0.0

    def probability(self, rank: float, margin: float) -> float:
        """Give the probability that a passage with these scores answers."""
        logit = self.rank * rank + self.margin * margin + self.bias
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


class ReaderModel:
    """Reads passages for a question. Threads may share it. A `Reranker`, among other things."""

    def __init__(
        self, model: PairModel, tokenizer: PairTokenizer, calibration: Calibration
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._calibration = calibration

    def read(self, question: str, passages: Sequence[TitledText]) -> list[Reading]:
        """Give what is read in each passage, which does not depend on those beside it."""
        asked = self._tokenizer.question(question)
        tokens = self._tokenizer.passages(passages)
        pairs = [self._tokenizer.pair(asked, passage) for passage in tokens]
        return [
            self._reading(text, pair, logits)
            for (_, text), pair, logits in zip(passages, pairs, self._model(pairs), strict=True)
        ]

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Give the probability that each passage, its title in the first line, answers."""
        return [
            reading.probability for reading in self.read(question, list(map(_titled, passages)))
        ]

    def _reading(self, text: str, pair: Pair, logits: Logits) -> Reading:
        no_answer = float(logits.start[0] + logits.end[0])
        found = sorted(_found(text, pair, logits), key=lambda one: -one.score)
        margin = found[0].score - no_answer if found else -np.inf
        answers = self._calibration.probability(logits.rank, margin) if found else 0.0
        return Reading(answers, logits.rank, tuple(found), no_answer)


def _found(text: str, pair: Pair, logits: Logits) -> Iterator[FoundSpan]:
    """Find the best span in each sentence: no answer goes on from one to the next."""
    starts = [start for start, _ in pair.offsets]
    for sentence in sentence_spans(text):
        first, last = (bisect_left(starts, edge) for edge in sentence)
        if first == last:
            continue  # cut off
        tokens = slice(pair.first + first, pair.first + last)
        (begins, ends), score = best_span(logits.start[tokens], logits.end[tokens])
        span = (starts[first + begins], pair.offsets[first + ends][1])
        yield FoundSpan(sentence, span, score)


def _titled(passage: str) -> TitledText:
    title, line_end, text = passage.partition("\n")
    return (title, text) if line_end else ("", passage)


def open_reader_model(folder: Path = FOLDER, sha256: str = SHA256) -> ReaderModel:
    """Open the model in `folder`, whose file must have the hash `sha256`.

    Raises ReaderUnusable where it is not there or another, and WeightsMissing where the package
    with the tokenizer is not.
    """
    file = folder / MODEL_FILE
    try:
        if (found := sha256_of(file)) != sha256:
            raise ReaderUnusable(path=file, reason=f"its SHA-256 is {found}, expected {sha256}")
        model = CompiledPairModel(file)
    except ReaderUnusable:
        raise
    except Exception as error:  # the runtime raises kinds of its own
        raise ReaderUnusable(path=file, reason=str(error).split("\n")[0]) from error
    return ReaderModel(
        model, PairTokenizer(default_model_folder() / TOKENIZER_FILE), model.calibration
    )


class CompiledPairModel:
    """The int8 ONNX form of the model, which carries its calibration."""

    def __init__(self, file: Path) -> None:
        self._session = open_session(file)
        self._workers = workers("reader")
        facts = self._session.get_modelmeta().custom_metadata_map
        self.calibration = Calibration(**json.loads(facts["calibration"]))

    def __call__(self, pairs: Sequence[Pair]) -> Iterable[Logits]:
        """Give the logits of each pair, which do not depend on the others."""
        return self._workers.map(self._run, pairs)

    def _run(self, pair: Pair) -> Logits:
        ids = np.array([pair.ids], np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([pair.types], np.int64),
        }
        rank, start, end = (np.asarray(output) for output in self._session.run(None, feed))
        return Logits(float(rank[0]), start[0], end[0])
