"""The times that a text names: periods, and whether the newest is asked for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ...corpus.article import Span
from .dates import MONTH, NamedDate, Period, named_dates
from .letters import with_ascii_letters
from .lexicon import NUMBER_WORDS, WEEKDAYS

_COUNT = rf"\d{{1,3}}|an?|{'|'.join(NUMBER_WORDS)}"
_NEWEST = re.compile(
    r"\b(?:(?<!at the )latest|newest|most recent(?:ly)?|now(?! (?:that|known|called))|"
    r"current(?:ly)?|so far|to date|as of today|at present|these days)\b",
    re.IGNORECASE,
)
_RECENT = re.compile(r"\brecent(?:ly)?\b", re.IGNORECASE)
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
    r"(?i:last|this|on|since|until|by|before|after|from)|(?!every|each|an?\b|the\b|of\b|or\b|and\b)[a-z]+"
)
_DAYS_AWAY = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1}
_YEARS_AWAY = {"last": -1, "this": 0, "next": 1}
_MONTH_OF_YEAR = re.compile(rf"(\b{MONTH}),?\s+(?:of\s+)?(last|this|next)\s+year\b", re.IGNORECASE)
_LEADS_TO = re.compile(
    r"\b(?P<lead>as\s+of|up\s+(?:to|until|till)|in|on|at|of|since|by|from|before|after|until|till|"
    r"during|through(?:out)?|between|over|for|within|last|this|next)"
    r"(?:\s+the)?(?:\s+year)?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_LEAD = 30
_AN_ARTICLE = re.compile(r"\b(?:the|an?)\s+\Z", re.IGNORECASE)
_FILLING = re.compile(r"\s*(?:(?:the\s+)?year\s+)?(?:the\s+(?=\D))?", re.IGNORECASE)
_UNTIL = ("by", "until", "till", "before", "as of", "up to", "up until", "up till")
_FROM = ("since", "after")
_ENDS = (*_UNTIL, *_FROM, "from")


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time that a text names, at `span` together with the preposition before it.

    `lead` is that preposition ("in", "since", "as of"), "" where there is none. `days` are the
    periods named: one, or where no year is named, one for each year. `weekday` is set for a weekday
    alone (Monday is 0). `is_relative` says that it counts from today; `is_name`, that its year is
    the name of something: "the 2015 earthquake".
    """

    span: Span
    lead: str
    days: tuple[Period, ...]
    weekday: int | None = None
    is_relative: bool = False
    is_name: bool = False

    def words(self, text: str) -> str:
        """Return its words in the text, without the preposition."""
        said = text[slice(*self.span)]
        if self.lead not in _YEARS_AWAY:
            said = said[len(self.lead) :]
        return said[_start((0, len(said)), said) :]

    @property
    def bounds(self) -> tuple[Period, ...]:
        """The periods meant: "since" and "after" have no last day, "by" and "before" no first."""
        return tuple(found for period in self.days if (found := self._bounded(*period)))

    def _bounded(self, first: date, last: date) -> Period | None:
        with suppress(OverflowError):
            if self.lead == "before":
                return date.min, first - timedelta(1)
            if self.lead == "after":
                return last + timedelta(1), date.max
            if self.lead == "since":
                return first, date.max
            return (date.min if self.lead in _UNTIL else first), last
        return None

    def preferred(self, today: date) -> tuple[Period, ...]:
        """The periods whose articles are preferred: "since" ends today, "before" prefers none."""
        if self.lead == "before":
            return ()
        if self.lead in _FROM and not self.is_relative:
            return tuple((first, max(last, today)) for first, last in self.days)
        return self.days


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
    phrases = time_phrases(text, today, years)
    periods = dict.fromkeys(period for one in phrases for period in one.preferred(today))
    return TimePreference(tuple(periods), bool(newest_words(text)))


def newest_words(text: str) -> list[Span]:
    """Return the spans of words that ask for the newest.

    >>> newest_words("What is the latest figure?"), newest_words("How many at the latest?")
    ([(12, 18)], [])
    """
    return [match.span() for match in _NEWEST.finditer(text)]


