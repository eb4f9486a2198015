"""Candidates for a question, from both indexes."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Self

import numpy as np

from ...index.archive import Archive, Numbers, Snapshot, Vectors
from ...index.encoding.encoder import Encoder
from ..query.query import Query
from ..question import Filters
from .beside import processors

# How many candidates each index returns; more takes longer and does not improve the results.
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer, by their numbers in the archive, with both indexes' scores.

    `dense` has the cosine of each, `lexical` the BM25 of those that share terms; an index that was
    not searched has None. `vector` is the question's, (dimension,) float32, where it was encoded.
    `timeless` are those for the question without the time that it names, if it names one.
    """

    snapshot: Snapshot
    dense: dict[int, float] | None = None
    lexical: dict[int, float] | None = None
    vector: Vectors | None = None
    timeless: Self | None = None


def retrieve(
    query: Query, archive: Archive, encoder: Encoder | None, excluded: Collection[int] = ()
) -> Candidates:
    """Return the candidates for a question, without those of the `excluded` articles.

    The lexical mode alone needs no encoder.
    """
    candidates = _retrieve(query, archive, encoder, excluded)
    if query.without_time is query:
        return candidates
    return replace(candidates, timeless=_retrieve(query.without_time, archive, encoder, excluded))


def _retrieve(
    query: Query, archive: Archive, encoder: Encoder | None, excluded: Collection[int]
) -> Candidates:
    snapshot, question = query.snapshot, query.question
    articles = passing_articles(question.filters, archive, excluded)
    if articles is not None and not len(articles):
        return Candidates(snapshot, dense={}, lexical={})
    depth = max(_DEPTH, 2 * (question.offset + question.limit))
    matching = partial(snapshot.matching, query.text, depth, articles)
    if question.mode == "lexical" or encoder is None:
        return Candidates(snapshot, lexical=None if question.mode == "dense" else matching())
    if question.mode == "dense":
        vector = encoder.encode_question(query.canonical_text)
        return Candidates(snapshot, snapshot.nearest(vector, depth, articles), vector=vector)
    with processors().beside(matching) as matched:
        vector = encoder.encode_question(query.canonical_text)
        dense = snapshot.nearest(vector, depth, articles)
        lexical = matched()
    others = [number for number in lexical if number not in dense]
    dense |= snapshot.similarities(vector, others)
    return Candidates(snapshot, dense, lexical, vector)


def as_known(filters: Filters, archive: Archive) -> Archive:
    """Return the archive as it is known on the day as of which is asked.

    It is as if the archive held nothing published later: no result, correction, count or reason
    tells of it. What states no day is not seen either.
    """
    if filters.as_of is None:
        return archive
    from ...index.restricted import RestrictedArchive  # few questions need it

    return RestrictedArchive(archive, until=filters.as_of)


def undated_left_out(filters: Filters, archive: Archive) -> int:
    """Return how many articles a filter by date leaves out because they state no day."""
    if not (filters.since or filters.last_day):
        return 0
    sources, tags = filters.sources, filters.tags
    dated = archive.article_numbers(sources, until=date.max, tags=tags)
    return len(archive.article_numbers(sources, tags=tags)) - len(dated)


def passing_articles(
    filters: Filters, archive: Archive, excluded: Collection[int] = ()
) -> Numbers | None:
    """Return the numbers of the articles that may answer, ascending; None where all may."""
    if filters.all_pass and not excluded:
        return None
    passing = archive.article_numbers(
        filters.sources, filters.since, filters.last_day, filters.tags
    )
    return np.setdiff1d(passing, list(excluded)) if excluded else passing
