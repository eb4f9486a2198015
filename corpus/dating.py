"""When an article was published: stated by the article where articles state it, or unknown.

A date inside a sentence or a caption is what the article speaks of, not when it appeared, so it
is never looked at here.
"""

import re
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from dateutil import parser

_DATE_LINE = re.compile(
    r"\s*(?:(?:date|published)\s*:?\s*(?P<labelled>\d{4}-\d{2}-\d{2})\b[ \t]*(?P<rest>.*)"
    r"|(?P<alone>\d{4}-\d{2}-\d{2})\s*)",
    re.IGNORECASE,
)
_EARLIEST = 1600


def stated_date(value: object) -> date | None:
    """Give the calendar date that a date field states, or None where it states none.

    Reads ISO 8601, RFC 2822 and written-out forms. A value that lacks day, month or year, or
    that could be read as two different days (03/04/2022), states no date.

    >>> stated_date("2022-03-29T10:30:00Z"), stated_date("March 29, 2022")
    (datetime.date(2022, 3, 29), datetime.date(2022, 3, 29))
    >>> stated_date("03/04/2022"), stated_date("March 2022")
    (None, None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if not re.search(r"\d", text) or len(text) > 60:
        return None
    return _iso_date(text) or _written_date(text)


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _written_date(text: str) -> date | None:
    """Read `text` in every way it can be read; only one answer to all of them is a statement."""
    readings = set()
    for day_first in (True, False):
        for default in (datetime(2000, 1, 1), datetime(2004, 2, 2)):
            try:
                readings.add(parser.parse(text, dayfirst=day_first, default=default).date())
            except (ValueError, OverflowError):
                return None
    reading = readings.pop()
    return reading if not readings and reading.year >= _EARLIEST else None


def split_date_line(text: str) -> tuple[date | None, str]:
    """Take a publication date off the first line, as in ` date 2022-05-01 The title…`.

    Gives the date, or None where the first line does not begin with one, and the text without it.
    """
    first, _, rest = text.partition("\n")
    match = _DATE_LINE.fullmatch(first)
    published = _iso_date(match["labelled"] or match["alone"]) if match else None
    if match is None or published is None:
        return None, text
    return published, f"{match['rest'] or ''}\n{rest}".strip("\n")


def page_date(page: Any) -> date | None:
    """Give the publication date in the metadata of a parsed HTML page (an lxml element).

    htmldate also searches visible text and pictures, which is where wrong dates come from, so it
    is shown only the page's metadata: meta elements, JSON-LD, the canonical address, and `time`
    elements marked as the date of publication.
    """
    from htmldate import find_date  # half a second to import: only for HTML

    found = find_date(_metadata_only(page), extensive_search=False, original_date=True)
    return stated_date(found)


def _metadata_only(page: Any) -> Any:
    from lxml.html import Element

    bare = Element("html")
    head = Element("head")
    bare.append(head)
    for path in (".//meta", './/link[@rel="canonical"]', './/script[@type="application/ld+json"]'):
        for element in page.findall(path):
            copied = deepcopy(element)
            copied.tail = None
            head.append(copied)
    for element in page.findall(".//time[@datetime]"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            head.append(
                Element(
                    "meta",
                    {"property": "article:published_time", "content": element.get("datetime")},
                )
            )
    return bare