def says_recently(text: str) -> bool:
    """Return whether a question asks of what was recently, not of the newest alone.

    >>> says_recently("Who recently resigned?"), says_recently("What is the latest?")
    (True, False)
    """
    return bool(_RECENT.search(text))


def time_phrases(text: str, today: date, years: Iterable[int] = ()) -> list[TimePhrase]:
    """Return the times that a text names, dates first, with their spans in it.

    >>> text = "Who met in March, and on Monday?"
    >>> [text[slice(*one.span)] for one in time_phrases(text, date(2022, 5, 10))]
    ['in March', 'on Monday']
    """
    # Years take the place of "last year", right-aligned: all offsets stay the same.
    dated, of_years = _MONTH_OF_YEAR.sub(lambda m: _with_year(m, today), text), sorted(set(years))
    phrases: list[TimePhrase] = []
    rest, end = "", 0
    for named in named_dates(dated):
        span, lead = _with_lead(dated, named.span)
        days = tuple(_resolved(named, today, of_years))
        if named.has_range and lead == "from":
            lead = ""
        phrases.append(TimePhrase(span, lead, days, is_name=_is_name(named, dated)))
        start = max(named.span[0], end)  # two dates may share a span
        # Blanked out, or "Monday, 2 May" would be read twice.
        rest += dated[end:start] + "#" * (named.span[1] - start)
        end = named.span[1]
    return [*phrases, *_relative_phrases(rest + dated[end:], today)]


def _with_year(match: re.Match[str], today: date) -> str:
    year = str(today.year + _YEARS_AWAY[match[2].lower()])
    return match[1] + year.rjust(len(match[0]) - len(match[1]))


def _is_name(named: NamedDate, text: str) -> bool:
    """Return whether a year, as in "the 2015 earthquake", is no time but a name."""
    if named.last[1] is not None or named.part:
        return False
    return bool(_AN_ARTICLE.search(text[: named.span[1] - len("2015")]))


def _start(span: Span, text: str) -> int:
    """Return where a span begins without blanks and "the year"."""
    filling = _FILLING.match(text, *span)
    return filling.end() if filling else span[0]


def _with_lead(text: str, span: Span) -> tuple[Span, str]:
    """Return the span of a time with the preposition before it, and that preposition."""
    start = _start(span, text)
    lead = _LEADS_TO.search(text, max(0, start - _LONGEST_LEAD), start)
    if not lead:
        return (start, span[1]), ""
    return (lead.start(), span[1]), " ".join(lead["lead"].lower().split())


def _resolved(named: NamedDate, today: date, years: Sequence[int]) -> list[Period]:
    if named.has_year:
        years = [today.year]
    elif named.lead in _YEARS_AWAY or not years:
        return _nearest(named, today)
    return [period for year in years if (period := named.in_year(year))]


def days_named(text: str, published: date | None, year: int) -> list[Period]:
    """Return the dates in a text of an article published on a day, as first and last days.

    A day without a year is the nearest to publication, or where that is not known, of `year`. Days
    since, until or before which something was are left out: they do not date what is told.
    """
    named = (one.meant(published, year) for one in named_dates(text) if one.lead not in _ENDS)
    return [days for days in named if days]


def days_told(text: str, published: date | None, year: int) -> list[Period]:
    """Return the days that a text tells of: its dates, and "on Tuesday" as its article means it.

    >>> days_told("On Sunday, 3 men left.", date(2022, 5, 10), 2022)
    [(datetime.date(2022, 5, 8), datetime.date(2022, 5, 8))]
    """
    told = days_named(text, published, year)
    if published:
        phrases = time_phrases(text, published)
        told += [one.days[0] for one in phrases if one.is_relative and one.lead not in _ENDS]
    return told


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


def _relative_phrases(text: str, today: date) -> Iterator[TimePhrase]:
    for match in _RELATIVE.finditer(with_ascii_letters(text)):
        with suppress(ValueError, OverflowError):
            period = _relative_period(match, today)
            if period:
                place = match.span("weekday") if match["weekday"] else match.span()
                span, lead = _with_lead(text, place)
                weekday = period[0].weekday() if match["weekday"] and lead != "last" else None
                yield TimePhrase(span, lead, (period,), weekday, is_relative=True)


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
