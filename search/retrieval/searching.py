"""The search pipeline: a question in, the best-ranked passages out."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from ...index.archive import Archive, ArticleRef, StoredPassage
from ...index.encoding.encoder import Encoder
from ..query.query import Query
from ..question import Question
from ..reading.reader import Reader
from ..results import RankedPassage
from ..stopping import checkpoint
from .diversity import limit_per_article
from .duplicates import also_in, fold_duplicates
from .highlighting import Highlighter
from .ranking import Candidate, Ranking, rank
from .reranking import Reranker, read_candidates, rerank
from .retriever import retrieve

_HELD_BACK = 3  # fetched beyond the limit, since some are held back for diversity


class Found(NamedTuple):
    """The passages that are shown, and the ranking of all candidates that they are the best of."""

    passages: tuple[RankedPassage, ...]
    ranking: Ranking


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
    shown = list(_shown(query, ranking, archive))
    duplicates: Mapping[int, tuple[ArticleRef, ...]] = {}
    if not query.question.all_copies:
        numbers = [candidate.number for candidate, _ in shown]
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
        for place, (candidate, stored) in enumerate(shown, start=query.question.offset + 1)
    )


def _fills(query: Query, ranking: Ranking, archive: Archive) -> bool:
    return len(list(_shown(query, ranking, archive))) == query.question.limit


def _shown(
    query: Query, ranking: Ranking, archive: Archive
) -> Iterator[tuple[Candidate, StoredPassage]]:
    first, last = query.question.offset, query.question.offset + query.question.limit
    stored = _stored(ranking, archive, last)
    if query.question.per_article is not None:
        stored = limit_per_article(
            stored, lambda found: found[1].article.id, query.question.per_article
        )
    return islice(stored, first, last)


def _stored(
    ranking: Ranking, archive: Archive, limit: int
) -> Iterator[tuple[Candidate, StoredPassage]]:
    """Fetch candidates from the archive as needed, without those removed meanwhile."""
    at_once = limit + _HELD_BACK
    for start in range(0, len(ranking.candidates), at_once):
        part = ranking.candidates[start : start + at_once]
        found = archive.passages([candidate.number for candidate in part])
        for candidate in part:
            if candidate.number in found:
                yield candidate, found[candidate.number]
