"""The date of publication: where articles usually state it, or unknown.

A date in a sentence or a caption belongs to what the article reports, so it is never used.
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from dateutil import parser

from ..text.folding import folded
from ..text.months import MONTHS, WEEKDAYS

BY_ADDRESS = "address"  # how an article is dated whose address alone states the day

# A lower-case "date 2022-05-01" comes from a program. A line such as "published 2022-05-01 by …"
# may be a sentence, so a capital or a colon is required.
_TIME = r"(?:T\S+|[ ]\d\d?:\d\d\S*(?:[ ][A-Z]{2,4})?(?=\s*$))?"
_DATE_LINE = re.compile(
    rf"\s*(?:(?:date\s*:?|(?i:date|published)\s*:)\s*(?P<labelled>\d{{4}}-\d\d-\d\d){_TIME}"
    rf"(?:\s+(?P<rest>.*))?|(?:(?i:date|published)\s+)?(?P<alone>\d{{4}}-\d\d-\d\d){_TIME}\s*)"
)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))"
    r"(?:Z|[+-]\d\d:?\d\d|(?:T|,?\s+)\d\d?:?\d\d.*|(?:\d\d){2,3})?"
)
# Points between the numbers mean that the day comes first, in every language that uses them.
_CLOCK = (
    r"(?:[,/\s|·–-]+(?:(?:um|à|kl\.?|at|a\s+las|o|о|в|saat)\s+)?\d{1,2}[:.hч]\s?\d\d\b.{0,20})?"
)
_DOTTED = re.compile(rf"(\d\d?)\.\s?(\d\d?)\.\s?(\d{{4}})(?:\s?[гр]\.)?{_CLOCK}")
_NAMED = re.compile(
    r"(?:(?:le|el|am|den|il)\s+)?(?:([^\W\d_]+(?:-feira)?)\.?,?\s+)?(?:(?:den|de)\s+)?"
    r"(\d\d?)(?:\.|er|º|°)?\s+(?:de\s+)?([^\W\d_]+)\.?,?\s+(?:del?\s+)?(\d{4})"
    rf"(?:\s?(?:г|р|года|року)\.?)?(?:,?\s+([^\W\d_]+))??{_CLOCK}"
)
_EASTERN = re.compile(r"(\d{4})[年년]\s?(\d\d?)[月월]\s?(\d\d?)[日일].{0,20}")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")  # seconds or milliseconds since 1970
_EPOCHS = (datetime(1973, 4, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_IN_ADDRESS = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?:([/_-])(\d\d?|[a-z]{3})\2(\d\d?)|/?(\d\d)(\d\d))(?![\d])",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_NO_DATE = 10**20  # Python refuses to write out numbers of thousands of digits
_EARLIEST = 1600  # no newspaper is older; an earlier year is a placeholder, such as 0001-01-01


def stated_date(value: object) -> date | None:
    """Return the calendar date that a date field states, or None.

    Reads ISO 8601, RFC 2822, seconds and milliseconds since 1970, and written-out forms in the
    languages of `text.months`. A value that lacks day, month or year, or that could be read as two
    different days (03/04/2022), states no date; with points (03.04.2022) the day comes first.

    >>> stated_date("2022-03-29T10:30:00Z"), stated_date("29 Mart 2022")
    (datetime.date(2022, 3, 29), datetime.date(2022, 3, 29))
    >>> stated_date("03/04/2022"), stated_date("March 2022")
    (None, None)
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str) or (isinstance(value, int | float) and abs(value) < _NO_DATE):
        value = _read_date(str(value).strip())
    found = value if isinstance(value, date) else None
    return found if found and found.year >= _EARLIEST else None


def _read_date(text: str) -> date | None:
    if not re.search(r"\d", text) or len(text) > 60:
        return None
    if moment := _moment_of(text):
        return moment.date()
    year_first = _YEAR_FIRST.fullmatch(text) or _EASTERN.fullmatch(text)
    if year_first:
        return _day(*(part for part in year_first.groups() if part and part.isdigit()))
    if day := _day_first(text):
        return day
    named = re.search(r"\b\d{4}\b", text) and not re.match(r"\d{4}\D", text)
    return _written_date(text) if named else None


def _moment_of(text: str) -> datetime | None:
    """Return the moment that a number of seconds or milliseconds since 1970 stands for."""
    epoch = _EPOCH.fullmatch(text)
    moment = datetime.fromtimestamp(int(epoch[1]), UTC) if epoch else None
    return moment if moment and _EPOCHS[0] < moment < _EPOCHS[1] else None


def _day_first(text: str) -> date | None:
    """Return the date of a text such as "08.11.2023, 14:20" or "mercredi 8 novembre 2023"."""
    if dotted := _DOTTED.fullmatch(text):
        return _day(dotted[3], dotted[2], dotted[1])
    named = _NAMED.fullmatch(text)
    month = MONTHS.get(folded(named[3])) if named else None
    if not named or not month:
        return None
    beside = (folded(word) for word in (named[1], named[5]) if word)
    return _day(named[4], str(month), named[2]) if WEEKDAYS.issuperset(beside) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _written_date(text: str) -> date | None:
    """Return the date of `text` if every way of reading it agrees, or None."""
    readings = set()
    for day_first, year_first in ((False, False), (True, False), (False, True)):
        # The two defaults differ in year, month, day and weekday, so a text that lacks one differs.
        for default in (datetime(2000, 1, 1), datetime(2004, 2, 20)):
            try:
                reading = parser.parse(
                    text,
                    default=default,
                    dayfirst=day_first,
                    yearfirst=year_first,
                    ignoretz=True,
                )
            except (ValueError, OverflowError):
                return None
            readings.add(reading.date())
    return readings.pop() if len(readings) == 1 else None


def stated_time(value: object) -> datetime | None:
    """Return the time of day that a date field states, with its zone where it has one, or None.

    >>> stated_time("2023-11-08T20:49:09-05:00").isoformat()
    '2023-11-08T20:49:09-05:00'
    >>> stated_time("2023-11-08") is None
    True
    """
    if isinstance(value, datetime):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if isinstance(value, int | float) and abs(value) < _NO_DATE:
        text = str(value)
    if moment := _moment_of(text):
        return moment
    if not re.search(r"\d:?\d\d", text[10:]) or len(text) > 60 or _HALF_DAY.search(text):
        return None
    try:
        return datetime.fromisoformat(text.replace(" GMT", "Z").replace(" UTC", "Z"))
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None


def day_in_address(url: str) -> date | None:
    """Return the day in the path of an address, if it has exactly one.

    >>> day_in_address("https://post.example/2023/11/08/ferries/")
    datetime.date(2023, 11, 8)
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    found = set()
    for year, _, month, day, short_month, short_day in _IN_ADDRESS.findall(path):
        number = month or short_month
        if number.isalpha():
            number = str(_MONTHS.index(number.lower()) + 1) if number.lower() in _MONTHS else "0"
        found.add(stated_date(f"{year}-{number.zfill(2)}-{(day or short_day).zfill(2)}"))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def split_date_line(text: str) -> tuple[date | None, str]:
    """Split a publication date off the first line, as in ` date 2022-05-01 The title…`.

    Return the date, or None where the first line does not begin with one, and the remaining text.
    """
    first, _, rest = text.partition("\n")
    match = _DATE_LINE.fullmatch(first)
    published = stated_date(match["labelled"] or match["alone"]) if match else None
    if match is None or published is None:
        return None, text
    return published, f"{match['rest'] or ''}\n{rest}".strip("\n")
