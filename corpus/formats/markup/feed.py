"""Feeds: RSS and Atom, by feedparser."""

import re
from io import BytesIO
from typing import Any

from ...errors import BrokenFile
from ...markup.bounds import MarkupUnusable, check_feed
from ..file import File
from ..format import Format, Reads
from ..records.record import read_record

# Nothing is matched in two ways, so that no file makes this slow.
_LEAD = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*\?>|<\?xml-stylesheet[^>]*\?>|<!--.*?-->)*+"
_FEED = re.compile(_LEAD + rb"<(?:rss|feed|rdf:RDF|atom:feed)[\s>]", re.DOTALL)


def _recognises(file: File) -> bool:
    return _FEED.match(file.start) is not None


def _read(file: File) -> Reads:
    import feedparser

    content = file.content()
    try:
        check_feed(content.decode("latin-1"))
    except MarkupUnusable as error:
        raise BrokenFile(where=file.where, format="feed", reason=str(error)) from error
    feed = feedparser.parse(BytesIO(content))
    if not feed.get("version"):
        reason = str(feed.get("bozo_exception", "it is neither RSS nor Atom"))
        raise BrokenFile(where=file.where, format="feed", reason=reason)
    outlet = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{file.where}, entry {number}"
        yield where, read_record(record_of(entry, outlet), where)


def record_of(entry: Any, outlet: str | None) -> dict[str, object]:
    """Return an entry of a feed as a record."""
    contents = [one.get("value", "") for one in entry.get("content", ())]
    summary = entry.get("summary", "")
    # RSS without content:encoded may have the whole text as its description.
    full = max(contents, key=len, default="")
    source = entry.get("source", {}).get("title") or outlet
    authors = [author.get("name") for author in entry.get("authors", ()) if author.get("name")]
    return {
        "title": entry.get("title"),
        **({"content": full} if full else {"summary": summary}),
        "link": entry.get("link"),
        "source": source,
        "published": entry.get("published") or entry.get("updated"),
        "authors": authors,
        "tags": [tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")],
    }


FEED = Format("feed (RSS, Atom)", (".rss", ".atom"), _read, _recognises, library="feedparser")
