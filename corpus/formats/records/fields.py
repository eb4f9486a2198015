"""The fields of a record, under any of the names that they have in feeds, exports and data sets.

Names are compared without case, spaces and marks: `publishedAt`, `Published at` and `published_at`
are one name. A name with points goes down: `headline.main`.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from ...errors import ColumnsUnusable
from ...text.cleaning import one_line
from ..dating import stated_date, stated_time

ID = ("id", "uuid", "uri", "guid", "articleid", "docid", "documentid")
TITLE = (
    "title", "headline", "headline.main", "webtitle", "headlines", "fields.headline",
    "articletitle", "titlepage", "newstitle", "heading", "titel", "titre", "titulo", "título",
    "titolo", "başlık", "baslik", "заголовок", "name",
)  # fmt: skip
TEXT = (
    "text", "body", "content", "articlebody", "maintext", "fulltext", "bodytext", "fields.bodytext",
    "bodyxhtml", "bodyhtml", "contenttext", "contenthtml", "bodies", "article", "document", "story",
    "articletext", "articlecontent", "fullcontent", "fullarticle", "newstext", "newscontent",
    "plaintext", "cleanedtext", "rawtext", "contents", "postcontent", "paragraphs", "html",
    "fields.body", "storytext", "storybody", "newsbody", "metin", "içerik", "icerik", "inhalt",
    "texte", "texto", "testo", "текст",
)  # fmt: skip
SUMMARY = (
    "leadparagraph", "abstract", "description", "summary", "snippet", "excerpt", "fields.trailtext",
    "trailtext", "shortdescription", "descriptiontext", "lead", "teaser", "standfirst",
)  # fmt: skip
SOURCE = (
    "source", "outlet", "publisher", "sitename", "sourcename", "sourcehostname", "publication",
    "fields.publication", "publicationname", "publicationtitle", "newspaper", "media",
    "medianame", "provider", "infosources", "journal", "website", "metasitename", "thread.site",
    "cleanurl", "yoastheadjson.ogsitename",
    "quelle", "kaynak", "fuente", "источник", "джерело",
    "sourcedomain", "hostname", "domain", "site", "sourceid", "feedtitle",
)  # fmt: skip
URL = (
    "url", "link", "weburl", "articleurl", "canonicalurl", "permalink", "shorturl",
    "links.permalink", "mainentityofpage",
    "sourceurl",
)  # fmt: skip
PUBLISHED = (
    "published", "publishedat", "publishedon", "date", "datepublished", "publicationdate",
    "pubdate", "publishdate", "publisheddate", "datepublish", "webpublicationdate", "datetimepub",
    "publishtime", "publishedtime", "publisheddatetime", "publisheddatetimeutc", "datetime",
    "seendate", "articledate", "thread.published",
    "firstcreated", "contentcreated", "versioncreated", "publishedutc", "timestamp", "datum",
    "tarih", "fecha", "дата", "created", "createdat", "datecreated", "createdutc",
)  # fmt: skip
AUTHORS = ("authors", "author", "byline", "by", "creator", "embedded.author", "fields.byline",
           "writer", "bylines", "authorsbyline")  # fmt: skip
TAGS = ("tags", "keywords", "keyword", "taxonomies.tags")
FIELDS = {
    "id": ID, "title": TITLE, "text": TEXT, "source": SOURCE, "url": URL, "published": PUBLISHED,
    "event": ("event",), "form": ("form",), "authors": AUTHORS, "tags": TAGS,
}  # fmt: skip

_PLACES = ("metadata", "meta", "extra", "params")
# Of an object that stands for a value, these hold it, the first of them that it has.
_INSIDE = ("value", "rendered", "original", "name", "title", "uri", "domain", "text", "html", "id",
           "@id")  # fmt: skip
_NOTHING = ("", "nan", "NaN", "None", "null", "NULL", "N/A", "[]", "NaT", "[Removed]")
_TIME = ("publishedat", "datetime")
_DAY = timedelta(days=1)
_ADDRESS = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)


@lru_cache(4096)
def plain_name(name: str) -> str:
    """Return a field's name as names are compared.

    >>> plain_name("publishedAt"), plain_name("Pub Date"), plain_name("_id")
    ('publishedat', 'pubdate', 'id')
    """
    return "".join(filter(str.isalnum, name.lower()))


class Fields:
    """The fields of a record and of its `metadata`, by any of their usual names.

    `columns` says which of the record's own names holds what, before all others.
    """

    def __init__(
        self, record: Mapping[str, object], columns: Mapping[str, str] | None = None
    ) -> None:
        self._columns = columns or {}
        self._record = record
        self._places = [_plainly_named(record)]
        for name in _PLACES:
            place = self._places[0].get(name)
            if isinstance(place, Mapping):
                self._places.append(_plainly_named(place))

    def has(self, field: str) -> bool:
        """Return whether there is a field of this kind, be it empty."""
        if field in self._columns:
            return self._columns[field] in self._record
        return any(name in place for place in self._places for name in FIELDS[field])

    def values(self, field: str, names: tuple[str, ...] | None = None) -> Iterator[object]:
        """Yield what the fields of a kind hold, the most usual one first, without empty ones."""
        if field in self._columns:
            found = iter([simple(self._record.get(self._columns[field]))])
        else:
            found = self._found(names or FIELDS[field])
        yield from (value for value in found if not is_nothing(value))

    def _found(self, names: tuple[str, ...]) -> Iterator[object]:
        for place in self._places:
            for name in names:
                if name in place or ("." in name and name.partition(".")[0] in place):
                    yield simple(_at(place, name))

    def line(self, field: str) -> str | None:
        """Return the first value of a field, on one line."""
        return next(iter(self.lines(field)), None)

    def lines(self, field: str) -> Iterator[str]:
        """Yield the values of a field on one line each: of a list, its members."""
        for value in self.values(field):
            for item in value if isinstance(value, list) else [value]:
                part = one_line(str(inside(item))) if _is_scalar(inside(item)) else ""
                if part and part not in _NOTHING:
                    yield part

    def day(self, field: str) -> date | None:
        """Return the day that a field states, or None."""
        days = (stated_date(_moment(value)) for value in self.values(field))
        return next((day for day in days if day), None)

    def time(self, field: str) -> datetime | None:
        """Return the time of the day that a field states, or None; midnight stands for no time."""
        days = (value for value in map(_moment, self.values(field)) if stated_date(value))
        found = stated_time(next(days, None)) or self._time_beside(self.day(field))
        return found if found and found.time() != time() else None

    def _time_beside(self, day: date | None) -> datetime | None:
        """Return the time of a day that is stated in a field of its own.

        The day is the local one, so in the zone of the time it may be the one before or after.
        """
        stated = next(self.values("published", _TIME), None)
        found = stated_time(_moment(stated))
        return found if found and day and abs(found.date() - day) <= _DAY else None

    def outlet(self) -> str | None:
        """Return the outlet's name; of one that only has an address, its domain."""
        named = list(self.lines("source"))
        return next((name for name in named if not _ADDRESS.match(name)), None) or next(
            (domain for name in named if (domain := domain_of(name))), None
        )

    def address(self) -> str | None:
        """Return the article's address."""
        stated = self.line("url")
        others = (name for name in self.lines("source") if _ADDRESS.match(name))
        return stated or next((name for name in others if urlsplit(name).path.strip("/")), None)


