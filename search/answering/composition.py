"""The answer composed of quoted sentences, each with the markers of its sources."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...corpus.article import Article
from ..answer import Citation, in_answer
from ..entailment.predicate import differs_in_negation
from ..entailment.terms import Terms
from ..language.corrections import is_said_wrong, retracts
from ..language.dates import in_words
from ..query.answer_type import kind_of
from ..query.several import asks_for_several, joined_names
from ..stories.witnesses import have_one_agency
from .agreement import agree, alike, contradict, same_answer
from .quoting import Quote, quotes_of
from .sentences import WHOLE, CandidateSentence, in_context

_MOST_STATEMENTS = 2  # with different answers
_MOST_OF_SEVERAL = 8  # where several things are asked for
_MOST_SOURCES = 3  # with the same answer
# How close to the best score another sentence must be to stand beside it, and how close if it
# contradicts the best one; and the least probability of its passage (docs/experiments.md, Answers).
_AS_GOOD = 0.1
_AS_GOOD_AGAINST = 0.25
_LIKELY = 0.5
_AS_WORDED = 0.6  # of the best sentence's question terms, in one that supports it
# Where several things are asked for, each in words of its own: how close to the best score, and
# what share of the best one's probability or of its question terms.
_AMONG_SEVERAL = 0.4
_HALF = 0.5
_NEXT = 80  # characters of the next sentence that may say that this one is wrong


class _Statement(NamedTuple):
    """A sentence, and those of other articles with the same answer."""

    sentence: CandidateSentence
    supporting: tuple[CandidateSentence, ...]


def compose(
    candidates: Sequence[CandidateSentence], question: str = ""
) -> tuple[str, tuple[Citation, ...]]:
    """Return an answer and its citations, from one candidate or more, best first.

    A `question` that asks for several things is answered with as many sentences as give one.
    """
    several = asks_for_several(question)
    candidates = _standing(_as_mended(candidates))
    agreeing = [candidates[0], *_without_denials(candidates[1:], question)]
    chosen = _several(agreeing, question) if several else _chosen(agreeing)
    chosen += _for_names(joined_names(question), chosen, agreeing)
    telling = [one for one in candidates if _tells(one, question)]
    quoted: list[tuple[_Statement, list[Quote]]] = []
    for one in chosen:
        quotes = quotes_of(one, several)
        if not any(_overlaps(quotes[-1], other) for _, others in quoted for other in others):
            quoted.append((_Statement(one, tuple(_supporting(one, telling))), quotes))
    pieces: list[str] = []
    citations: list[Citation] = []
    for statement, quotes in quoted:
        pieces.append(_piece(statement, quotes, citations))
    statements = [statement for statement, _ in quoted]
    if (
        not several
        and len(statements) > 1
        and contradict(statements[0].sentence, statements[1].sentence)
    ):
        return _side_by_side(statements, pieces), tuple(citations)
    return " ".join(pieces), tuple(citations)


def _as_mended(candidates: Sequence[CandidateSentence]) -> Sequence[CandidateSentence]:
    """Return the candidates, in place of a best one that the next sentence calls wrong that one."""
    best, text = candidates[0], candidates[0].ranked.passage.text
    end = best.found.sentence[1]
    if not is_said_wrong(text[end : end + _NEXT]):
        return candidates
    following = [
        one for one in candidates if one.ranked is best.ranked and one.found.sentence[0] >= end
    ]
    mending = min(following, key=lambda one: one.found.sentence[0], default=best)
    return [mending, *(one for one in candidates if one is not mending and one is not best)]


def _standing(candidates: Sequence[CandidateSentence]) -> Sequence[CandidateSentence]:
    """Return the sentences that are not taken back, unless these alone answer.

    Those are taken back that a withdrawn article says, or one that its outlet has corrected.
    """
    correcting = [one for one in candidates if one.ranked.article.notice or retracts(one.sentence)]
    standing = [
        one
        for one in candidates
        if not one.ranked.article.is_withdrawn
        and not any(_corrects(other, one) for other in correcting)
    ]
    answers = bool(standing) and standing[0].score >= candidates[0].score - _AS_GOOD_AGAINST
    return standing if answers and _likely(standing[0]) and standing[0].fits else candidates


def _corrects(other: CandidateSentence, one: CandidateSentence) -> bool:
    """Return whether a sentence corrects or withdraws what another article told before.

    It is of an article of the same outlet, or names the outlet whose report it says is withdrawn.
    """
    article, before = other.ranked.article, one.ranked.article
    if article.id == before.id or not before.source or before.notice:
        return False
    withdraws = before.source in other.sentence and retracts(other.sentence)
    if article.source != before.source and not withdraws:
        return False
    if not (article.published and before.published) or article.published < before.published:
        return False
    return alike(one, other)


def _piece(statement: _Statement, quotes: Sequence[Quote], citations: list[Citation]) -> str:
    """Return the text of a statement with its markers, and add its citations to the others."""
    parts: list[str] = []
    for quote in quotes:
        citations.append(_citation(len(citations) + 1, statement.sentence, quote))
        parts.append(f"{in_answer(quote.text)} [{len(citations)}]")
    for one in statement.supporting:
        citations.append(_citation(len(citations) + 1, one, quotes_of(one)[-1]))
        parts[-1] += f"[{len(citations)}]"
    return " ".join(parts)


def _overlaps(one: Quote, other: Quote) -> bool:
    """Return whether two quotations share words of an article: it is cited once for them."""
    same = one.article.id == other.article.id
    return same and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _citation(number: int, sentence: CandidateSentence, quote: Quote) -> Citation:
    ranked = sentence.ranked
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
    quoted = quotes_of(best)[-1]
    others = [one for one in against or beside if not _overlaps(quotes_of(one)[-1], quoted)]
    return [best, *others[: _MOST_STATEMENTS - 1]]


def _without_denials(
    candidates: Sequence[CandidateSentence], question: str
) -> list[CandidateSentence]:
    """Return the sentences that do not deny what is asked; whether it is so, they may."""
    if kind_of(question) == "yes or no":
        return list(candidates)
    return [one for one in candidates if not differs_in_negation(question, in_context(one))]


def _several(candidates: Sequence[CandidateSentence], question: str) -> list[CandidateSentence]:
    """Return the best, and each that has another answer and is worded or read like the best.

    An answer that only repeats words of the question is not the same as any other.
    """
    best = candidates[0]
    chosen = [best]
    for one in candidates[1:]:
        likely = one.wording >= WHOLE or _probability(one) >= _HALF * _probability(best)
        near = one.score >= best.score - _AMONG_SEVERAL and likely and one.fits
        worded = one.wording >= _HALF * best.wording
        read = one.found.score > best.found.score
        new = not any(_same(one, other, question) for other in chosen)
        if near and (worded or read) and new and len(chosen) < _MOST_OF_SEVERAL:
            chosen.append(one)
    return chosen


def _same(one: CandidateSentence, other: CandidateSentence, question: str) -> bool:
    return (
        agree(one, other)
        if _tells(one, question) and _tells(other, question)
        else alike(one, other)
    )


def _tells(one: CandidateSentence, question: str) -> bool:
    """Whether an answer has a word that the question has not."""
    return not Terms(one.answer).stems <= Terms(question).stems


def _for_names(
    names: Sequence[str],
    chosen: Sequence[CandidateSentence],
    candidates: Sequence[CandidateSentence],
) -> list[CandidateSentence]:
    """Return for each name that the question joins to others the best sentence about it.

    There is none where a chosen sentence is about it already.
    """
    more: list[CandidateSentence] = []
    for name in names:
        best = chosen[0]
        about = [
            one
            for one in candidates
            if (_likely(one) or one.wording >= best.wording) and one.fits and _names(one, name)
        ]
        if about and not any(_names(one, name) for one in (*chosen, *more)):
            more.append(about[0])
    return more


def _names(one: CandidateSentence, name: str) -> bool:
    article = one.ranked.article
    texts = (article.title, *(quote.text for quote in quotes_of(one)))
    return any(name.casefold() in text.casefold() for text in texts)


def _supporting(
    best: CandidateSentence, candidates: Sequence[CandidateSentence]
) -> Iterator[CandidateSentence]:
    """Return the best sentence with the same answer from each other article.

    Articles that have it from one agency are one source, and one that is withdrawn is none.
    """
    cited = [best]
    for one in candidates:
        if len(cited) == _MOST_SOURCES:
            return
        if _supports(one, best) and all(_are_two_sources(one, other) for other in cited):
            cited.append(one)
            yield one


def _are_two_sources(one: CandidateSentence, other: CandidateSentence) -> bool:
    article, cited = one.ranked.article, other.ranked.article
    if article.id == cited.id or article.is_withdrawn:
        return False
    return not have_one_agency((article, one.sentence), (cited, other.sentence))


def _supports(one: CandidateSentence, best: CandidateSentence) -> bool:
    worded = one.wording >= _AS_WORDED * best.wording
    return worded and _likely(one) and same_answer(best, one) and not contradict(best, one)


def _likely(sentence: CandidateSentence) -> bool:
    return _probability(sentence) >= _LIKELY


def _probability(sentence: CandidateSentence) -> float:
    reading = sentence.ranked.reading
    return reading.probability if reading else 0.0


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
