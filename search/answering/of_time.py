"""Whether sentences tell of the time that a question asks about, or of the present."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from ...corpus.article import Article
from ...corpus.text.analysis import analyzer
from ..answer import Answer
from ..entailment.terms import Terms
from ..language.lexicon import with_other_forms
from ..language.names import names_in
from ..query.asked_time import AskedTime
from ..query.occasions import occasion_asked, occasion_told
from .composition import day_of
from .sentences import CandidateSentence, around, in_context

_AS_GOOD = 0.15  # how close to the best score a sentence must be to be preferred for its time
_AS_GOOD_OF_TIME = 0.3  # if it names the time, and the best one of its article does not
_LIKELY = 0.5  # the least probability of its passage
_ASKED_NOW = re.compile(
    r"\bwho(?:['’]s|\s+is|\s+are)\s+(?:now\s+)?(?:the\b|an?\b|\S+['’]s?\s)", re.I
)
_CHANGES = """
    appoint become depose die dismiss elect fire inaugurate name nominate oust quit remove replace
    resign retire sack step succeed suspend swear
"""
_AS_WORDED = 0.75  # of the best sentence's question terms
_OF_ONE_PLAN = 2  # content words that a sentence shares with the plan that it says is off
_PLANNED = re.compile(
    r"\b(?:will|shall|plans)\b"
    r"|\b(?:plan|planned|intends?|aims?|due|expected|scheduled|set|is|are|was|were)\s+(?:to|for)\b",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"\b(?:shelv(?:es|ed|ing)|scrap(?:s|ped|ping)|cancel(?:s|l?ed|l?ing)|abandon(?:s|ed|ing)"
    r"|drop(?:s|ped)|postpon(?:es|ed|ing)|suspend(?:s|ed|ing)|call(?:s|ed)?\s+(?:\w+\s+)?off)\b",
    re.IGNORECASE,
)


def of_asked_time(
    asked: AskedTime, candidates: Sequence[CandidateSentence]
) -> list[CandidateSentence]:
    """Return the candidates that may stand in an answer for a time, best first.

    Of those as good as the best one, those of the time come first or, where the newest is asked
    for, those of the newest article. Beside one of the time, there is none of another time.
    """
    best = candidates[0]
    near = [one for one in candidates if one is best or _is_as_good(one, best)]
    if asked.newest and (newest := _newest(near)):
        near.sort(key=lambda one: _own_day(one) != newest)
    if asked.phrases and not asked.counts_from_today:
        near += [one for one in _beside_another(asked, candidates) if one not in near]
        near.sort(key=lambda one: (not _tells(asked, one), not _tells_alone(asked, one)))
        if _tells(asked, near[0]):
            candidates = [one for one in candidates if _tells(asked, one)]
    first = near[0]
    return [first, *(one for one in candidates if one is not first)]


def _tells_alone(asked: AskedTime, one: CandidateSentence) -> bool:
    """Return whether an article is of the time, or the sentence itself names it."""
    article = one.ranked.article
    own = article.published or article.event
    return asked.is_of(article.published, article.event) or asked.is_told(one.sentence, own)


def _beside_another(
    asked: AskedTime, candidates: Sequence[CandidateSentence]
) -> list[CandidateSentence]:
    """Return the sentences that name the time, in the article of a best one that does not."""
    best = candidates[0]
    if _tells_alone(asked, best):
        return []
    return [
        one
        for one in candidates[1:]
        if one.ranked.article.id == best.ranked.article.id
        and one.fits
        and one.score >= best.score - _AS_GOOD_OF_TIME
        and _tells_alone(asked, one)
    ]


def without_older(
    asked: AskedTime, candidates: Sequence[CandidateSentence]
) -> list[CandidateSentence]:
    """Return the candidates without those older than the first where the newest is asked for."""
    first = _own_day(candidates[0])
    if not asked.newest or not first:
        return [*candidates]
    days = map(_own_day, candidates)
    return [one for one, day in zip(candidates, days, strict=True) if day and day >= first]


def is_of_another_time(asked: AskedTime, candidate: CandidateSentence) -> bool:
    """Return whether a sentence gives another time than the one asked about."""
    article = candidate.ranked.article
    return (
        bool(asked.phrases)
        and not asked.counts_from_today
        and not asked.is_before
        and not _tells(asked, candidate)
        and asked.is_denied(candidate.sentence, article.published or article.event)
    )


def tells_of(asked: AskedTime, answer: Answer) -> bool:
    """Return whether an answer is of the time asked about: its figures, its articles or quotes."""
    if not asked.phrases or asked.counts_from_today:
        return True
    if any(asked.is_of(figure.day) for figure in answer.figures):
        return True
    passages = {passage.id: passage.passage.text for passage in answer.passages}
    return any(
        _is_told(asked, one.article, one.quote, passages.get(one.passage, one.quote))
        for one in answer.citations
    )


def another_time(asked: AskedTime, article: Article) -> str:
    """Return a warning that an article is not of the time asked about."""
    day = day_of(article)
    of = "is undated" if day == "undated" else f"is of {day}"
    return f"The article “{article.title}” {of}; it does not say {asked.words}."


def _tells(asked: AskedTime, candidate: CandidateSentence) -> bool:
    ranked = candidate.ranked
    return _is_told(asked, ranked.article, in_context(candidate), ranked.passage.text)


def _is_told(asked: AskedTime, article: Article, quote: str, passage: str) -> bool:
    """Whether an article is of the time, or tells it: around a quote by a date, not "last year"."""
    own = article.published or article.event
    if asked.is_of(article.published, article.event):
        return True
    return asked.is_told(f"{article.title}\n{quote}", own) or asked.is_named(passage, own)


def _newest(candidates: Sequence[CandidateSentence]) -> date | None:
    return max((day for day in map(_own_day, candidates) if day), default=None)


def _own_day(one: CandidateSentence) -> date | None:
    return one.ranked.article.published or one.ranked.article.event


def _is_as_good(one: CandidateSentence, best: CandidateSentence) -> bool:
    reading = one.ranked.reading
    likely = reading is not None and reading.probability >= _LIKELY
    return likely and one.fits and one.score >= best.score - _AS_GOOD


def latest_holder(
    question: str, candidates: Sequence[CandidateSentence]
) -> Sequence[CandidateSentence]:
    """Return the candidates with the newest change of the office asked about first.

    Who was named in January holds it no more if he resigned in May. Other questions and articles
    without a date change nothing.
    """
    best = candidates[0]
    if not best.ranked.article.published or not _ASKED_NOW.search(question):
        return candidates
    changes = [one for one in candidates if _tells_of_change(one, best)]
    newest = max(changes, key=lambda one: str(one.ranked.article.published), default=best)
    return [newest, *(one for one in candidates if one is not newest)]


def is_of_other_occasion(question: str, one: CandidateSentence) -> bool:
    """Return whether a sentence is of another round or half than the one asked about."""
    asked = occasion_asked(question)
    if not asked:
        return False
    before = one.ranked.passage.text[: one.found.sentence[1]]
    told = occasion_told(f"{one.ranked.article.title}\n{before}")
    return told is not None and told != asked


def latest_plan(candidates: Sequence[CandidateSentence]) -> Sequence[CandidateSentence]:
    """Return the candidates, first a later one that says that what the best one plans is off."""
    best = candidates[0]
    if not _PLANNED.search(best.sentence):
        return candidates
    over = [
        one
        for one in candidates
        if _is_later(one, best) and _CALLED_OFF.search(one.sentence) and _is_of_plan(one, best)
    ]
    newest = max(over, key=lambda one: str(one.ranked.article.published), default=best)
    return [newest, *(one for one in candidates if one is not newest)]


def _is_of_plan(one: CandidateSentence, best: CandidateSentence) -> bool:
    """Return whether a sentence is of the plan that the best one tells, and names nothing else."""
    names = {stem for name in names_in(one.sentence) for stem in Terms(name.text).stems}
    shared = Terms(one.sentence).stems & Terms(best.sentence).stems
    return len(shared) >= _OF_ONE_PLAN and names <= Terms(around(best)).stems


def _is_later(one: CandidateSentence, best: CandidateSentence) -> bool:
    published, than = one.ranked.article.published, best.ranked.article.published
    return published is not None and than is not None and published > than


def _tells_of_change(one: CandidateSentence, best: CandidateSentence) -> bool:
    reading = one.ranked.reading
    return (
        _is_later(one, best)
        and reading is not None
        and reading.probability >= _LIKELY
        and one.wording >= _AS_WORDED * best.wording
        and not _changes().isdisjoint(analyzer().analyze(one.sentence))
    )


@cache
def _changes() -> set[str]:
    return with_other_forms(analyzer().analyze(_CHANGES))
