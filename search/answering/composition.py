"""The answer composed of quoted sentences, each with the markers of its sources."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...corpus.article import Article
from ..answer import Citation, in_answer
from ..language.dates import in_words
from .agreement import agree, contradict, same_answer
from .quoting import quote_of
from .sentences import CandidateSentence

_MOST_STATEMENTS = 2  # with different answers
_MOST_SOURCES = 3  # with the same answer
# How close to the best score another sentence must be to stand beside it, and how close if it
# contradicts the best one; and the least probability of its passage (docs/experiments.md, Answers).
_AS_GOOD = 0.1
_AS_GOOD_AGAINST = 0.25
_LIKELY = 0.5
_AS_WORDED = 0.6  # of the best sentence's question terms, in one that supports it


class _Statement(NamedTuple):
    """A sentence, and those of other articles with the same answer."""

    sentence: CandidateSentence
    supporting: tuple[CandidateSentence, ...]


def compose(candidates: Sequence[CandidateSentence]) -> tuple[str, tuple[Citation, ...]]:
    """Return an answer and its citations, from one candidate or more, best first."""
    statements = [
        _Statement(one, tuple(_supporting(one, candidates))) for one in _chosen(candidates)
    ]
    pieces: list[str] = []
    citations: list[Citation] = []
    for statement in statements:
        first = len(citations)
        for number, sentence in enumerate((statement.sentence, *statement.supporting), first + 1):
            citations.append(_citation(number, sentence))
        markers = "".join(f"[{one.number}]" for one in citations[first:])
        pieces.append(f"{in_answer(citations[first].quote)} {markers}")
    if len(statements) > 1 and contradict(statements[0].sentence, statements[1].sentence):
        return _side_by_side(statements, pieces), tuple(citations)
    return " ".join(pieces), tuple(citations)


def _citation(number: int, sentence: CandidateSentence) -> Citation:
    quote, ranked = quote_of(sentence), sentence.ranked
    return Citation(
        number, quote.text, quote.span, ranked.id, ranked.article, quote.answer, ranked.also_in
    )


def _chosen(candidates: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """Return the best, and one as good with another answer, or one nearly as good against it."""
    best = candidates[0]
    near = [one for one in candidates[1:] if one.score >= best.score - _AS_GOOD_AGAINST]
    others = [one for one in near if _likely(one) and one.fits]
    against = [one for one in others if contradict(best, one)]
    beside = [one for one in others if one.score >= best.score - _AS_GOOD and not agree(best, one)]
    others = [one for one in against or beside if not _is_within(one, best)]
    return [best, *others[: _MOST_STATEMENTS - 1]]


def _is_within(one: CandidateSentence, best: CandidateSentence) -> bool:
    """Return whether one quotation lies in the other, of the same article."""
    (start, end), (first, last) = quote_of(one).span, quote_of(best).span
    within = (first <= start and end <= last) or (start <= first and last <= end)
    return one.ranked.article.id == best.ranked.article.id and within


def _supporting(
    best: CandidateSentence, candidates: Sequence[CandidateSentence]
) -> Iterator[CandidateSentence]:
    """Return the best sentence with the same answer from each other article."""
    articles = {best.ranked.article.id}
    for one in candidates:
        if len(articles) == _MOST_SOURCES:
            return
        article = one.ranked.article.id
        if article not in articles and _supports(one, best):
            articles.add(article)
            yield one


def _supports(one: CandidateSentence, best: CandidateSentence) -> bool:
    worded = one.wording >= _AS_WORDED * best.wording
    return worded and _likely(one) and same_answer(best, one) and not contradict(best, one)


def _likely(sentence: CandidateSentence) -> bool:
    reading = sentence.ranked.reading
    return reading is not None and reading.probability >= _LIKELY


def _side_by_side(statements: Sequence[_Statement], pieces: Sequence[str]) -> str:
    dated = (
        f"{piece} ({_dated(statement.sentence.ranked.article)})"
        for statement, piece in zip(statements, pieces, strict=True)
    )
    return f"Reports differ: {'; '.join(dated)}."


def _dated(article: Article) -> str:
    if article.published:
        return f"published {day_of(article)}"
    return f"of {day_of(article)}" if article.event else "undated"


def day_of(article: Article) -> str:
    """Return the date of an article in words: of publication, or else of its event.

    >>> from datetime import date
    >>> day_of(Article("a", "", "")), day_of(Article("a", "", "", published=date(2022, 5, 1)))
    ('undated', '1 May 2022')
    """
    day = article.published or article.event
    return in_words(day) if day else "undated"
