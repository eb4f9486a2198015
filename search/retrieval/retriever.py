"""Candidates for a question, from both indexes."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from ...index.encoding.encoder import Encoder, Vectors
from ...index.local.archive import Archive
from ...index.local.database import Database
from ...index.local.generations import Snapshot
from ...index.local.vectors import Numbers
from ..question import Filters, Question

# How many candidates each index gives: deeper adds time, and no better passages.
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer, by their numbers in the archive, with both indexes' scores.

    `dense` has the cosine of each, `lexical` the BM25 of those that the words found; the one that
    was not asked is None. `vector` is the question's, (dimension,) float32, where it was encoded.
    """

    snapshot: Snapshot
    dense: dict[int, float] | None = None
    lexical: dict[int, float] | None = None
    vector: Vectors | None = None


def retrieve(
    question: Question,
    archive: Archive,
    encoder: Encoder | None,
    without: Collection[int] = (),
) -> Candidates:
    """Give the candidates for a question, `without` those of articles so numbered.

    Only the lexical mode needs no encoder.
    """
    snapshot = archive.snapshot()
    articles = passing_articles(question.filters, archive.database, without)
    if articles is not None and not len(articles):
        return Candidates(snapshot, dense={}, lexical={})
    depth = max(_DEPTH, 2 * question.limit)
    lexical = None
    if question.mode != "dense":
        lexical = dict(snapshot.words.search(question.text, depth, articles))
    if question.mode == "lexical" or encoder is None:
        return Candidates(snapshot, lexical=lexical)
    vector = encoder.encode_question(question.standard_text)
    dense = _nearest(archive, snapshot, vector, depth, articles)
    matching = [number for number in lexical or () if number not in dense]
    dense |= exact_similarities(archive, snapshot, vector, matching)
    return Candidates(snapshot, dense, lexical, vector)


def exact_similarities(
    archive: Archive, snapshot: Snapshot, vector: Vectors, passages: list[int]
) -> dict[int, float]:
    """Score by the vectors as they were made: from the index where it is exact, else as stored."""
    scores = snapshot.vectors.scores(vector, passages)
    missing = [number for number in passages if number not in scores]
    stored = archive.database.vectors(missing)
    if stored:
        scored = np.stack(list(stored.values())) @ vector
        scores.update(zip(stored, scored.tolist(), strict=True))
    return scores


def passing_articles(
    filters: Filters, database: Database, without: Collection[int] = ()
) -> Numbers | None:
    """Give the numbers of the articles that may answer, ascending; None where all may."""
    if filters.all_pass and not without:
        return None
    passing = database.article_numbers(filters.sources, filters.since, filters.last_day)
    return np.setdiff1d(passing, list(without)) if without else passing


def _nearest(
    archive: Archive, snapshot: Snapshot, vector: Vectors, depth: int, articles: Numbers | None
) -> dict[int, float]:
    """Give the nearest passages with their exact similarities."""
    few = None if articles is None else snapshot.vectors.few_allowed(articles)
    found = snapshot.vectors.search(vector, depth, articles) if few is None else few
    similarities = exact_similarities(archive, snapshot, vector, found.tolist())
    return dict(nlargest(depth, similarities.items(), key=lambda found: found[1]))
