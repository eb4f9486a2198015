"""Where the records are in a JSON value: the shapes of news APIs and of exports of databases.

NewsAPI, GNews                     {"articles": [...]}
Event Registry                     {"articles": {"results": [...]}}
NYT Archive, Guardian              {"response": {"docs": [...]}}, {"response": {"results": [...]}}
newsdata, Currents, webhose, Bing  {"results": …}, {"news": …}, {"posts": …}, {"value": …}
Mediastack, TheNewsAPI             {"data": [...]}
Elasticsearch                      {"hits": {"hits": [{"_id": …, "_source": {…}}]}}
JSON Feed                          {"title": …, "items": [...]}
pandas                             {"title": {"0": …}, "text": {"0": …}}
"""

from collections.abc import Iterator, Mapping

from .fields import SUMMARY, TEXT, TITLE, URL, inside, plain_name
from .rich_text import is_rich_text

_ENVELOPES = (
    "articles", "documents", "items", "data", "results", "posts", "news", "value", "docs", "hits",
    "response", "stories", "entries", "records", "rows", "feed", "article",
    "objects", "list", "payload",
)  # fmt: skip
_TEXT = frozenset(name for name in (*TEXT, *SUMMARY) if "." not in name)
_TITLE = frozenset(name for name in TITLE if "." not in name)
_PLACES = ("fields", "metadata", "meta", "extra", "params")  # where a record may keep its text
_MOST_LEVELS = 5


def records_in(value: object) -> list[object]:
    """Return the records in a JSON value: those of a list, of an object with one, or one."""
    values = value if isinstance(value, list) else [value]
    return [record for one in values for record in _records(one, _MOST_LEVELS)]


def _records(value: object, levels: int) -> Iterator[object]:
    within = _within(value) if isinstance(value, Mapping) and levels else None
    if within is None:
        yield value
        return
    title = value.get("title") if isinstance(value, Mapping) and "version" in value else None
    for one in within:
        for record in _records(one, levels - 1):
            if title and isinstance(record, Mapping):
                yield {"feed_title": title, **record}
            else:
                yield record


def _within(value: Mapping[str, object]) -> list[object] | None:
    """Return what an object holds, if it is an envelope and no article."""
    source = value.get("_source")
    if isinstance(source, Mapping):
        return [{"_id": value.get("_id"), **source}]
    rows = _rows(value)
    if rows or _is_article(value):
        return rows
    if (by_id := _by_id(value)) is not None:
        return by_id
    for name in _ENVELOPES:
        if (held := _held(name, value.get(name))) is not None:
            return held
    # Nothing tells one list from another, such as the articles of one day from those of the next.
    lists = [_held(name, held) for name, held in value.items() if name not in _ENVELOPES]
    found = [held for held in lists if held is not None]
    return [record for held in found for record in held] if found else None


def _held(name: str, held: object) -> list[object] | None:
    """Return the records in a field of an envelope, or None."""
    if isinstance(held, list):
        return held if name in _ENVELOPES or any(map(_is_whole, held[:3])) else None
    if isinstance(held, Mapping) and name not in _PLACES:
        return [held] if _is_whole(held) else _within(held)
    return None


def _by_id(value: Mapping[str, object]) -> list[object] | None:
    """Return the articles of an object that has each under its id."""
    if len(value) < 2 or not all(map(_is_whole, value.values())):
        return None
    return [{"id": id, **held} for id, held in value.items() if isinstance(held, Mapping)]


def _rows(value: Mapping[str, object]) -> list[object] | None:
    """Return the rows of a table that has each column under its name, as pandas writes it."""
    names, cells = value.get("columns"), value.get("data")
    if (
        isinstance(names, list)
        and isinstance(cells, list)
        and all(isinstance(c, list) for c in cells)
    ):
        return [dict(zip(map(str, names), row, strict=False)) for row in cells]
    columns = {
        name: held
        for name, held in value.items()
        if isinstance(held, Mapping) and held and all(str(key).isdigit() for key in held)
    }
    if not columns or len(columns) < len(value):
        return None
    numbers = dict.fromkeys(number for column in columns.values() for number in column)
    return [{name: held.get(number) for name, held in columns.items()} for number in numbers]


def _is_article(value: object) -> bool:
    """Return whether a value is an object with a text, or with a title and an address."""
    if not isinstance(value, Mapping):
        return False
    named = {plain_name(str(name)): held for name, held in value.items()}
    if any(name in _TEXT and not _is_envelope(held) for name, held in named.items()):
        return True
    is_headline = any(name in named for name in _TITLE) and any(name in named for name in URL)
    return is_headline or any(_is_article(value.get(name)) for name in _PLACES)


def _is_whole(value: object) -> bool:
    """Return whether a value is an article with its title, and no part of one."""
    return (
        isinstance(value, Mapping)
        and _is_article(value)
        and any(plain_name(str(name)) in (*_TITLE, "id", "uri") for name in value)
    )


def _is_envelope(value: object) -> bool:
    if isinstance(value, list):
        return any(map(_is_whole, value[:3]))
    if not isinstance(value, Mapping) or is_rich_text(value):
        return False
    return _is_whole(value) or not isinstance(inside(value), str)
