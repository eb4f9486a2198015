"""The dates that a text names: days, months, years, parts of them, and ranges.

English only. Where a word or a number may be something else ("they march", "2,500 people", "Theresa
May"), no date is read: a missed date does less harm than a wrong one.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from .letters import with_ascii_letters
from .lexicon import MONTHS, WEEKDAYS

_T = TypeVar("_T")
Period = tuple[date, date]  # first and last day, both included
Partial = tuple[int | None, int | None, int | None]  # year, month, day; None where not named

_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}

MONTH = rf"(?:{'|'.join(MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
"""Pattern of a month's name or abbreviation, to be matched without case."""

# Not in "2,500", "2.5", "$30", "30%" or "10:30".
_DAY = r"(?<![\d.,:$€£])(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!%|:\d|[.,]\d)"
# Smaller numbers are more often counts, and no newspaper is older.
_YEAR = r"(?<![\d.,:$€£/])(?:1[6-9]|20)\d\d\b(?!%|:\d|[.,]\d)"
_TO = r"\s*(?:[-–—]|\b(?:to|and|until|till|through)\b)\s*(?:the\s+)?"
_PART = (
    r"early|late|mid|(?:spring|summer|autumn|fall|winter)(?:\s+of)?|"
    r"(?:beginning|start|middle|end|eve|"
    r"(?:first|second|third|fourth|last)\s+(?:week|half|days))\s+of"
)
# Words that may come before a month or a year without a day.
_LEAD = (
    "in|on|of|since|until|till|by|from|before|after|during|throughout|through|to|and|between|"
    "last|this|next|for|the|an?"
)
# Searched backwards from a date: trying it at each word of a text takes ten times as long.
_BEFORE = re.compile(
    rf"""
    \b(?=[a-z])
    (?:(?P<lead>{_LEAD})\s+(?:the\s+)?(?:year\s+)?)?
    (?:(?:{"|".join(WEEKDAYS)}),?\s+(?:the\s+)?)?
    (?:(?P<part>{_PART})(?:-|\s+)(?:the\s+)?)?\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_BEFORE = 60
_YEAR_DAYS = 365
BLANK = "\0"  # part of no word, number or space
_DATE = re.compile(
    rf"""
    (?<!\w)(?=\d|{"|".join(_MONTH_NUMBERS)})(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<dotted>\d\d?\.\d\d?\.\d{{4}})
    | (?:(?P<first_a>{_DAY})(?P<to_a>{_TO}))?(?P<day_a>{_DAY})\s+(?:of\s+)?(?P<month_a>{MONTH})
      (?:,?\s+(?P<year_a>{_YEAR}))?
    | (?P<month_b>{MONTH})\s+(?:the\s+)?(?P<day_b>{_DAY})(?:(?P<to_b>{_TO})(?P<last_b>{_DAY}))?
      (?:,?\s+(?P<year_b>{_YEAR}))?
    | (?P<month_c>{MONTH})(?:,?\s+(?:of\s+)?(?P<year_c>{_YEAR}))?
    | (?P<year_d>{_YEAR})
    )(?!\w|['’]s)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOIN = re.compile(rf"{_TO}", re.IGNORECASE)
# Months that are other words too, and words before them that show a month is meant.
_OTHER_WORDS = ("may", "march", "august")
_TIME_LEADS = ("in", "since", "during", "until", "till", "by", "before", "after")
# Months that are first names too, and words after which a month is meant even before a surname.
_FIRST_NAMES = ("april", "may", "june", "august")
_NAMELESS_LEADS = ("in", "since", "during", "until", "till", "last", "this", "next")
_SURNAME = re.compile(r"\s+[^\W\d_a-zß-ÿ]")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
_GOES_ON = re.compile(r"\s+(?:of|on|to|for|against|through)\b")  # the March on Rome
_NOUN = re.compile(r"\s+\w")  # "the May report", but not "the March?"
_COUNTED = re.compile(r"\s+(?:[a-z]{2,}s|people|men|women|children|percent|[mb]illion|k?m)\b")


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A day, month, year or range named in a text, at `span`; `lead` is the word before it.

    `part` says which part of it is meant: "early", "first week of".
    """

    first: Partial
    last: Partial
    part: str
    lead: str
    span: tuple[int, int]

    @property
    def has_year(self) -> bool:
        """Whether a year is named."""
        return self.last[0] is not None

    @property
    def has_range(self) -> bool:
        """Whether a first and a last day, month or year are named."""
        return self.first != self.last

    def in_year(self, year: int) -> Period | None:
        """Return its first and last day, in `year` if it names none; None if no such day exists."""
        try:
            first, last = _days(self.first, year)[0], _days(self.last, year)[1]
            return _part_of((first, last), self.part) if first <= last else None
        except (ValueError, OverflowError):
            return None

    def meant(self, published: date | None, year: int) -> Period | None:
        """Return the days that an article means.

        Without a year, they are the nearest to its publication, or of `year` if it is undated.
        """
        if published is None or self.has_year:
            return self.in_year(year)
        around = (self.in_year(published.year + away) for away in (-1, 0, 1))
        return min(
            (days for days in around if days),
            key=lambda days: abs(days[0] - published),
            default=None,
        )


def in_words(day: date) -> str:
    """Return a day as articles write it.

    >>> in_words(date(2022, 5, 2))
    '2 May 2022'
    """
    return f"{day.day} {day:%B} {day.year}"


def named_dates(text: str) -> list[NamedDate]:
    """Return the dates that a text names, in text order.

    >>> [str(day) for named in named_dates("from 28 to 30 March") for day in named.in_year(2022)]
    ['2022-03-28', '2022-03-30']
    >>> named_dates("Of 2,500 people, 10 may march")
    []
    """
    text = with_ascii_letters(text)
    found: list[NamedDate] = []
    for match in _DATE.finditer(text):
        for named in _read(match):
            joined = _joined(found[-1], named, text) if found else None
            found[-1:] = [joined] if joined else [*found[-1:], named]
    return found


def without_dates(text: str) -> str:
    """Return `text` with its dates blanked out; all offsets stay the same."""
    for named in named_dates(text):
        start, end = named.span
        text = f"{text[:start]}{BLANK * (end - start)}{text[end:]}"
    return text


def _read(match: re.Match[str]) -> Iterator[NamedDate]:
    """Yield the dates of a match: none, one, or the two of "10 and 12 March"."""
    start = match.start()
    before = _BEFORE.search(match.string, max(0, start - _LONGEST_BEFORE), start)
    lead = (before["lead"] or "").lower() if before else ""
    part = " ".join((before["part"] or "").lower().split()) if before else ""
    has_article = bool(before and re.search(r"\b(?:the|an?)\s*\Z", before[0], re.IGNORECASE))
    if not _is_meant(match, lead, part, has_article):
        return
    if before:
        start = before.end("lead") if lead else before.start()
    for first, last in _partials(match, lead):
        yield NamedDate(first, last, part, lead, (start, match.end()))


def _partials(match: re.Match[str], lead: str) -> list[tuple[Partial, Partial]]:
    if match["iso"] or match["dotted"]:
        numbers = [int(number) for number in re.split(r"[-.]", match["iso"] or match["dotted"])]
        year, month, day = numbers if match["iso"] else numbers[::-1]
        return [_same((year, month, day))]
    year = _number(match["year_a"] or match["year_b"] or match["year_c"] or match["year_d"])
    name = _month_in(match)
    month = _MONTH_NUMBERS[name[:3].lower()] if name else None
    days = [match["first_a"] or match["day_b"], match["day_a"] or match["last_b"]]
    if match["month_b"] and lead == "in" and not year:
        days = [None, None]  # "in March 10 countries joined"
    first, last = (_number(day or other) for day, other in (days, days[::-1]))
    to = (match["to_a"] or match["to_b"] or "").split()
    if "and" in to and lead != "between":
        return [_same((year, month, first)), _same((year, month, last))]
    return [((year, month, first), (year, month, last))]


def _same(value: _T) -> tuple[_T, _T]:
    return value, value


def _number(digits: str | None) -> int | None:
    return int(digits.rstrip("stndrhSTNDRH")) if digits else None


def _month_in(match: re.Match[str]) -> str:
    return match["month_a"] or match["month_b"] or match["month_c"] or ""


def _is_meant(match: re.Match[str], lead: str, part: str, has_article: bool) -> bool:
    """Return whether a date is meant, not the verbs "may" and "march" or a count."""
    if any(match[name] for name in ("iso", "dotted", "year_a", "year_b", "year_c")):
        return True
    after = match.string[match.end() :]
    if match["year_d"]:
        return _is_year(match["year_d"], lead or part, after)
    month = _month_in(match)
    if not match["month_c"]:
        return bool(part) or month.lower() not in _OTHER_WORDS or _is_day(match, lead)
    if not (lead or part) or month.lower() not in MONTHS:
        return False
    if month.lower() in _FIRST_NAMES and _SURNAME.match(after):
        return lead in _NAMELESS_LEADS or bool(part)  # not "said by April Sunder"
    if month.lower() not in _OTHER_WORDS or part:
        return True
    if month.islower():  # "in march", but not "part in the march"
        return lead in _TIME_LEADS and not has_article
    return not (_GOES_ON.match(after) or (has_article and not _NOUN.match(after)))


def _is_year(year: str, before: str, after: str) -> bool:
    if _COUNTED.match(after):  # "the 2022 talks", but neither "2022 soldiers" nor "the 2000 dead"
        return before == "the" and not year.endswith("0")
    return bool(before) or not re.search(r"\w", after)


def _is_day(match: re.Match[str], lead: str) -> bool:
    """Return whether a day is meant, not "may 10 of them", "the 30 may" or "May 10 join?"."""
    small = _month_in(match).islower()
    if match["month_b"]:
        heads = match.string.startswith(":", match.end())  # an entry of a chronology
        return bool(lead) or (not small and (match.start() > 0 or heads))
    return not small or lead not in ("", "the", "of")


def _joined(one: NamedDate, other: NamedDate, text: str) -> NamedDate | None:
    """Return the range from `one` to `other`, or None if they are separate dates."""
    link = _JOIN.fullmatch(text[one.span[1] : other.span[0]])
    if not link or one.part or other.part or ("and" in link[0].lower() and one.lead != "between"):
        return None
    year, month, day = one.first
    first = (year or other.first[0], month, day)
    return NamedDate(first, other.last, "", one.lead, (one.span[0], other.span[1]))


def _days(partial: Partial, year: int) -> Period:
    year, month, day = partial[0] or year, partial[1], partial[2]
    if day and month:
        return _same(date(year, month, day))
    last_month = month or 12
    last = date(year, last_month, monthrange(year, last_month)[1])
    return date(year, month or 1, 1), last


def _part_of(period: Period, part: str) -> Period:
    """Return the part of a period that "early", "last week of" and the like mean."""
    first, last = period
    if (season := _SEASONS.get(part.removesuffix(" of"))) is not None:
        return _season(first.year, season) if (last - first).days + 1 >= _YEAR_DAYS else period
    days = (last - first).days + 1
    if part.startswith("eve"):
        return _same(first - timedelta(1))
    start, end = _share(part, days)
    return first + timedelta(start), first + timedelta(max(end, start + 1) - 1)


def _season(year: int, month: int) -> Period:
    """Return the three months that begin with a month; winter goes on into the next year."""
    last_year, last_month = (year, month + 2) if month < _SEASONS["winter"] else (year + 1, 2)
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _share(part: str, days: int) -> tuple[int, int]:
    """Return which days of so many a part covers: the first, from 0, and the one after the last."""
    which, _, unit = part.removesuffix(" of").partition(" ")
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(which)
    if unit == "half":
        return (0, days // 2) if place == 0 else (days // 2, days)
    if unit:  # weeks and days
        return (days - 7, days) if place is None else (7 * place, 7 * place + 7)
    if which in ("early", "beginning", "start"):
        return 0, days // 3
    if which in ("mid", "middle"):
        return days // 3, days * 2 // 3
    return (days * 2 // 3, days) if which else (0, days)
