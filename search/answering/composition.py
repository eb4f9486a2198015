"""The answer composed from what was found: quoted sentences, each with the marker of its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...corpus.article import Article
from ...corpus.text.analysis import analyzer
from ..answer import Citation, in_answer
from ..language.dates import in_words
from ..language.normalising import normalised
from .quoting import Quote, quote_of
from .sentences import CandidateSentence

_MOST_QUOTES = 2  # that say different things
_MOST_SOURCES = 3  # of the same thing
# So close to the best score, another sentence may as well be the answer (measured:
# ARCHITECTURE.md, Answers); and so likely its passage must answer.
_AS_GOOD = 0.1
_AS_GOOD_AGAINST = 0.25  # where it says the contrary
_LIKELY = 0.5
_SHORT = 8  # words: longer answers agree by chance no more
_AS_WORDED = 0.6  # of the question's words in the best sentence: another's that says the same
_ALIKE = 0.6  # of the words of the shorter one: sentences that say the same
_NOT = re.compile(r"\b(?:not|no|never|none|neither|nor|without|denie[sd]|deny)\b|n['’]t\b", re.I)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding, and those in other articles that say the same."""

    finding: CandidateSentence
    others: tuple[CandidateSentence, ...]


def compose(found: Sequence[CandidateSentence]) -> tuple[str, tuple[Citation, ...]]:
    """Give an answer from findings, best first and at least one, and what its markers stand for."""
    said = [_Said(one, tuple(_agreeing(one, found))) for one in _to_quote(found)]
    pieces: list[str] = []
    citations: list[Citation] = []
    for one in said:
        numbers = []
        for finding in (one.finding, *one.others):
            numbers.append(len(citations) + 1)
            citations.append(citation(len(citations) + 1, finding))
        markers = "".join(f"[{number}]" for number in numbers)
        pieces.append(f"{in_answer(citations[numbers[0] - 1].quote)} {markers}")
    if len(said) > 1 and _contradict(said[0].finding, said[1].finding):
        return _side_by_side(said, pieces), tuple(citations)
    return " ".join(pieces), tuple(citations)


def citation(number: int, finding: CandidateSentence) -> Citation:
    """Cite a finding."""
    quote: Quote = quote_of(finding)
    ranked = finding.ranked
    return Citation(
        number, quote.text, quote.span, ranked.id, ranked.article, quote.answer, ranked.also_in
    )


def _to_quote(found: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """Choose the best, and what is as good and says something else, or nearly so the contrary."""
    best = found[0]
    near = [one for one in found[1:] if one.score >= best.score - _AS_GOOD_AGAINST]
    others = [one for one in near if _likely(one) and one.fits]
    against = [one for one in others if _contradict(best, one)]
    beside = [one for one in others if one.score >= best.score - _AS_GOOD and not _same(best, one)]
    return [best, *(against or beside)[: _MOST_QUOTES - 1]]


def _agreeing(
    best: CandidateSentence, found: Sequence[CandidateSentence]
) -> Iterator[CandidateSentence]:
    """Find who else says it: of each other article, the best sentence with the same answer."""
    articles = {best.ranked.article.id}
    for one in found:
        if len(articles) == _MOST_SOURCES:
            return
        article = one.ranked.article.id
        if article not in articles and _supports(one, best):
            articles.add(article)
            yield one


def _supports(one: CandidateSentence, best: CandidateSentence) -> bool:
    worded = one.wording >= _AS_WORDED * best.wording
    return worded and _likely(one) and _same_answer(best, one) and not _contradict(best, one)


def _likely(finding: CandidateSentence) -> bool:
    reading = finding.ranked.reading
    return reading is not None and reading.probability >= _LIKELY


def _same(one: CandidateSentence, other: CandidateSentence) -> bool:
    return _same_answer(one, other) or _alike(one.sentence, other.sentence)


def _same_answer(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Say whether two short answers are the same, or one holds the other."""
    words = sorted((f" {normalised(finding.answer)} " for finding in (one, other)), key=len)
    return bool(words[0].strip()) and len(words[0].split()) <= _SHORT and words[0] in words[1]


def _alike(one: str, other: str) -> bool:
    words, others = (set(analyzer().analyze(text)) for text in (one, other))
    return len(words & others) >= _ALIKE * max(min(len(words), len(others)), 1)


def _contradict(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Say whether two articles, in much the same words, deny each other or differ in a number."""
    if one.ranked.article.id == other.ranked.article.id:
        return False
    numbers, others = (set(_DIGITS.findall(finding.answer)) for finding in (one, other))
    if numbers and others:
        return not numbers & others and _alike(one.sentence, other.sentence)
    denied = [bool(_NOT.search(finding.sentence)) for finding in (one, other)]
    return denied[0] != denied[1] and _alike(one.sentence, other.sentence)


def _side_by_side(said: Sequence[_Said], pieces: Sequence[str]) -> str:
    dated = (
        f"{piece} ({_dated(one.finding.ranked.article)})"
        for one, piece in zip(said, pieces, strict=True)
    )
    return f"Reports differ: {'; '.join(dated)}."


def _dated(article: Article) -> str:
    if article.published:
        return f"published {day_of(article)}"
    return f"of {day_of(article)}" if article.event else "undated"


def day_of(article: Article) -> str:
    """Say when an article was published, or what day it is about.

    >>> from datetime import date
    >>> day_of(Article("a", "", "")), day_of(Article("a", "", "", published=date(2022, 5, 1)))
    ('undated', '1 May 2022')
    """
    day = article.published or article.event
    return in_words(day) if day else "undated"
