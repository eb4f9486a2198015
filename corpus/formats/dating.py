"""The date of publication: where articles usually state it, or unknown.

A date in a sentence or a caption belongs to what the article reports, so it is never used.
"""

import re
from datetime import date, datetime

from dateutil import parser

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
_NO_DATE = 10**20  # Python refuses to write out numbers of thousands of digits
_EARLIEST = 1600  # no newspaper is older; an earlier year is a placeholder, such as 0001-01-01


def stated_date(value: object) -> date | None:
    """Return the calendar date that a date field states, or None.

    Reads ISO 8601, RFC 2822 and written-out forms. A value that lacks day, month or year, or
    that could be read as two different days (03/04/2022), states no date.

    >>> stated_date("2022-03-29T10:30:00Z"), stated_date("March 29, 2022")
    (datetime.date(2022, 3, 29), datetime.date(2022, 3, 29))
    >>> stated_date("03/04/2022"), stated_date("March 2022")
    (None, None)
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str) or (isinstance(value, int) and abs(value) < _NO_DATE):
        value = _read_date(str(value).strip())
    found = value if isinstance(value, date) else None
    return found if found and found.year >= _EARLIEST else None


def _read_date(text: str) -> date | None:
    if not re.search(r"\d", text) or len(text) > 60:
        return None
    year_first = _YEAR_FIRST.fullmatch(text)
    if year_first:
        return _day(*(part for part in year_first.groups() if part and part.isdigit()))
    named = re.search(r"\b\d{4}\b", text) and not re.match(r"\d{4}\D", text)
    return _written_date(text) if named else None


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
