"""The date of publication of an HTML page: where pages state it, or unknown.

Dates in sentences and captions belong to what the article reports, and dates of change to the
page, so none of them is used.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from ..markup.date_labels import is_updated, published_part
from ..markup.parsing import kinds_of, linked_data, unread_linked_data
from ..text.cleaning import one_line
from .dating import BY_ADDRESS, day_in_address, stated_date, stated_time

_META_NAMES = (
    *("article:published_time", "og:published_time", "og:article:published_time"),
    *("article:published", "article.published", "datepublished", "rnews:datepublished"),
    *("publication_date", "publication-date", "publicationdate", "originalpublicationdate"),
    *("publish_date", "publish-date", "publishdate", "published_date", "published-date"),
    *("date_published", "date-published", "published_time", "published_at", "publish_time"),
    *("pubdate", "pub_date", "og:pubdate", "bt:pubdate", "ptime", "displaydate"),
    *("article_date_original", "article-publication-date", "citation_publication_date"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    "dc.date.published",
)
# They may also tell when the page was made, or changed.
_VAGUE_NAMES = ("dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "date")
_CHANGED_NAMES = (
    *("article:modified_time", "og:updated_time", "article:modified", "datemodified"),
    *("last-modified", "lastmod", "dcterms.modified", "dc.date.modified"),
)
_ARTICLE_KINDS = re.compile(r".*Article|(?:Live|Social|Media|Blog)+Posting|Report")
_PAGE_KINDS = re.compile(r"(?:Item|Collection|Checkout)?Page|WebPage|ItemPage")
_UNREAD_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_MARKED = (
    '//*[@itemprop="datePublished" or self::time[@pubdate]'
    ' or (self::time or self::abbr) and contains(concat(" ", @class, " "), " published ")]'
)
_DATED_CLASS = re.compile(
    r"(?:^|\s)(?:(?:entry|post|article|story|news)[-_]{1,2}(?:date|published|pubdate|publish-date)"
    r"|field--name-(?:created|field-(?:publication-|publish-)?date)|pub-?date|publish(?:ed)?[-_](?:date|on|at|time)|date[-_]published|dt-published)(?:\s|$)",
    re.IGNORECASE,
)
_BYLINE = (
    "//time | //*[contains(@class, 'date') or contains(@class, 'time') or"
    " contains(@class, 'byline') or contains(@class, 'publish')]"
    "[not(.//p) and string-length(.) < 200]"
)
_WRITTEN = re.compile(
    r"[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?,?\s+\d{4}"
    r"|\d{4}-\d\d-\d\d"
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|fecha|data|tarih|time|timestamp|byline|dateline|meta|publish\w*)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"updat|modif")
_SLASHES = re.compile(r"^(\d\d?)/(\d\d?)/(\d{4})(?!\d)")
_DAY_FIRST = frozenset(
    "ar az be bg ca cs da de el es et fa fi fr he hr id it ka kk lv nb nl nn no pl pt ro ru sk sl"
    " sr sv tr uk vi".split()
)
_DAY_FIRST_HERE = frozenset(("en-gb", "en-au", "en-ie", "en-nz"))
_LABEL = 40  # characters before a date that may say what it is of
_LINE = 120
_PARAGRAPH = 80  # characters; a shorter one may be the line of the author
_DAY = timedelta(days=1)
_WHOLE_OFFSET = timedelta(minutes=15)
_MOST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published: its local day, and the time with its zone where it states one.

    `dated_by` is BY_ADDRESS where the day is taken from the page's address, else None.
    """

    day: date | None
    time: datetime | None = None
    dated_by: str | None = None


def publication_of(page: Any, url: str | None = None) -> Publication | None:
    """Return when a page, an lxml element, was published, or None where it does not tell.

    What is marked as the date of publication comes first: linked data, meta elements and elements
    with `itemprop="datePublished"` and the like; then dates that may be others, such as
    `<time>`, if all on the page agree; then a day in the address. A time in UTC gives the day that
    the page or its address has beside it: an evening in New York is the next day in UTC.
    """
    meta = _meta_of(page)
    in_address = day_in_address(url) if url else None
    stated = _first_dated(_as_written(page, _stated(page, meta)))
    if stated is None:
        stated = _first_dated(_as_written(page, _vaguely_stated(page, meta)))
        vague = stated_date(stated)
        if in_address and (vague is None or abs(in_address - vague) > _DAY):
            return Publication(in_address, dated_by=BY_ADDRESS)
    day, time = stated_date(stated), stated_time(stated)
    if day is None or time is None or time.utcoffset() != timedelta(0):
        return Publication(day, time) if day else None
    local = _local(page, meta, time)
    if local is not None:
        return Publication(local.date(), local)
    if in_address and abs(in_address - day) == _DAY:
        return Publication(in_address, time, BY_ADDRESS)
    return Publication(_printed_day(page, day) or day, time)


def _first_dated(values: Iterable[object]) -> object:
    return next((value for value in values if stated_date(value)), None)


