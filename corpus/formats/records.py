"""JSON records, whatever their fields are called: ours, BEIR's, and those of common news feeds."""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b

from ..article import Article
from ..errors import BrokenRecord, NoText, ReadingError
from ..text.cleaning import normalise, one_line, unwrap, without_furniture
from .dating import stated_date
from .plain import first_words

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
_LISTS = ("articles", "documents", "items", "data")


def records_in(value: object) -> list[object]:
    """Give the article records in a parsed JSON file: a list, an object that holds one, or one."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and not any(key in value for key in _TEXT):
        for key in _LISTS:
            if isinstance(value.get(key), list):
                return value[key]
    return [value]


def read_record(record: object, where: str, known_as: str | None = None) -> Article | ReadingError:
    """Make an article of one record; `where` names it in errors.

    `known_as` is its id where it names neither an id nor an address of its own.
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
    body = unwrap(without_furniture(unwrap(normalise(texts[0])))) if texts else ""
    return make_article(record, body, where, known_as)


def make_article(
    record: Mapping[str, object], body: str, where: str, known_as: str | None = None
) -> Article | ReadingError:
    """Make an article of a text that is clean already, and the fields that came with it."""
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
    )


def _made_id(url: str | None, title: str, body: str) -> str:
    """A record without an id is known by its address, or else by its words."""
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
    """Give the text in a field: a string, or paragraphs in a list; None where it is neither."""
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
        """Single lines of text: a list's members, and the `name` of an object, count as such."""
        for value in self.values(names):
            for item in value if isinstance(value, list) else [value]:
                part = item.get("name") if isinstance(item, Mapping) else item
                if isinstance(part, str | int | float | date) and one_line(str(part)):
                    yield one_line(str(part))

    def day(self, names: tuple[str, ...]) -> date | None:
        return next((day for day in map(stated_date, self.values(names)) if day), None)
