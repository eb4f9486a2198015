"""Reranking of the top candidates with a model that reads question and passage together."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Protocol

import numpy as np

from ...index.archive import Archive, PassageText
from ..errors import RerankerUnusable
from ..query.query import Query
from ..reading.heading import heading
from ..reading.pairs import TitledText
from ..reading.reader import Reader, Reading
from ..reading.rows import read_rows_asked
from ..results import Part, RankedPassage
from .ranking import TIME_BOOSTS, Candidate, Ranking, best_first

# How many are reranked by default; passages ranked lower hardly ever answer.
_DEPTH = 50
# The weight of the reader's probability in the score, in units of the ranking (docs/experiments.md,
# Reader).
READER_WEIGHT = 0.3
_ALWAYS_READ = 3  # of the best, however far the others are behind


class Reranker(Protocol):
    """Scores passages for a question by reading both together."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return a score for each passage, its title in the first line; higher is better."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one output, by name or folder."""

    def __init__(self, model: str | Path) -> None:
        """Load the model. Raises RerankerUnusable."""
        from sentence_transformers import CrossEncoder  # takes seconds to import

        self._name = str(model)
        try:
            self._model = CrossEncoder(self._name, device="cpu")
        except Exception as error:  # model folders and hubs raise many exceptions
            raise RerankerUnusable(model=self._name, reason=_first_line(error)) from error
        if self._model.num_labels != 1:
            reason = f"it returns {self._model.num_labels} scores for a pair, not one"
            raise RerankerUnusable(model=self._name, reason=reason)

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return a score for each passage, from 0 to 1 as most such models are made."""
        try:
            pairs = [(question, passage) for passage in passages]
            scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), float)
        except Exception as error:  # a model that loads may still fail to run
            raise RerankerUnusable(model=self._name, reason=_first_line(error)) from error
        return scores.tolist()


def rerank(query: Query, ranking: Ranking, archive: Archive, reranker: Reranker) -> Ranking:
    """Return the top candidates in the reranker's order, scored by it alone.

    Raises RerankerUnusable where it does not return a number for each.
    """
    question = query.question
    depth = question.rerank or max(_DEPTH, 2 * question.limit)
    there, texts = _still_there(ranking.candidates[:depth], archive)
    if not there:
        return Ranking([])
    scores = reranker.scores(query.text, [f"{one.title}\n{one.text}" for one in texts])
    if len(scores) != len(there) or not np.isfinite(scores).all():
        reason = f"for {len(there)} passages it did not give as many scores that are numbers"
        raise RerankerUnusable(model=type(reranker).__name__, reason=reason)
    return Ranking(
        best_first(
            candidate.scored_by(Part("reranker", score, 1.0))
            for candidate, score in zip(there, scores, strict=True)
        )
    )


def read_candidates(
    query: Query, ranking: Ranking, archive: Archive, reader: Reader, within: float = inf
) -> Ranking:
    """Return the ranking with the question's top `rerank` candidates read.

    After the first few, only such as are `within` so many units of the best, boosts for a time
    apart. The reader's output adds to the scores; the others keep theirs and mostly rank below.
    """
    top = ranking.candidates[: query.question.rerank]
    least = _timeless_score(top[0]) - within * ranking.unit if top else 0.0
    near = [one for one in top[_ALWAYS_READ:] if _timeless_score(one) >= least]
    there, texts = _still_there([*top[:_ALWAYS_READ], *near], archive)
    weight = READER_WEIGHT * ranking.unit
    read = [
        candidate.with_parts([_reader_part(reading, found.text, weight)])._replace(reading=reading)
        for candidate, found, reading in zip(
            there, texts, _readings(query, texts, reader), strict=True
        )
    ]
    numbers = {one.number for one in read}
    unread = [one for one in ranking.candidates if one.number not in numbers]
    return Ranking(best_first([*read, *unread]), ranking.unit)


def read_passages(
    query: Query, passages: Sequence[RankedPassage], reader: Reader
) -> list[RankedPassage]:
    """Return passages with what the reader finds in them, in the same order."""
    texts = [
        PassageText(
            one.article.title,
            one.passage.text,
            one.article.source,
            one.article.published,
            one.article.event,
        )
        for one in passages
    ]
    readings = _readings(query, texts, reader)
    return [replace(one, reading=read) for one, read in zip(passages, readings, strict=True)]


def _timeless_score(candidate: Candidate) -> float:
    return candidate.score - sum(
        part.contribution for part in candidate.more if part.name in TIME_BOOSTS
    )


def _readings(query: Query, texts: Sequence[PassageText], reader: Reader) -> list[Reading]:
    """Read the passages; those of the time asked about, with the question that does not name it.

    What only leads to the question helps to find them, but the reader takes it for what is asked.
    """
    asked = [query.asked_of(one.published, one.event, text=one.text) for one in texts]
    readings: dict[int, Reading] = {}
    for one in {id(one): one for one in asked}.values():
        places = [place for place, other in enumerate(asked) if other is one]
        passages = [_titled(texts[place]) for place in places]
        # The reader knows names by their letters, so the question spells them as the passages do.
        question = query.snapshot.spellings.spelt_as_in((text for _, text in passages), one.asking)
        read = read_rows_asked(reader, question, passages, one.terms.share_of_names)
        readings |= zip(places, read, strict=True)
    return [readings[place] for place in range(len(texts))]


def _titled(found: PassageText) -> TitledText:
    return heading(found.title, found.source, found.published), found.text


def _still_there(
    top: Sequence[Candidate], archive: Archive
) -> tuple[list[Candidate], list[PassageText]]:
    """Return the candidates that are still in the archive, with their texts."""
    texts = archive.texts([candidate.number for candidate in top])
    there = [candidate for candidate in top if candidate.number in texts]
    return there, [texts[candidate.number] for candidate in there]


def _reader_part(reading: Reading, text: str, weight: float) -> Part:
    found = "" if reading.span is None else f"“{text[slice(*reading.span)]}”"
    return Part("reader", reading.probability, weight, found)


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0].rstrip(".")