def _stated(page: Any, meta: dict[str, str]) -> Iterator[object]:
    """Yield the values that may state the date of publication, the surest first."""
    linked = list(_linked_dates(page, _ARTICLE_KINDS))
    changed = {meta[name] for name in _CHANGED_NAMES if name in meta}
    named = [meta[name] for name in _META_NAMES if name in meta]
    # Some pages set the time of publication anew whenever they change.
    yield from (value for value in named if value not in changed or not linked)
    yield from linked
    yield from named
    yield from _agreeing(page, _marked_dates(page))
    yield from _linked_dates(page, _PAGE_KINDS)
    yield from _agreeing(page, _unread_linked_dates(page))
    yield from _agreeing(page, _classed_dates(page))
    below = list(_below_heading(page))
    yield from _agreeing(page, _times(one for one in below if one.tag == "time"))
    yield from _agreeing(page, _times(one for one in below if one.tag != "time"))


def _vaguely_stated(page: Any, meta: dict[str, str]) -> Iterator[object]:
    yield from (meta[name] for name in _VAGUE_NAMES if name in meta)
    yield from _agreeing(page, _times(page.iter("time")))


def _agreeing(page: Any, values: Iterable[object]) -> Iterator[object]:
    """Yield the first of some values if all state one day: of several, most are of others."""
    dated = [value for value in _as_written(page, values) if stated_date(value)]
    if len({stated_date(value) for value in dated}) == 1:
        yield dated[0]


def _meta_of(page: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name = element.get(key, "").strip().lower()
            if name and element.get("content"):
                found.setdefault(name, element.get("content").strip())
    return found


def _linked_dates(page: Any, kinds: re.Pattern[str]) -> Iterator[object]:
    for thing in linked_data(page):
        if any(map(kinds.fullmatch, kinds_of(thing))):
            yield thing.get("datePublished")


def _unread_linked_dates(page: Any) -> Iterator[str]:
    """Yield the dates in linked data about an article that is not quite JSON."""
    for text in unread_linked_data(page):
        if any(f'"{kind}"' in text for kind in ("NewsArticle", "Article", "BlogPosting")):
            yield from _UNREAD_LINKED_DATA.findall(text)


def _marked_dates(page: Any) -> Iterator[object]:
    for element in page.xpath(_MARKED):
        yield (
            element.get("datetime")
            or element.get("content")
            or element.get("title")
            or published_part(one_line(element.text_content()))
        )


def _classed_dates(page: Any) -> Iterator[object]:
    for element in page.xpath("//body//*[@class]"):
        if _DATED_CLASS.search(element.get("class")):
            inner = list(_times(element.iter("time")))
            yield inner[0] if inner else published_part(one_line(element.text_content()))[:61]


def _below_heading(page: Any) -> Iterator[Any]:
    """Yield what may have a date between the only first-level heading and the first paragraph."""
    headings = page.xpath("//body//h1")
    if len(headings) != 1:
        return
    for element in headings[0].xpath("following::*[self::time or self::p or @class]"):
        length = len(one_line(element.text_content()))
        if element.tag == "p" and length >= _PARAGRAPH:
            return
        if element.tag == "time" or (
            length < _LINE and _DATE_CLASS.search(element.get("class", ""))
        ):
            yield element


def _times(elements: Iterable[Any]) -> Iterator[str]:
    """Yield what elements state as a date, but for those of a change."""
    for element in elements:
        if not _is_of_change(element):
            words = published_part(one_line(element.text_content()))
            yield element.get("datetime") or words[:61]


def _is_of_change(element: Any) -> bool:
    """Return whether an element, or the words before it, say that its date is of a change."""
    names = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
    if _CHANGE.search(names) and "publish" not in names:
        return True
    before, around = element.getprevious(), element.getparent()
    words = (before.tail if before is not None else around.text if around is not None else "") or ""
    if before is not None and not words.strip():
        words = one_line(before.text_content())[-_LABEL:]
    return is_updated(one_line(words)[-_LABEL:])


def _as_written(page: Any, values: Iterable[object]) -> Iterator[object]:
    """Yield dates as the page's language writes them: with slashes, the day is first in most."""
    language = (page.get("lang") or "").lower()
    day_first = language in _DAY_FIRST_HERE or language.split("-")[0] in _DAY_FIRST
    for value in values:
        is_text = day_first and isinstance(value, str)
        yield _SLASHES.sub(r"\1.\2.\3", str(value)) if is_text else value


def _local(page: Any, meta: dict[str, str], time: datetime) -> datetime | None:
    """Return a time in UTC as the page states it elsewhere in its own zone, or None."""
    values = [
        *meta.values(),
        *_linked_dates(page, _ARTICLE_KINDS),
        *_linked_dates(page, _PAGE_KINDS),
    ]
    values += [element.get("datetime") for element in page.iter("time")]
    times = [found for found in map(stated_time, values) if found]
    for found in times:
        if found.utcoffset() and found == time:
            return found
    for found in times:  # the same moment without a zone: it is the local one
        offset = found.replace(tzinfo=UTC) - time
        is_whole = abs(offset) <= _MOST_OFFSET and not offset % _WHOLE_OFFSET
        if found.tzinfo is None and offset and is_whole:
            return time.astimezone(timezone(offset))
    offsets = {offset for found in times if (offset := found.utcoffset())}
    return time.astimezone(timezone(offsets.pop())) if len(offsets) == 1 else None


def _printed_day(page: Any, day: date) -> date | None:
    """Return the day that the page shows, where that is the one before or after `day`."""
    shown = set()
    for element in page.xpath(_BYLINE):
        shown.update(map(stated_date, _WRITTEN.findall(one_line(element.text_content()))))
    near = shown & {day - _DAY, day, day + _DAY}
    return near.pop() if len(near) == 1 else None
