"""A second opinion on the best candidates, by a model that reads question and passage together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from ...index.archive import Archive
from ..errors import RerankerUnusable
from ..question import Question
from ..results import Part
from .ranking import Candidate, best_first

# So many of the best are read again; what stands lower is hardly ever what was asked for.
_DEPTH = 50


class Reranker(Protocol):
    """What scores passages for a question by reading both together."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Give a score for each passage; higher is better."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one output, by name or folder."""

    def __init__(self, model: str | Path) -> None:
        """Load the model. Raises RerankerUnusable."""
        from sentence_transformers import CrossEncoder  # seconds: only where it is used

        self._name = str(model)
        try:
            self._model = CrossEncoder(self._name, device="cpu")
        except Exception as error:  # whatever a model folder or a hub can come up with
            raise RerankerUnusable(model=self._name, reason=_first_line(error)) from error
        if self._model.num_labels != 1:
            reason = f"it gives {self._model.num_labels} scores for a pair, not one"
            raise RerankerUnusable(model=self._name, reason=reason)

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Give a score for each passage, from 0 to 1 as most such models are made."""
        try:
            pairs = [(question, passage) for passage in passages]
            scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), float)
        except Exception as error:  # a model that loads need not run
            raise RerankerUnusable(model=self._name, reason=_first_line(error)) from error
        return scores.tolist()


def rerank(
    question: Question, ranked: Sequence[Candidate], archive: Archive, reranker: Reranker
) -> list[Candidate]:
    """Give the best of the `ranked` in the reranker's order, scored by it alone.

    Raises RerankerUnusable where it does not give a number for each.
    """
    best = ranked[: question.rerank or max(_DEPTH, 2 * question.limit)]
    texts = archive.texts([candidate.number for candidate in best])
    there = [candidate for candidate in best if candidate.number in texts]
    if not there:
        return []
    passages = [f"{texts[c.number].title}\n{texts[c.number].text}" for c in there]
    scores = reranker.scores(question.text, passages)
    if len(scores) != len(there) or not np.isfinite(scores).all():
        reason = f"for {len(there)} passages it did not give as many scores that are numbers"
        raise RerankerUnusable(model=type(reranker).__name__, reason=reason)
    return best_first(
        Candidate.of(candidate.number, candidate.scores, (Part("reranker", score, 1.0),))
        for candidate, score in zip(there, scores, strict=True)
    )


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0].rstrip(".")
