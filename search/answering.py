"""The answer composed from what was found: quoted sentences, each with the marker of its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..corpus.article import Article
from ..index.words import analyzer
from .answer import MARKER, Citation
from .dates import in_words
from .findings import Finding
from .measures import normalised
from .question_kind import Kind
from .quoting import Quote, quote_of

_MOST_QUOTES = 2  # that say different things
_MOST_SOURCES = 3  # of the same thing
# So close to the best score, another sentence may as well be the answer (measured:
# ARCHITECTURE.md, Answers); and so likely its passage must answer.
_AS_GOOD = 0.1
_LIKELY = 0.5
_SHORT = 8  # words: longer answers agree by chance no more
_AS_WORDED = 0.6  # of the question's words in the best sentence: another's that says the same
_ALIKE = 0.6  # of the words of the shorter one: sentences that say the same
# Where two answers cannot both be meant, they are set against each other.
_ONE_ANSWER: tuple[Kind, ...] = ("when", "number")


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding, and those in other articles that say the same."""

    finding: Finding
    others: tuple[Finding, ...]


def compose(kind: Kind, found: Sequence[Finding]) -> tuple[str, tuple[Citation, ...]]:
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
    if len(said) > 1 and kind in _ONE_ANSWER and _differ(said):
        return _side_by_side(said, pieces), tuple(citations)
    return " ".join(pieces), tuple(citations)


def citation(number: int, finding: Finding) -> Citation:
    """Cite a finding."""
    quote: Quote = quote_of(finding)
    ranked = finding.ranked
    return Citation(
        number, quote.text, quote.span, ranked.id, ranked.article, quote.answer, ranked.also_in
    )


def in_answer(quote: str) -> str:
    """Give a quotation as it stands in an answer: without what would look like a marker of ours.

    >>> in_answer("Talks began on Tuesday.[3]")
    'Talks began on Tuesday.'
    """
    return " ".join(MARKER.sub("", quote).split())


def _to_quote(found: Sequence[Finding]) -> list[Finding]:
    """Choose the best, and what is as good and says something else."""
    chosen = [found[0]]
    for one in found[1:]:
        if len(chosen) == _MOST_QUOTES or one.score < found[0].score - _AS_GOOD:
            break
        if _likely(one) and one.fits and not any(_same(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _agreeing(best: Finding, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find who else says it: of each other article, the best sentence with the same answer."""
    articles = {best.ranked.article.id}
    for one in found:
        if len(articles) == _MOST_SOURCES:
            return
        article = one.ranked.article.id
        if article not in articles and _supports(one, best):
            articles.add(article)
            yield one


def _supports(one: Finding, best: Finding) -> bool:
    worded = one.wording >= _AS_WORDED * best.wording
    return worded and _likely(one) and _same_answer(best, one)


def _likely(finding: Finding) -> bool:
    reading = finding.ranked.reading
    return reading is not None and reading.answers >= _LIKELY


def _same(one: Finding, other: Finding) -> bool:
    return _same_answer(one, other) or _alike(one.sentence, other.sentence)


def _same_answer(one: Finding, other: Finding) -> bool:
    """Say whether two short answers are the same, or one holds the other."""
    words = sorted((f" {normalised(finding.answer)} " for finding in (one, other)), key=len)
    return bool(words[0].strip()) and len(words[0].split()) <= _SHORT and words[0] in words[1]


def _alike(one: str, other: str) -> bool:
    words, others = (set(analyzer().analyze(text)) for text in (one, other))
    return len(words & others) >= _ALIKE * max(min(len(words), len(others)), 1)


def _differ(said: Sequence[_Said]) -> bool:
    return len({one.finding.ranked.article.id for one in said}) > 1


def _side_by_side(said: Sequence[_Said], pieces: Sequence[str]) -> str:
    dated = (
        f"{day_of(one.finding.ranked.article)}: {piece}"
        for one, piece in zip(said, pieces, strict=True)
    )
    return f"Reports differ. {' '.join(dated)}"


def day_of(article: Article) -> str:
    """Say when an article was published, or what day it is about.

    >>> from datetime import date
    >>> day_of(Article("a", "", "")), day_of(Article("a", "", "", published=date(2022, 5, 1)))
    ('Undated', '1 May 2022')
    """
    day = article.published or article.event
    return in_words(day) if day else "Undated"
