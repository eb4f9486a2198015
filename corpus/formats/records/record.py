"""Records: JSON objects with the field names of BEIR or common news feeds, and `Article`s."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b

from ...article import Article
from ...errors import BrokenRecord, NoText, ReadingError
from ...text.cleaning import normalise, one_line, unwrap, without_furniture
from ..dating import stated_date
from ..plain import first_words
from ..tables import with_tables_spelled_out

_ID = ("_id", "id")
_TITLE = ("title", "headline")
_TEXT = ("text", "body", "content", "articleBody", "maintext")
_SOURCE = ("source", "outlet", "publisher", "sitename", "source_name")
_URL = ("url", "link", "source_url")
_PUBLISHED = (
    "published", "published_at", "publishedAt", "date", "date_published", "datePublished",
    "publication_date", "pubDate",
)  # fmt: skip
_AUTHORS = ("authors", "author", "byline")
_TAGS = ("tags", "keywords")
_LISTS = ("articles", "documents", "items", "data")


def records_in(value: object) -> list[object]:
    """Return the records in a parsed JSON file: those of a list, of an object with one, or one."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and not any(key in value for key in _TEXT):
        for key in _LISTS:
            if isinstance(value.get(key), list):
                return value[key]
    return [value]


def read_record(record: object, where: str, known_as: str | None = None) -> Article | ReadingError:
    """Return the article in a record, or the error that says why there is none.

    `where` names the record in errors. `known_as` is the id of one without an id or address.
    """
    if not isinstance(record, Mapping):
        return BrokenRecord(where=where, reason=f"expected an object, found {_kind(record)}")
    fields = _Fields(record)
    if not fields.has(_TEXT):
        expected = " or ".join(repr(name) for name in _TEXT[:3])
        return BrokenRecord(where=where, reason=f"it has no field {expected}")
    values = list(fields.values(_TEXT))
    texts = [text for text in map(_text_of, values) if text is not None]
    if values and not texts:
        return BrokenRecord(where=where, reason=f"its text is {_kind(values[0])}, not a string")
    body = _cleaned(texts[0]) if texts else ""
    return make_article(record, body, where, known_as)


def _cleaned(text: str) -> str:
    return unwrap(without_furniture(unwrap(with_tables_spelled_out(normalise(text)))))


def make_article(
    record: Mapping[str, object], body: str, where: str, known_as: str | None = None
) -> Article | ReadingError:
    """Return an article of a clean text and the fields that came with it."""
    if not body:
        return NoText(where=where)
    fields = _Fields(record)
    title, url = fields.line(_TITLE) or "", fields.line(_URL)
    return Article(
        id=fields.line(_ID) or (None if url else known_as) or _made_id(url, title, body),
        title=title or first_words(body),
        text=body,
        source=fields.line(_SOURCE),
        url=url,
        published=fields.day(_PUBLISHED),
        event=fields.day(("event",)),
        form=fields.line(("form",)),
        authors=tuple(dict.fromkeys(fields.lines(_AUTHORS))),
        tags=tags_of(fields.tags()),
    )


def read_article(article: Article, where: str) -> Article | ReadingError:
    """Return an `Article` with clean text, or the error that says what is wrong with it."""
    for name in ("id", "title", "text", "source", "url", "form"):
        value = getattr(article, name)
        if not isinstance(value, str) and (value is not None or name in ("id", "title", "text")):
            return BrokenRecord(where=where, reason=f"its {name} is {_kind(value)}, not a string")
    for name in ("authors", "tags"):
        value = getattr(article, name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            return BrokenRecord(where=where, reason=f"its {name} are not a list of names")
    for name in ("published", "event"):
        if not isinstance(getattr(article, name), date | None):
            return BrokenRecord(where=where, reason=f"its {name} is not a datetime.date")
    id, text = one_line(article.id), normalise(article.text)
    if not text.strip():
        return NoText(where=where)
    if not id:
        return BrokenRecord(where=where, reason="its id is empty")
    return Article(
        id=id,
        title=one_line(article.title) or first_words(text),
        text=text,
        source=one_line(article.source or "") or None,
        url=one_line(article.url or "") or None,
        published=_day(article.published),
        event=_day(article.event),
        form=one_line(article.form or "") or None,
        authors=tuple(one_line(str(author)) for author in article.authors),
        tags=tags_of(article.tags),
    )


def tags_of(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return one tag or several on one line each, every one once."""
    listed = [names] if isinstance(names, str) else map(str, names)
    return tuple(dict.fromkeys(filter(None, map(one_line, listed))))


def _day(day: date | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day


def _made_id(url: str | None, title: str, body: str) -> str:
    """Return the id of a record without one: a hash of its address, or else of its words."""
    return blake2b((url or f"{title}\n{body}").encode(), digest_size=8).hexdigest()


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        type(None): "null",
        bool: "true or false",
    }
    return names.get(type(value), "a number")


def _text_of(value: object) -> str | None:
    """Return the text in a field: a string or a list of paragraphs; None where it is neither."""
    if isinstance(value, list):
        parts = [part for part in value if isinstance(part, str)]
        return "\n\n".join(parts) if len(parts) == len(value) else None
    return value if isinstance(value, str) else None


class _Fields:
    """The fields of a record or of its `metadata`, by any of their usual names."""

    def __init__(self, record: Mapping[str, object]) -> None:
        metadata = record.get("metadata")
        self._places = [record, metadata] if isinstance(metadata, Mapping) else [record]

    def has(self, names: tuple[str, ...]) -> bool:
        return any(name in place for place in self._places for name in names)

    def values(self, names: tuple[str, ...]) -> Iterator[object]:
        for place in self._places:
            for name in names:
                if place.get(name) not in (None, "", []):
                    yield place[name]

    def line(self, names: tuple[str, ...]) -> str | None:
        return next(iter(self.lines(names)), None)

    def lines(self, names: tuple[str, ...]) -> Iterator[str]:
        """Yield the values on one line each: of a list its members, of an object its `name`."""
        for value in self.values(names):
            for item in value if isinstance(value, list) else [value]:
                part = item.get("name") if isinstance(item, Mapping) else item
                if isinstance(part, str | int | float | date) and one_line(str(part)):
                    yield one_line(str(part))

    def tags(self) -> Iterator[str]:
        """Yield the tags: a list has one in each member, a string has commas between them."""
        for value in self.values(_TAGS):
            named = value.split(",") if isinstance(value, str) else value
            yield from _Fields({"tags": named}).lines(("tags",))

    def day(self, names: tuple[str, ...]) -> date | None:
        return next((day for day in map(stated_date, self.values(names)) if day), None)
