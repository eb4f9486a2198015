"""The time that a question names: periods, and whether the newest is asked for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .dates import MONTH, NamedDate, Period, named_dates
from .letters import with_ascii_letters
from .lexicon import NUMBER_WORDS, WEEKDAYS

_COUNT = rf"\d{{1,3}}|an?|{'|'.join(NUMBER_WORDS)}"
_NEWEST = re.compile(
    r"\b(?:(?<!at the )latest|newest|most recent(?:ly)?|now(?! (?:that|known|called))|"
    r"current(?:ly)?|so far|to date|as of today|at present|these days)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"""\b(?:
      (?P<day>the\ day\ before\ yesterday|yesterday|(?<!as\ of\ )today(?!['’]s)|tonight|tomorrow
        |this\ (?:morning|afternoon|evening))
    | (?P<ago>{_COUNT})\s+(?P<ago_unit>day|week|month|year)s?\s+ago
    | (?:the\s+)?(?:last|past)\s+(?P<rolling>{_COUNT})\s+(?P<rolling_unit>day|week|month|year)s?
    | the\s+(?:last|past)\s+(?P<the_unit>week|month|year)
    | (?P<which>last|this|next)\s+(?P<unit>week|month|year)
    | (?P<lead>\w+)\s+(?P<weekday>{"|".join(WEEKDAYS)})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEKDAY_LEAD = re.compile(
    r"(?i:last|this|on|since|until)|(?!every|each|an?\b|the\b|of\b|or\b|and\b)[a-z]+"
)
_DAYS_AWAY = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1}
_YEARS_AWAY = {"last": -1, "this": 0, "next": 1}
_MONTH_OF_YEAR = re.compile(rf"(\b{MONTH}),?\s+(?:of\s+)?(last|this|next)\s+year\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimePreference:
    """The `periods` that a question names, and whether it asks for the `newest`."""

    periods: tuple[Period, ...] = ()
    newest: bool = False

    def __bool__(self) -> bool:
        return bool(self.periods) or self.newest


def time_preference(text: str, today: date, years: Iterable[int] = ()) -> TimePreference:
    """Return the time that a question names; "last week" counts from `today`.

    A day or month without a year is taken in each of `years`; without any, it is the most recent
    one that is not after `today`.

    >>> named = time_preference("What was said on 29 March, and last week?", date(2022, 5, 10))
    >>> [f"{first} to {last}" for first, last in named.periods]
    ['2022-03-29 to 2022-03-29', '2022-05-02 to 2022-05-08']
    """
    text = _MONTH_OF_YEAR.sub(lambda m: f"{m[1]} {today.year + _YEARS_AWAY[m[2].lower()]}", text)
    of_years = sorted(set(years))
    periods, rest, end = [], "", 0
    for named in named_dates(text):
        periods += _resolved(named, today, of_years)
        rest += f"{text[end : named.span[0]]} #"  # or "Monday, 2 May" would be read twice
        end = named.span[1]
    periods += _relative_periods(rest + text[end:], today)
    return TimePreference(tuple(dict.fromkeys(periods)), bool(_NEWEST.search(text)))


def _resolved(named: NamedDate, today: date, years: Sequence[int]) -> list[Period]:
    if named.lead == "before":
        return []  # an open period prefers nothing
    if named.has_year:
        years = [today.year]
    elif named.lead in _YEARS_AWAY or not years:
        return _nearest(named, today)
    found = [period for year in years if (period := named.in_year(year))]
    if named.lead in ("since", "after"):
        return [(first, max(last, today)) for first, last in found]
    return found


def _nearest(named: NamedDate, today: date) -> list[Period]:
    around = range(today.year - 8, today.year + 9)  # up to 8 years separate two leap days
    periods = [period for year in around if (period := named.in_year(year))]
    if named.lead == "next":
        return [period for period in periods if period[0] > today][:1]
    if named.lead == "last":
        return [period for period in periods if period[1] < today][-1:]
    if named.lead == "this":
        return [period for period in periods if period[0].year == today.year]
    return [period for period in periods if period[0] <= today][-1:]


def _relative_periods(text: str, today: date) -> Iterator[Period]:
    for match in _RELATIVE.finditer(with_ascii_letters(text)):
        with suppress(ValueError, OverflowError):
            period = _relative_period(match, today)
            if period:
                yield period


def _relative_period(match: re.Match[str], today: date) -> Period | None:
    words = {name: " ".join(said.lower().split()) for name, said in match.groupdict("").items()}
    if words["day"]:
        day = today + timedelta(_DAYS_AWAY.get(words["day"], 0))
        return day, day
    if words["ago"]:
        then = today - _delta(words["ago_unit"], _count(words["ago"]))
        return _around(then, words["ago_unit"])
    if words["rolling"] or words["the_unit"]:
        unit = words["rolling_unit"] or words["the_unit"]
        return today - _delta(unit, _count(words["rolling"] or "one")), today
    if words["unit"]:
        away = _YEARS_AWAY[words["which"]]
        return _around(today + _delta(words["unit"], away), words["unit"])
    if not _WEEKDAY_LEAD.fullmatch(match["lead"]):
        return None  # "Bloody Sunday", "every Monday"
    back = (today.weekday() - WEEKDAYS.index(words["weekday"])) % 7
    if words["lead"] == "last":
        back = back or 7
    day = today - timedelta(back)
    return day, day


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    return NUMBER_WORDS.get(word, 1)


def _delta(unit: str, count: int) -> relativedelta:
    return relativedelta(**{f"{unit}s": count})  # pyright: ignore[reportArgumentType]


def _around(day: date, unit: str) -> Period:
    """Return the calendar day, week (from Monday), month or year that contains `day`."""
    if unit == "week":
        first = day - timedelta(day.weekday())
        return first, first + timedelta(6)
    if unit == "month":
        first = day.replace(day=1)
        return first, first + relativedelta(months=1, days=-1)
    if unit == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day
