"""One record as an article: a JSON object, a row of a table, front matter, or an `Article`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b
from html import unescape

from ...article import Article
from ...errors import BrokenRecord, NoText, ReadingError
from ...markup.bounds import MarkupUnusable
from ...text.cleaning import normalise, one_line, unwrap, without_furniture
from ..dating import BY_ADDRESS, day_in_address
from ..fragments import is_markup, text_of_markup
from ..plain import first_words
from ..tables import with_tables_spelled_out
from .fields import SUMMARY, Fields, inside
from .rich_text import is_rich_text, text_of_blocks

EXCERPT = "excerpt"  # the form of an article of which only a part is there
HEADLINE = "headline"  # the form of one of which only the headline is there

# "… [+1234 chars]", "[…]": a news API or a blog gives the beginning only.
_CUT = re.compile(
    r"\s*(?:…|\.{3})?\s*\[(?:\+?[\d,]+ (?:more )?char(?:acter)?s?|…|\.{3})\]"
    r"(?:\s*(?:read more|continue reading)\W*)?\s*$",
    re.IGNORECASE,
)
_PLACEHOLDERS = re.compile(r"ONLY AVAILABLE IN .{0,40} PLANS?|\[Removed\]", re.IGNORECASE)
_BY = re.compile(r"by[\s:]+(?=\S)", re.IGNORECASE)
_LEAD = ("leadparagraph",)  # the article itself, where the others tell of it
_DATED_BY = ("datedby",)
_PROSE = ("sanitized_html", "paragraph", "text", "html", "raw_html", "subhead")
_EXPECTED = "it has no field 'text' or 'body' or 'content'"


def read_record(
    record: object,
    where: str,
    known_as: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Article | ReadingError:
    """Return the article in a record, or the error that says why there is none.

    `where` names the record in errors. `known_as` is the id of one without an id or address.
    `columns` says which of the record's fields hold what. A record that only has a summary, or
    text that is cut off, is an article of the form "excerpt"; one that has a headline, an
    address and a day alone, of the form "headline".
    """
    if not isinstance(record, Mapping):
        return BrokenRecord(where=where, reason=f"expected an object, found {_kind(record)}")
    fields = Fields(record, columns)
    try:
        found = _text_in(fields, where)
        if isinstance(found, ReadingError):
            return found
        text, form = found
        return _article(fields, text, where, known_as, form)
    except MarkupUnusable as error:
        return BrokenRecord(where=where, reason=str(error))


def make_article(
    record: Mapping[str, object], body: str, where: str, known_as: str | None = None
) -> Article | ReadingError:
    """Return an article of a clean text and the fields that came with it."""
    return _article(Fields(record), body, where, known_as)


def cleaned(text: str) -> str:
    """Return a text without markup, page furniture and line breaks at a fixed width."""
    text = text_of_markup(text) if is_markup(text) else text
    return unwrap(without_furniture(unwrap(with_tables_spelled_out(normalise(text)))))


def _text_in(fields: Fields, where: str) -> tuple[str, str | None] | ReadingError:
    """Return the text of a record and the form that follows from it, or why it has none."""
    values = list(fields.values("text"))
    texts = [text for text in map(_text_of, values) if text is not None]
    lead = next(filter(None, map(_text_of, fields.values("text", _LEAD))), None)
    summaries = map(_text_of, fields.values("text", SUMMARY))
    summary = lead or max((text for text in summaries if text), key=len, default="")
    full = next((text for text in texts if not _PLACEHOLDERS.fullmatch(text.strip())), None)
    if full is not None:
        full = cleaned(full)
        if not _CUT.search(full):
            return full, None
    if full is not None or summary:
        parts = (_CUT.sub("", text) for text in (full or "", cleaned(summary)))
        return max(parts, key=len), EXCERPT
    if values and not texts:
        return BrokenRecord(where=where, reason=f"its text is {_kind(values[0])}, not a string")
    if fields.line("title") and fields.address() and fields.day("published"):
        return fields.line("title") or "", HEADLINE
    return (
        NoText(where=where) if fields.has("text") else BrokenRecord(where=where, reason=_EXPECTED)
    )


def _article(
    fields: Fields, body: str, where: str, known_as: str | None, form: str | None = None
) -> Article | ReadingError:
    if not body:
        return NoText(where=where)
    source, url = fields.outlet(), fields.address()
    published, time, dated_by = _publication(fields, url)
    title = _title(fields.line("title") or "", source)
    return Article(
        id=_stated_id(fields, url) or (None if url else known_as) or made_id(url, title, body),
        title=title or first_words(body),
        text=body,
        source=source,
        url=url,
        published=published,
        event=fields.day("event"),
        form=fields.line("form") or form,
        authors=tuple(dict.fromkeys(_authors(fields))),
        tags=tags_of(_tags(fields)),
        published_at=time,
        dated_by=dated_by,
    )


def _publication(
    fields: Fields, url: str | None
) -> tuple[date | None, datetime | None, str | None]:
    """Return the day, its time, and BY_ADDRESS where the day is from the article's address.

    News APIs give the time in UTC, in which an evening in New York is the next day.
    """
    day, time = fields.day("published"), fields.time("published")
    if day and next(fields.values("dated_by", _DATED_BY), None) == BY_ADDRESS:
        return day, time, BY_ADDRESS
    if day and time and url and time.utcoffset() == timedelta(0):
        in_address = day_in_address(url)
        if in_address and abs(in_address - day) == timedelta(days=1):
            return in_address, time, BY_ADDRESS
    return day, time, None


def _stated_id(fields: Fields, url: str | None) -> str | None:
    """Return the id of a record; WordPress numbers the articles of each site from 1."""
    is_of_wordpress = any(isinstance(title, Mapping) for title in fields.values("title"))
    stated = fields.line("id")
    return None if url and is_of_wordpress and stated and stated.isdigit() else stated


def _title(stated: str, source: str | None) -> str:
    title = one_line(text_of_markup(stated) if is_markup(stated) else unescape(stated))
    for mark in (" - ", " – ", " — ", " | ", " :: "):
        if source and title.lower().endswith(f"{mark}{source}".lower()):
            return title[: -len(mark + source)].rstrip() or title
    return title


def _authors(fields: Fields) -> Iterable[str]:
    for line in fields.lines("authors"):
        for name in line.split(";"):
            name = one_line(unescape(_BY.sub("", name.strip(), count=1)))
            if any(map(str.isalpha, name)):  # WordPress and others give a number
                yield name


def _tags(fields: Fields) -> Iterable[str]:
    """Yield the tags: a list has one in each member, a string has commas between them."""
    for value in fields.values("tags"):
        items = value.split(",") if isinstance(value, str) else value
        items = items if isinstance(items, list) else [items]
        if len(items) > 1 and all(isinstance(item, int) for item in items):
            continue  # numbers of tags, as WordPress has them
        yield from Fields({"tags": items}).lines("tags")


def read_article(article: Article, where: str) -> Article | ReadingError:
    """Return an `Article` with clean text, or the error that says what is wrong with it."""
    if wrong := _wrong_in(article):
        return BrokenRecord(where=where, reason=wrong)
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
        published=_day(article.published or article.published_at),
        event=_day(article.event),
        form=one_line(article.form or "") or None,
        authors=tuple(one_line(str(author)) for author in article.authors),
        tags=tags_of(article.tags),
        captions=tuple(filter(None, (one_line(str(caption)) for caption in article.captions))),
        published_at=article.published_at,
        dated_by=article.dated_by,
    )


def _wrong_in(article: Article) -> str | None:
    """Return what is of the wrong type in an `Article`, or None."""
    for name in ("id", "title", "text", "source", "url", "form"):
        value = getattr(article, name)
        if not isinstance(value, str) and (value is not None or name in ("id", "title", "text")):
            return f"its {name} is {_kind(value)}, not a string"
    for name in ("authors", "tags"):
        value = getattr(article, name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            return f"its {name} are not a list of names"
    for name in ("published", "event"):
        if not isinstance(getattr(article, name), date | None):
            return f"its {name} is not a datetime.date"
    if not isinstance(article.published_at, datetime | None):
        return "its published_at is not a datetime.datetime"
    if article.dated_by not in (None, BY_ADDRESS):
        return "its dated_by is neither None nor 'address'"
    return None


def tags_of(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return one tag or several on one line each, every one once."""
    listed = [names] if isinstance(names, str) else map(str, names)
    return tuple(dict.fromkeys(filter(None, map(one_line, listed))))


