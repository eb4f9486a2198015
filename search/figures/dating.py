"""The day that a quantity is of, by what its article says."""

import re
from datetime import date, timedelta
from functools import lru_cache

from ...corpus.article import Article, Span
from ...corpus.text.sentences import is_heading, sentence_spans
from ..language.dates import NamedDate, Period, named_dates
from ..language.periods import time_phrases
from .counting import Quantity

# Words before the date when something began, not when it was counted.
_STARTS = ("since", "after", "from", "before")
_PARAGRAPH = 2000  # characters before a sentence that may give its date

_BEGAN = re.compile(
    r"\b(?:began|begun|beginning|start(?:s|ed|ing)?|launch(?:ed|ing)?|invaded|invasion|broke\s+out|"
    r"founded|born|established|built|signed|elected|opened)(?:\s+\w+){0,2}\s*\Z",
    re.IGNORECASE,
)
# "The report of 2 May" counts on that day, "the quake of 2 May" happened before.
_REPORTS = re.compile(
    r"\b(?:as|report|statement|count|figure|update|estimate|bulletin|data|census|survey|poll)s?\b"
    r"[^;]{0,50}\Z",
    re.IGNORECASE,
)
_EVENTS = ("of", "the", "a", "an")
_REACH = 60
# A paragraph of a dated article may tell of days long before; its figures are not of those.
_DAYS_BEFORE_PUBLISHED = 3
# "Not 40, as we reported on Wednesday": the day of the wrong figure.
_RECALLED = re.compile(
    r"\b(?:we\s+(?:had\s+)?(?:reported|wrote|said)|than)\s*\Z"
    r"|\b(?:when|after|where)\s(?:(?!\b(?:said|says|told|reported)\b)[^,;])*\Z",
    re.IGNORECASE,
)
# "Nine died in the floods of 2019": but the pact of 1936 does not say when 30 ships passed.
_IN_EVENT = re.compile(r"\b(?:in|during)\s+(?:the\s+)?(?:[\w’-]+\s+){1,3}of\s*\Z", re.IGNORECASE)
# "Three times as many as in the plague of 2021"
_COMPARED = re.compile(
    r"\b(?:as|than|compared\s+(?:with|to)|against)\s+(?:in|on|at|during)(?:\s+[\w’-]+){0,5}\s*\Z",
    re.IGNORECASE,
)
# "Since the libraries waived all fines on 1 March"
_SINCE = re.compile(r"\bsince\s[^,;]*\Z", re.IGNORECASE)
_UP_FROM = re.compile(r"\b(?:up|down)\s+from\s", re.IGNORECASE)  # its date is the former value's
_LONG_AGO = timedelta(365)
_OF_THAT = re.compile(r"(?:In|During|At)\s+that\s+[a-z]+\b")
_NOW = re.compile(r"\b(?:now|currently|at\s+present|these\s+days)\b", re.IGNORECASE)
_BEGINNING = 5000  # characters in which an undated article names its year


def days_of(quantity: Quantity, sentence: Span, article: Article) -> Period | None:
    """Return the first and the last day that a quantity in the sentence at a span may be of.

    That is the date that governs it in its sentence; or else of the nearest heading above; or one
    that its paragraph names before; or the article's date of publication or event. None if there
    is no date.
    """
    own = article.published or article.event
    if _OF_THAT.match(article.text, sentence[0]) and (days := _named_before(sentence[0], article)):
        return days
    said = _in_sentence(quantity, article.text[slice(*sentence)], article)
    if not said and not (article.published and _is_of_now(quantity, article, sentence[0])):
        said = _last(_heading_above(article.text, sentence[0]), article)
        said = said or _in_paragraph(sentence[0], article)
    if said and article.published and said[0] <= article.published < said[1]:
        return said[0], article.published  # what is printed is over
    return said or (own and (own, own))


def _named_before(start: int, article: Article) -> Period | None:
    """Return the last time that the sentence before names: "the fire in 2027. In that fire …"."""
    line = article.text.rfind("\n", 0, start) + 1
    spans = sentence_spans(article.text[line:start])
    before = article.text[line + spans[-1][0] : start] if spans else ""
    base = article.published or article.event
    days = [one for named in named_dates(before) if (one := named.meant(base, _year(article)))]
    return days[-1] if days else None


def _is_of_now(quantity: Quantity, article: Article, offset: int) -> bool:
    first, last = quantity.clause
    return bool(_NOW.search(article.text, offset + first, offset + last))


def _in_sentence(quantity: Quantity, sentence: str, article: Article) -> Period | None:
    start, end = quantity.number.span
    dates = _dates(sentence, article.published, article.event, _year(article))
    before = [days for (_, last), days in dates if last <= start]
    after = [
        (first, days)
        for (first, _), days in dates
        if first >= end and not _UP_FROM.search(sentence, end, first)
    ]
    here = [(first, days) for first, days in after if first < quantity.clause[1]]
    if here:
        return here[0][1]
    if not (before or after) or _NOW.search(sentence[slice(*quantity.clause)]):
        return None
    return before[-1] if before else after[0][1]


@lru_cache(maxsize=8)  # called for each quantity of a sentence
def _dates(
    text: str, published: date | None, event: date | None, year: int
) -> list[tuple[Span, Period]]:
    """Return the dates that may say when something was counted: not of a plan or a beginning."""
    base = published or event
    said = [
        (named.span, days)
        for named in named_dates(text)
        if (days := named.meant(base, year))
        and not _is_of_event(named, text, days, base)
        and not _COMPARED.search(text, max(0, named.span[0] - _REACH), named.span[0])
    ]
    if published:
        said += [
            (phrase.span, phrase.days[0])
            for phrase in time_phrases(text, published)
            if phrase.is_relative
            and phrase.lead not in _STARTS
            and not _RECALLED.search(text, max(0, phrase.span[0] - _REACH), phrase.span[0])
        ]
    return sorted(one for one in said if not base or one[1][0] <= base + timedelta(1))


def _year(article: Article) -> int:
    """Return the year that an undated article names first, 0 if it is dated or names none."""
    if article.published or article.event:
        return 1
    years = (date.last[0] for date in named_dates(article.text[:_BEGINNING]) if date.last[0])
    return next(years, 0)


def _is_of_event(named: NamedDate, text: str, days: Period, base: date | None) -> bool:
    before = text[max(0, named.span[0] - _REACH) : named.span[0]]
    if named.lead in _STARTS or _BEGAN.search(before) or _SINCE.search(before):
        return True
    is_day = named.lead == "of" and named.last[1] is not None  # "the attack of 19 April 1995"
    if base and base - days[1] > _LONG_AGO and (is_day or _IN_EVENT.search(before)):
        return False
    return named.lead in _EVENTS and not named.part and not _REPORTS.search(before)


def _last(text: str, article: Article) -> Period | None:
    dates = _dates(text, None, article.published or article.event, _year(article))
    return dates[-1][1] if dates else None


def _in_paragraph(start: int, article: Article) -> Period | None:
    paragraph = max(article.text.rfind("\n", 0, start) + 1, start - _PARAGRAPH)
    days = _last(article.text[paragraph:start], article)
    if not days or not article.published:
        return days
    return days if (article.published - days[1]).days <= _DAYS_BEFORE_PUBLISHED else None


@lru_cache(maxsize=8)
def _heading_above(text: str, place: int) -> str:
    """Return the nearest line above that reads as a heading, "" if there is none."""
    return next(
        filter(is_heading, reversed(text[: text.rfind("\n", 0, place) + 1].split("\n"))), ""
    )
