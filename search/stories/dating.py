"""The day of what a sentence tells: that which it names, not that of its article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from ...corpus.article import Article, Span
from ..language.dates import MONTH, NamedDate, Period, named_dates
from ..language.lexicon import NUMBER_WORDS
from ..language.periods import TimePhrase, time_phrases

_LONGEST = 7  # days: what spans more is a time, and no event's
# A date after these is of something else than what is told: "since the war began on 24 February".
_BACKGROUND = re.compile(
    r"\b(?:since|after|following|before|until|till|prior\s+to|ahead\s+of|on\s+the\s+eve\s+of|"
    r"because|whereas)\b[^,;:]*\Z",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:since|war|invasion|conflict|attack|offensive|pandemic)\b[^,;:]{0,60}"
    r"\b(?:began|begun|started|broke\s+out|invaded|launched)(?:\s+\w+){0,2}\s*\Z",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:reports?|statement|dated|photo(?:graph)?s?|picture|article|document|interview)\b"
    r"[^,;:]{0,40}\Z|\bthe\s+(?:date|day)\s+of\s*\Z",
    re.IGNORECASE,
)
# "SORVIK, March 5 (Reuters) -": where and when it was written.
_ISSUES = re.compile(  # "will publish its report on 30 June"
    r"\b(?:publish|releas|issu|present|submit|deliver|sign|unveil|hand)\w*\b[^,;:]{0,60}\Z",
    re.IGNORECASE,
)
_WRITTEN_ON = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+\d{{4}})?\.?"
_DATELINE = re.compile(
    rf"\W*(?:(?-i:[A-ZÇĞİÖŞÜ]{{2}}[A-ZÇĞİÖŞÜ.'’ -]{{0,40}})(?:,\s*[^\W\d_]+)?,\s*{_WRITTEN_ON}|"
    rf"[^\n()/–—]{{2,60}},\s*{_WRITTEN_ON}(?=\s*[(/]))"
    r"\s*(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/)?\s*(?:--?|[–—]|\.)\s",
    re.IGNORECASE,
)
# Of two days of a sentence, the one that no longer holds: "moved from 22 to 24 September",
# "was to open on Monday and will now open on Tuesday".
_MOVES = (
    r"(?:moved|postponed|delayed|rescheduled|shifted|changed|advanced|deferred|"
    r"(?:put|pushed|brought|set)\s+(?:back|off|forward))"
)
_MOVED = re.compile(rf"\b(?:{_MOVES}|will\s+now|now|instead|new\s+date)\b", re.IGNORECASE)
_FROM = re.compile(rf"\b{_MOVES}\b[^.;]{{0,60}}\bfrom\s*\Z", re.IGNORECASE)
_MOVED_BY = re.compile(
    rf"\b{_MOVES}\s+(?:by\s+)?(?P<number>\w{{1,9}})\s+(?P<unit>day|week)s?\s+"
    r"(?:to|until|till)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:instead\s+of|rather\s+than|not|no\s+longer|original(?:ly)?|initially|earlier|previously|"
    r"first)\b[^.;,]{0,40}\Z"
    r"|\b(?:was|were|had\s+been)\s+(?:to\s+\w+|(?:due|set|meant)\s+to\s+\w+|(?:due|set|scheduled|"
    r"planned|expected|announced)\s+(?:for|on|to\s+\w+))\b[^.;,]{0,40}\Z",
    re.IGNORECASE,
)
_LEFT_OUT = ("since", "until", "till", "by", "before", "after", "throughout", "during")
_CLAUSE = re.compile(
    r"[;:–—]\s+|,\s+(?:and|but|while|as|which|who|where|saying|adding|had|has|would|will)\s+|"
    r"\band\s+(?=(?:will|would)\b)|"
    r"\b(?:but|while|whereas|although|because|as\s+the|said\s+that|that)\s+",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"\b{_MOVES}\s+(?:\w+\s+){{0,3}}?(?:from|to|until|till)\s+(?:\w+day|next|{MONTH}|\d)|"
    r"\b(?:will(?!\s+have)|shall|would(?!\s+have)|to\s+be\s+held|(?:is|are|was|were)\s+(?:set\s+)?to"
    r"(?=\s+[a-z])|due\s+(?:to|in|on|at)|(?:re)?schedul(?:ed|es)|plan(?:s|ned)\s+(?:to|for|an?|another)\b|expect(?:s|ed)|"
    r"(?:is|are)\s+set\s+for|upcoming|slated|could\s+(?:begin|start|be)|postponed|put\s+off)\b",
    re.IGNORECASE,
)
# "The ministry said on Monday that they will meet" dates what was said, and not what will be.
_SAID = (
    r"(?:said|says|told|announced|confirmed|declared|claimed|warned|wrote|added|urged|alleged|"
    r"reported|presented|stated|agreed)"
)
_SAID_BEFORE = re.compile(rf"\b{_SAID}(?P<between>(?:\W+\w+){{0,4}})\W*\Z", re.IGNORECASE)
_SAID_AFTER = re.compile(rf"\W*(?:\w+\W+)?{_SAID}\b", re.IGNORECASE)
_YEARS_READ = 5000  # characters of an undated article in which it may name its year


class Told(NamedTuple):
    """The days, first and last, that a sentence gives for what it tells.

    `announced` says that it was still to come when the article told of it; `weekday` that only a
    day of the week was named, or "today". `moved_from` are the days for which, by the sentence, it
    had been announced before.
    """

    first: date
    last: date
    announced: bool
    span: Span
    weekday: bool = False
    moved_from: Period | None = None


def days_of(sentence: str, article: Article, year: int | None = None) -> list[Told]:
    """Return the days that a sentence gives for what it tells, in its order, each once.

    A day without a year is the nearest to the article's own, or of the year that an undated article
    names first, or else of `year`. A day of the week is the last one, or the next where it is still
    to come. Without a day of the article, days of the week are not known.
    """
    own = article.published or article.event
    told: dict[Period, Told] = {}
    named = sorted(_named(sentence, own, article, year), key=lambda one: one.span)
    for one in _with_moves(sentence, named):
        if (one.last - one.first).days < _LONGEST:
            told.setdefault((one.first, one.last), one)
    return [*told.values()]


def _named(text: str, own: date | None, article: Article, year: int | None) -> Iterator[Told]:
    dates = named_dates(text)
    dateline = _DATELINE.match(text)
    for named in dates:
        if dateline and named.span[1] <= dateline.end():
            continue
        if not _is_of_event(text, named.span[0], named.lead):
            continue
        days = _days(named, own, article, year)
        if days:
            ahead = _is_ahead(text, named.span)
            yield Told(*days, _is_announced(days[0], own, ahead), named.span)
    if own:
        yield from _relative(text, own, dates)


def _with_moves(text: str, told: Sequence[Told]) -> Iterator[Told]:
    """Yield the days told, without one that no longer holds, which the other one was moved from."""
    former: Told | None = None
    if len(told) == 2 and _MOVED.search(text):
        former = next((one for one in told if _no_longer_holds(text, one)), None)
    for one in told:
        if one.first != one.last and _FROM.search(_before(text, one)):
            yield one._replace(first=one.last, moved_from=(one.first, one.first))
        elif former is None:
            yield one._replace(moved_from=_moved_by(text, one))
        elif one is not former:
            yield one._replace(moved_from=(former.first, former.last))


def _moved_by(text: str, one: Told) -> Period | None:
    """Return the days from which, "postponed by two days", those told were moved."""
    moved = _MOVED_BY.search(text[: one.span[0] + len("until ")])
    number = _number(moved["number"]) if moved else 0
    if not moved or not number:
        return None
    days = number * (7 if moved["unit"].lower() == "week" else 1)
    away = timedelta(days if "forward" in moved[0].lower() else -days)
    with suppress(OverflowError):
        return one.first + away, one.last + away
    return None


def _number(word: str) -> int:
    word = word.lower()
    return NUMBER_WORDS.get(word, int(word) if word.isdecimal() else int(word in ("a", "an")))


def _no_longer_holds(text: str, one: Told) -> bool:
    before = _before(text, one)
    return bool(_FORMER.search(before) or _FROM.search(before))


def _before(text: str, one: Told) -> str:
    """Return what stands before a day, with its preposition."""
    start = one.span[0]
    return text[: start + len("from")] if text.startswith("from ", start) else text[:start]


def _relative(text: str, own: date, dates: Iterable[NamedDate]) -> Iterator[Told]:
    taken = [named.span for named in dates]
    for phrase in time_phrases(text, own):
        start, end = phrase.span
        overlaps = any(start < last and first < end for first, last in taken)
        if not phrase.is_relative or overlaps or not phrase.days:
            continue
        if not _is_of_event(text, start, phrase.lead):
            continue
        ahead = _is_ahead(text, phrase.span)
        days = _meant(phrase, own, ahead)
        yield Told(*days, _is_announced(days[0], own, ahead), phrase.span, weekday=True)


def _meant(phrase: TimePhrase, own: date, ahead: bool) -> Period:
    """Return the days of a phrase: "on Tuesday" is the next one where it is still to come."""
    first, last = phrase.days[0]
    if phrase.weekday is not None and ahead and first < own:
        with suppress(OverflowError):
            return first + timedelta(7), last + timedelta(7)
    return first, last


def _is_announced(first: date, own: date | None, ahead: bool) -> bool:
    return ahead if own is None else first > own or (ahead and first >= own)


def _days(named: NamedDate, own: date | None, article: Article, year: int | None) -> Period | None:
    if named.last[1] is None and not named.part:
        return None  # a year alone is no event's day
    if own or named.has_year:
        return named.meant(own, 1)
    stated = (one.last[0] for one in named_dates(article.text[:_YEARS_READ]) if one.last[0])
    of = next(stated, year)
    return named.in_year(of) if of else None


def _is_of_event(text: str, start: int, lead: str) -> bool:
    """Return whether a date may be of what is told, not of what stands before it."""
    if lead in _LEFT_OUT:
        return False
    clause = text[_clause_start(text, start) : start]
    if _BEGAN.search(clause) or (_SOURCE.search(clause) and not _ISSUES.search(clause)):
        return False
    return not _BACKGROUND.search(clause)


def _clause_start(text: str, place: int) -> int:
    starts = [found.end() for found in _CLAUSE.finditer(text, 0, place)]
    return starts[-1] if starts else 0


def _is_ahead(text: str, span: Span) -> bool:
    """Return whether the clause of a date tells of what is still to come."""
    end = _CLAUSE.search(text, span[1])
    start = _clause_start(text, span[0])
    clause = text[start : end.start() if end else len(text)]
    return bool(_AHEAD.search(clause)) and not _dates_what_is_said(text, start, span)


def _dates_what_is_said(text: str, start: int, span: Span) -> bool:
    before = _SAID_BEFORE.search(text, start, span[0])
    if before and not _AHEAD.search(before["between"]):
        return True
    return bool(_SAID_AFTER.match(text, span[1]))