def _day(day: date | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day


def made_id(url: str | None, title: str, body: str) -> str:
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
    """Return the text in a field: a string, what stands for one, or a list of paragraphs.

    None where it is none of these. Of a list of renditions of one text, the first counts.
    """
    if isinstance(value, list):
        if value and all(isinstance(item, Mapping) and "role" in item for item in value):
            return _text_of(next((item for item in value if item["role"] == "main"), value[0]))
        if value and all(isinstance(item, Mapping) and _is_block(item) for item in value if item):
            prose = [block.get("content") for block in value if block and _is_prose(block)]
            if not prose:
                return text_of_blocks(value)
            value = prose
        parts = [_text_of(part) for part in value]
        texts = [part for part in parts if part is not None]
        return "\n\n".join(texts) if len(texts) == len(parts) else None
    if is_rich_text(value):
        return text_of_blocks(value)
    found = inside(value)
    return found if isinstance(found, str) else None


def _is_block(item: Mapping[str, object]) -> bool:
    """Return whether an object is a block of an article's contents, and no text with its type."""
    return ("type" in item and "value" not in item) or "_type" in item


def _is_prose(block: Mapping[str, object]) -> bool:
    """Return whether a block of an article's contents is one of its paragraphs."""
    kinds = (block.get("type"), block.get("subtype"))
    is_prose = any(kind in _PROSE for kind in kinds)
    return is_prose and isinstance(block.get("content"), str)
