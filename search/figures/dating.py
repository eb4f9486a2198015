"""The day that a quantity is of, by what its article says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from ...corpus.article import Article, Span
from ...corpus.text.sentences import is_heading
from ..language.dates import NamedDate, Period, named_dates
from ..language.lexicon import WEEKDAYS, is_outcome
from ..language.periods import time_phrases
from .counting import Quantity

STARTS = ("since", "after", "from", "before")
"""Words before the date when something began, not when it was counted."""
PARAGRAPH = 2000
"""How many characters before a sentence may give its date."""

_EVENTS = ("of", "the", "a", "an")
_BEGAN = re.compile(
    r"\b(?:began|begun|beginning|start(?:s|ed|ing)?|launch(?:ed|ing)?|invaded|invasion|broke\s+out|"
    r"founded|born|established|built|signed|elected|opened)(?:\s+\w+){0,2}\s*\Z",
    re.IGNORECASE,
)
# "The report of 2 May" counts on that day, "the quake of 2 May" happened before.
_REPORTS = re.compile(
    r"\b(?:report|statement|count|figure|update|estimate|bulletin|data|census|survey|poll)s?\b"
    r"[^;]{0,50}\Z",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\s+of\s*\Z", re.IGNORECASE)
_REACH = 60
# The words that may stand between a number and a date after it, if a date precedes it too.
_NEAR = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){0,4}\s*\(?\Z")
_TIME_WORD = re.compile(rf"\b(?:yesterday|today|{'|'.join(WEEKDAYS)}|last|ago)\b", re.IGNORECASE)
# A paragraph of a dated article may tell of days long before; its figures are not of those.
_DAYS_BEFORE_PUBLISHED = 3
# "Not 40, as we reported on Wednesday": the day of the wrong figure.
_RECALLED = re.compile(r"\bwe\s+(?:had\s+)?(?:reported|wrote|said)\s*\Z", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|currently|at\s+present|these\s+days)\b", re.IGNORECASE)
# "It opens on 8 June" in an article of 1 June: without words of the past, a date so near is ahead.
_SOON = timedelta(92)
_CLAUSE_BREAK = re.compile(r"[;:,.]\s+|\b(?:and|but|while|where)\s+", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|shall|to\s+be|(?:is|are)\s+to|plan(?:s|ned)?|wants?|hopes?|expect(?:s|ed)?|due|"
    r"until|till)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|been|did|took|came|went|said|fell|rose)\b", re.IGNORECASE
)
_BEGINNING = 5000  # characters in which an undated article names its year


def days_of(quantity: Quantity, sentence: Span, article: Article) -> Period | None:
    """Return the first and the last day that a quantity in the sentence at a span may be of.

    That is the date that governs it in its sentence; or else of the nearest heading above; or one
    that its paragraph names before; or the article's date of publication or event. None if there
    is no date.
    """
    said = (
        _in_sentence(quantity, article.text[slice(*sentence)], article)
        or _now(quantity, article.text[slice(*sentence)], article)
        or _last_named(_heading_above(article.text, sentence[0]), article)
        or _in_paragraph(sentence[0], article)
    )
    own = article.published or article.event
    if not said:
        return (own, own) if own else None
    if article.published and said[0] <= article.published < said[1]:
        return said[0], article.published  # what is printed is over
    return said


def _in_sentence(quantity: Quantity, sentence: str, article: Article) -> Period | None:
    start, end = quantity.number.span
    dates = [(named.span, days) for named, days in _past_dates(sentence, article)]
    dates = sorted(
        [*dates, *_relative(sentence, article.published)] if article.published else dates
    )
    before = [days for (_, last), days in dates if last <= start]
    after = [(first, days) for (first, _), days in dates if first >= end]
    here = [(first, days) for first, days in after if first < quantity.clause[1]]
    if here and (not before or _NEAR.match(sentence[end : here[0][0]])):
        return here[0][1]
    if (before or after) and not _NOW.search(sentence[slice(*quantity.clause)]):
        return before[-1] if before else after[0][1]
    return None


def _now(quantity: Quantity, sentence: str, article: Article) -> Period | None:
    if not article.published or not _NOW.search(sentence[slice(*quantity.clause)]):
        return None
    return article.published, article.published


@lru_cache(maxsize=8)
def _relative(sentence: str, published: date) -> tuple[tuple[Span, Period], ...]:
    """Read "on Monday" and "yesterday", which count from the day of publication."""
    if not _TIME_WORD.search(sentence):
        return ()
    return tuple(
        (phrase.span, phrase.days[0])
        for phrase in time_phrases(sentence, published)
        if phrase.is_relative
        and phrase.days[0][1] <= published
        and not _RECALLED.search(sentence[: phrase.span[0]])
    )


def _in_paragraph(start: int, article: Article) -> Period | None:
    paragraph = max(article.text.rfind("\n", 0, start) + 1, start - PARAGRAPH)
    days = _last_named(article.text[paragraph:start], article)
    if not days or not article.published:
        return days
    return days if (article.published - days[1]).days <= _DAYS_BEFORE_PUBLISHED else None


@lru_cache(maxsize=8)  # called for each quantity of a sentence
def _counting_dates(text: str) -> tuple[NamedDate, ...]:
    """Return the dates that may say when something was counted."""
    return tuple(named for named in named_dates(text) if not _is_of_event(named, text))


def _past_dates(text: str, article: Article) -> Iterator[tuple[NamedDate, Period]]:
    """Yield the dates that may say when something was counted, with their days, but no plans."""
    for named in _counting_dates(text):
        days = _days(named, article)
        if days and not _is_plan(named, days, text, article.published):
            yield named, days


def _is_plan(named: NamedDate, days: Period, text: str, published: date | None) -> bool:
    """Return whether a date is after the day of publication: "by 2026", "opens on 8 June"."""
    if not published or named.has_year:
        return published is not None and days[0] > published + timedelta(1)
    years = (published.year, published.year + 1)
    coming = (period for year in years if (period := named.in_year(year)))
    ahead = next((first - published for first, _ in coming if first > published), None)
    if days[1] >= published or not ahead:
        return False
    starts = [found.end() for found in _CLAUSE_BREAK.finditer(text, 0, named.span[0])]
    end = _CLAUSE_BREAK.search(text, named.span[1])
    clause = text[starts[-1] if starts else 0 : end.start() if end else len(text)]
    if _FUTURE.search(clause):
        return True
    past = _PAST.search(clause) or any(is_outcome(word) for word in clause.split())
    return not past and ahead <= _SOON


def _is_of_event(named: NamedDate, text: str) -> bool:
    start = named.span[0]
    before = text[max(0, start - _REACH) : start]
    if named.lead in STARTS or _BEGAN.search(before):
        return True
    if _AS_OF.search(before):
        return False
    return named.lead in _EVENTS and not named.part and not _REPORTS.search(before)


def _last_named(text: str, article: Article) -> Period | None:
    periods = [days for _, days in _past_dates(text, article)]
    return periods[-1] if periods else None


def _days(named: NamedDate, article: Article) -> Period | None:
    """Return the days that a date means; without a year, the last before the article's date."""
    if named.has_year:
        return named.in_year(1)  # any year: it names its own
    base = article.published or article.event
    if not base:
        years = (date.last[0] for date in named_dates(article.text[:_BEGINNING]) if date.last[0])
        return named.in_year(next(years, 0))
    found = (named.in_year(year) for year in (base.year, base.year - 1))
    return next((days for days in found if days and days[0] <= base + timedelta(1)), None)


def _heading_above(text: str, place: int) -> str:
    """Return the nearest line above that reads as a heading, "" if there is none."""
    return next(filter(is_heading, _lines_above(text, place)), "")


def _lines_above(text: str, place: int) -> Iterator[str]:
    end = text.rfind("\n", 0, place)
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        yield text[start:end]
        end = start - 1
