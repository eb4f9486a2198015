"""The day that a figure is of, by what its article says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from ...corpus.article import Article, Span
from ...corpus.text.sentences import is_heading
from ..language.dates import NamedDate, Period, named_dates
from ..language.periods import time_preference
from .counting import Quantity

# A date after these is when something began, not when it was counted.
_EVENTS = ("of", "the", "a", "an")
STARTS = ("since", "after", "from", "before")
_BEGAN = re.compile(
    r"\b(?:began|begun|beginning|start(?:s|ed|ing)?|launch(?:ed|ing)?|invaded|invasion|broke\s+out|"
    r"founded|born|established|built|signed|elected|opened)(?:\s+\w+){0,2}\s*\Z",
    re.IGNORECASE,
)
# "The report of 2 May" counts on that day, the quake of 2 May went before.
_REPORTS = re.compile(
    r"\b(?:reports?|statements?|counts?|figures?|updates?|estimates?|bulletins?|briefings?|data|"
    r"announcements?|census|surveys?|polls?|tally|those)\b[^;]{0,50}\Z",
    re.IGNORECASE,
)
_REACH = 60
# How many words may stand between a number and a date that follows it, where one precedes it too.
_NEAR = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){0,4}\s*\(?\Z")
_TIME_WORD = re.compile(
    r"\b(?:yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|last|ago)\b", re.IGNORECASE
)
# A paragraph of a dated article may tell of days long before; its figures are not of those.
_DAYS_BEFORE_PUBLISHED = 3
_YEARS_BACK = 1
PARAGRAPH = 2000  # characters before a sentence that may date it
_BEGINNING = 5000  # characters in which an undated article says of what year it is


def days_of(figure: Quantity, sentence: Span, article: Article) -> Period | None:
    """Give the first and the last day that a figure in the sentence at `sentence` may be of.

    That is the date that governs it in its sentence; else that of the nearest heading above; else
    one that its paragraph names before; else the article's date of publication, or of what it
    reports. None where nothing says it.
    """
    said = _said(figure, sentence, article)
    if said and article.published and said[0] <= article.published < said[1]:
        return said[0], article.published  # what is printed is over
    return said


def _said(figure: Quantity, sentence: Span, article: Article) -> Period | None:
    if period := _in_sentence(figure, article.text[slice(*sentence)], article):
        return period
    if period := _last_named(_heading_above(article.text, sentence[0]), article):
        return period
    start = max(article.text.rfind("\n", 0, sentence[0]) + 1, sentence[0] - PARAGRAPH)
    period = _last_named(article.text[start : sentence[0]], article)
    if period and _is_recent(period, article.published):
        return period
    own = article.published or article.event
    return (own, own) if own else None


def _in_sentence(figure: Quantity, sentence: str, article: Article) -> Period | None:
    start, end = figure.number.span
    dates = [named for named in _counting_dates(sentence) if _days(named, article)]
    before = [named for named in dates if named.span[1] <= start]
    after = [named for named in dates if named.span[0] >= end]
    here = [named for named in after if named.span[0] < figure.clause[1]]
    if here and (not before or _NEAR.match(sentence[end : here[0].span[0]])):
        return _days(here[0], article)
    if before:
        return _days(before[-1], article)
    if after:
        return _days(after[0], article)
    return _relative(sentence, article.published) if article.published else None


@lru_cache(maxsize=8)
def _relative(sentence: str, published: date) -> Period | None:
    """Read "on Monday" and "yesterday", which count from the day of publication."""
    if not _TIME_WORD.search(sentence):
        return None
    periods = time_preference(sentence, published).periods
    known = [period for period in periods if period[1] <= published]
    return known[-1] if known else None


@lru_cache(maxsize=8)  # a sentence is asked for the day of each of its figures
def _counting_dates(text: str) -> tuple[NamedDate, ...]:
    """Give the dates that may say when something was counted."""
    return tuple(_read_counting_dates(text))


def _read_counting_dates(text: str) -> Iterator[NamedDate]:
    for named in named_dates(text):
        start = named.span[0]
        is_event = named.lead in _EVENTS and not _REPORTS.search(
            text, max(0, start - _REACH), start
        )
        began = named.lead in STARTS or _BEGAN.search(text, max(0, start - _REACH), start)
        if not began and not (is_event and not named.part):
            yield named


def _last_named(text: str, article: Article) -> Period | None:
    periods = [days for named in _counting_dates(text) if (days := _days(named, article))]
    return periods[-1] if periods else None


def _days(named: NamedDate, article: Article) -> Period | None:
    """Give the days that a date means; without a year, the last before the article's own date."""
    if named.has_year:
        return named.in_year(1)  # any year: it names its own
    base = article.published or article.event
    if not base:
        years = (date.last[0] for date in named_dates(article.text[:_BEGINNING]) if date.last[0])
        return named.in_year(next(years, 0))
    found = (named.in_year(base.year - back) for back in range(_YEARS_BACK + 1))
    return next((days for days in found if days and days[0] <= base + timedelta(1)), None)


def _is_recent(period: Period, published: date | None) -> bool:
    return published is None or (published - period[1]).days <= _DAYS_BEFORE_PUBLISHED


def _heading_above(text: str, place: int) -> str:
    """Give the nearest line above that reads as a heading, "" where there is none."""
    end = text.rfind("\n", 0, place)
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        if is_heading(text[start:end]):
            return text[start:end]
        end = start - 1
    return ""