def columns_from(written: str) -> Mapping[str, str]:
    """Return which column holds what, from text. Raises ColumnsUnusable.

    >>> columns_from("title=headline, text=body")
    {'title': 'headline', 'text': 'body'}
    """
    pairs = [pair.partition("=") for pair in written.split(",") if pair.strip()]
    if not pairs or not all(mark and column.strip() for _, mark, column in pairs):
        reason = "each field needs “=” and the name of a column"
        raise ColumnsUnusable(given=written, reason=reason, known=", ".join(FIELDS))
    return checked_columns({field.strip(): column.strip() for field, _, column in pairs})


def checked_columns(columns: Mapping[str, str]) -> Mapping[str, str]:
    """Return `columns` if they name fields of articles. Raises ColumnsUnusable."""
    unknown = next((field for field in columns if field not in FIELDS), None)
    if unknown is not None:
        given = ",".join(f"{field}={column}" for field, column in columns.items())
        reason = f"articles have no field {unknown!r}"
        raise ColumnsUnusable(given=given, reason=reason, known=", ".join(FIELDS))
    return columns


def domain_of(address: str) -> str | None:
    """Return the domain in an address, without "www.".

    >>> domain_of("https://www.post.example/a1")
    'post.example'
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _plainly_named(record: Mapping[str, object]) -> dict[str, object]:
    named: dict[str, object] = {}
    for name, value in record.items():
        named.setdefault(plain_name(str(name)), value)
    return named


def _at(place: Mapping[str, object], name: str) -> object:
    first, _, rest = name.partition(".")
    value = place.get(first)
    if not rest:
        return value
    if isinstance(value, list):
        value = value[0] if value else None
    return _at(_plainly_named(value), rest) if isinstance(value, Mapping) else None


def is_nothing(value: object) -> bool:
    """Return whether a value says nothing: null, NaN, "" or the words for them."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or value == [] or (isinstance(value, str) and value.strip() in _NOTHING)


def simple(value: object) -> object:
    """Return a value without the wrapping of MongoDB's extended JSON.

    >>> simple({"$oid": "6553b6f0"}), simple({"$date": {"$numberLong": "1699466400000"}})
    ('6553b6f0', 1699466400000)
    """
    while isinstance(value, Mapping) and len(value) == 1:
        ((name, held),) = value.items()
        if not str(name).startswith("$"):
            break
        is_number = name in ("$numberLong", "$numberInt") and str(held).lstrip("-").isdigit()
        value = int(str(held)[:20]) if is_number else held
    return value


def inside(value: object) -> object:
    """Return the value that an object stands for: its `name`, its `rendered` text and so on."""
    value = simple(value)
    if not isinstance(value, Mapping):
        return value
    held = (value.get(name) for name in _INSIDE)
    return next((one for one in held if not is_nothing(one) and not isinstance(one, dict)), None)


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)


def _moment(value: object) -> object:
    """Return the value of a date field, without the object that it may be in."""
    if isinstance(value, Mapping):
        value = value.get("date") or inside(value)
    return None if isinstance(value, bool) else value
