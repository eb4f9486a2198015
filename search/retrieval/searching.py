"""The search pipeline: a question in, the best-ranked passages out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from time import perf_counter
from typing import NamedTuple

from ...index.archive import Archive, ArticleRef
from ...index.encoding.encoder import Encoder
from ..query.query import Query
from ..query.spelling import corrected
from ..question import Question
from ..reading.reader import Reader
from ..results import RankedPassage, SearchResult
from ..stopping import checkpoint
from .diversity import limit_per_article
from .duplicates import also_in, fold_duplicates
from .facets import count_facets
from .highlighting import Highlighter
from .no_results import why_none_shown
from .ranking import Candidate, Ranking, rank
from .reranking import Reranker, read_candidates, rerank
from .retriever import as_known, retrieve, undated_left_out


class Found(NamedTuple):
    """The passages that are shown, and the ranking of all candidates that they are the best of."""

    passages: tuple[RankedPassage, ...]
    ranking: Ranking


def search(
    asked: Question,
    archive: Archive,
    encoder: Encoder | None,
    reranker: Reranker | None = None,
    reader: Reader | None = None,
    facets: bool = False,
) -> SearchResult:
    """Return the best-ranked passages for a question, or why there are none, as Dragoman does."""
    started = perf_counter()
    undated = undated_left_out(asked.filters, archive)
    archive = as_known(asked.filters, archive)
    understood = replace(asked, text=corrected(asked.text, archive))
    passages, ranking = search_passages(understood, archive, encoder, reranker, reader)
    counted = count_facets(ranking, archive) if facets else None
    took_ms = (perf_counter() - started) * 1000
    warnings = () if passages else (why_none_shown(asked, ranking, archive),)
    return SearchResult(asked.text, understood.text, passages, took_ms, warnings, counted, undated)


def search_passages(
    question: Question,
    archive: Archive,
    encoder: Encoder | None,
    reranker: Reranker | None = None,
    reader: Reader | None = None,
) -> Found:
    """Return the best-ranked passages for a question.

    The lexical mode needs no encoder. A `reranker` alone decides the order of the top; a `reader`
    adds to the scores.
    """
    query = Query(question, archive.snapshot())
    ranking = rank_candidates(query, archive, encoder)
    if reranker:
        ranking = rerank(query, ranking, archive, reranker)
    if reader:
        ranking = read_candidates(query, ranking, archive, reader)
    return Found(shown_passages(query, ranking, archive), ranking)


def rank_candidates(query: Query, archive: Archive, encoder: Encoder | None) -> Ranking:
    """Return the candidates for a question, ranked, with duplicates folded.

    If folding leaves too few, the search is repeated without the duplicates.
    """
    excluded: set[int] = set()
    while True:
        checkpoint()
        candidates = retrieve(query, archive, encoder, excluded)
        ranking = rank(query, candidates, archive)
        if query.question.all_copies:
            return ranking
        ranking, duplicates = fold_duplicates(ranking, archive)
        if duplicates <= excluded or _fills(query, ranking, archive):
            return ranking
        excluded |= duplicates


def shown_passages(query: Query, ranking: Ranking, archive: Archive) -> tuple[RankedPassage, ...]:
    """Return the first passages, limited per article, with highlights and duplicates."""
    shown = _shown(query, ranking, archive)
    numbers = [candidate.number for candidate in shown]
    found = archive.passages(numbers)
    duplicates: Mapping[int, tuple[ArticleRef, ...]] = {}
    if not query.question.all_copies:
        duplicates = also_in(numbers, query.question.filters, archive)
    highlighter = Highlighter(query.terms)
    return tuple(
        RankedPassage(
            rank=place,
            passage=stored.passage,
            article=stored.article,
            score=candidate.score,
            scores=candidate.scores,
            parts=candidate.parts,
            highlights=highlighter.spans(stored.passage.text),
            also_in=duplicates.get(candidate.number, ()),
            reading=candidate.reading,
        )
        for place, (candidate, stored) in enumerate(
            ((one, found[one.number]) for one in shown if one.number in found),
            start=query.question.offset + 1,
        )
    )


def _fills(query: Query, ranking: Ranking, archive: Archive) -> bool:
    return len(_shown(query, ranking, archive)) == query.question.limit


def _shown(query: Query, ranking: Ranking, archive: Archive) -> list[Candidate]:
    """Return the candidates that are shown, limited per article, if they are still there."""
    question = query.question
    articles = archive.articles_of([candidate.number for candidate in ranking.candidates])
    shown: Iterator[Candidate] = (one for one in ranking.candidates if one.number in articles)
    if question.per_article is not None:
        shown = limit_per_article(shown, lambda one: articles[one.number], question.per_article)
    return [*islice(shown, question.offset, question.offset + question.limit)]
