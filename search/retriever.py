"""Candidates for a question, from both indexes, and their scores fused into one."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from ..index.archive import Archive
from ..index.database import Database
from ..index.encoder import Encoder, Vectors
from ..index.generations import Snapshot
from ..index.vectors import Numbers
from .question import Filters, Question
from .results import Scores

# How many candidates each index gives: deeper adds time, and no better passages.
_DEPTH = 100
# The weight of the dense score beside the lexical one, when both lie between 0 and 1.
_DENSE_WEIGHT = 0.6


class Candidate(NamedTuple):
    """A passage, by its number in the archive, that may answer; higher scores are better."""

    number: int
    score: float
    scores: Scores


def retrieve(
    question: Question,
    archive: Archive,
    encoder: Encoder | None,
    without: Collection[int] = (),
) -> list[Candidate]:
    """Give the candidates for a question, best first, `without` those of articles so numbered.

    Only the lexical mode needs no encoder.
    """
    snapshot = archive.snapshot()
    articles = passing_articles(question.filters, archive.database, without)
    if articles is not None and not len(articles):
        return []
    depth = max(_DEPTH, 2 * question.limit)
    lexical: dict[int, float] = {}
    if question.mode != "dense":
        lexical = dict(snapshot.words.search(question.text, depth, articles))
    if question.mode == "lexical" or encoder is None:
        return _ranked({n: Scores(lexical=score) for n, score in lexical.items()}, lexical)
    vector = encoder.encode_question(question.text)
    nearest = _nearest(snapshot, vector, depth, articles)
    dense = _dense_scores(archive, snapshot, vector, [*nearest, *lexical.keys() - set(nearest)])
    if question.mode == "dense":
        return _ranked({n: Scores(dense=score) for n, score in dense.items()}, dense)
    fused = fuse(dense, lexical)
    scores = {n: Scores(dense[n], lexical.get(n, 0.0), fused[n]) for n in dense}
    return _ranked(scores, fused)


def fuse(
    dense: Mapping[int, float], lexical: Mapping[int, float], weight: float = _DENSE_WEIGHT
) -> dict[int, float]:
    """Join two scores of the same candidates into one from 0 to 1: a weighted sum.

    Both are put between 0 and 1 by what they could be at least, which is 0: the cosine as it is,
    BM25 as a share of the best (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for
    Hybrid Retrieval", ACM TOIS 42). Unlike the least that was found, that does not make much of
    little differences where there are few candidates. A missing lexical score is 0.

    >>> fuse({1: 0.5, 2: 1.0}, {2: 7.0}, weight=0.5)
    {1: 0.25, 2: 1.0}
    """
    best = max(lexical.values(), default=0.0) or 1.0
    return {
        number: weight * max(similarity, 0.0) + (1 - weight) * lexical.get(number, 0.0) / best
        for number, similarity in dense.items()
    }


def passing_articles(
    filters: Filters, database: Database, without: Collection[int] = ()
) -> Numbers | None:
    """Give the numbers of the articles that may answer, ascending; None where all may."""
    if filters.all_pass and not without:
        return None
    passing = database.article_numbers(filters.sources, filters.since, filters.last_day)
    return np.setdiff1d(passing, list(without)) if without else passing


def _nearest(
    snapshot: Snapshot, vector: Vectors, depth: int, articles: Numbers | None
) -> list[int]:
    few = None if articles is None else snapshot.vectors.few_allowed(articles)
    nearest = snapshot.vectors.search(vector, depth, articles) if few is None else few
    return nearest.tolist()


def _dense_scores(
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


def _ranked(scores: Mapping[int, Scores], final: Mapping[int, float]) -> list[Candidate]:
    # Passages with equal scores keep the order in which they were added.
    order = sorted(final, key=lambda number: (-final[number], number))
    return [Candidate(number, final[number], scores[number]) for number in order]
