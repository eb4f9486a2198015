"""Feeds and sitemaps: the pages that they list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

from lxml import html

from ..formats.markup.feed import record_of
from ..formats.records.envelopes import records_in
from ..markup.bounds import MarkupUnusable, check_feed
from ..text.decoding import parsed_json
from .errors import FeedUnreadable

Kind = Literal["page", "feed", "sitemap", "sitemaps"]
_PAGES = ("text/html", "application/xhtml+xml")
_ROOTS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemaps",
    "html": "page",
}  # fmt: skip
# What may stand before the first tag: a declaration, comments, a document type.
# Nothing is matched in two ways, so that no body makes this slow.
_BEFORE = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?[^>]*>|<!--.*?-->|<![^>\[-][^>\[]*(?:\[[^\]]*\]\s*)?>)*+"
_ROOT = re.compile(_BEFORE + rb"<(?:[\w-]+:)?([a-z]+)", re.IGNORECASE | re.DOTALL)
_SAMPLE = 16_000
_JSON_FEED = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*+\{.{0,2000}?https?:\\?/\\?/jsonfeed\.org\\?/version", re.DOTALL
)
_UNPAIRED = re.compile("[\ud800-\udfff]")  # surrogates, which character references can name


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is listed. `stated` is when it was changed, as the listing writes it.

    `record` is the article itself, where a feed has its full text.
    """

    address: str
    stated: str | None = None
    record: Mapping[str, object] | None = None


def kind_of(body: bytes, stated: str) -> Kind | None:
    """Return what a body is, by its first tag, else by its media type; None: none of these."""
    if _JSON_FEED.search(body[:_SAMPLE]):
        return "feed"
    root = _ROOT.match(body[:_SAMPLE])
    found = _ROOTS.get(root[1].decode().lower()) if root else None
    return found or ("page" if stated in _PAGES else None)


def feed_entries(body: bytes, address: str, kind: str) -> list[Entry]:
    """Return the pages of an RSS, Atom or JSON feed, in its order. Raises FeedUnreadable."""
    if _JSON_FEED.search(body[:_SAMPLE]):
        return _each_once(list(_in_json_feed(body, address)))
    import feedparser  # a tenth of a second to import

    headers = {"content-location": address, "content-type": kind or "application/xml"}
    try:
        check_feed(body.decode("latin-1"))
        parsed = feedparser.parse(
            _Bytes(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MarkupUnusable as error:
        raise FeedUnreadable(where=address, reason=str(error)) from error
    except Exception as error:  # it takes feeds to be in the form that they should be in
        raise FeedUnreadable(where=address, reason=type(error).__name__) from error
    if not parsed.entries and parsed.bozo:
        raise FeedUnreadable(where=address, reason="it is not well-formed")
    outlet = parsed.feed.get("title")
    found = [
        Entry(link, _changed(entry), record_of(entry, outlet) if "content" in entry else None)
        for entry in parsed.entries
        if isinstance(link := entry.get("link"), str) and link
    ]
    return _each_once(found)


def _in_json_feed(body: bytes, address: str) -> Iterator[Entry]:
    try:
        feed = parsed_json(body.decode("utf-8-sig"))
    except ValueError as error:
        raise FeedUnreadable(where=address, reason="it is not JSON") from error
    for record in records_in(feed):
        link = record.get("url") if isinstance(record, Mapping) else None
        if isinstance(record, Mapping) and isinstance(link, str) and link.strip():
            stated = (record.get(name) for name in ("date_modified", "date_published"))
            day = next((one for one in stated if isinstance(one, str)), None)
            whole = record.get("content_html") or record.get("content_text")
            yield Entry(urljoin(address, link.strip()), day, record if whole else None)


def _changed(entry: Mapping[str, object]) -> str | None:
    # By their keys, since asking for one that is not there gives another, with a warning.
    stated = next((key for key in ("updated", "published") if key in entry.keys()), None)  # noqa: SIM118
    found = entry[stated] if stated else None
    return found if isinstance(found, str) and found else None


def sitemap_entries(body: bytes, address: str) -> list[Entry]:
    """Return the pages, or the sitemaps, that a sitemap lists, those changed last first.

    Raises FeedUnreadable.
    """
    parser = html.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = html.etree.fromstring(body, parser)
    except html.etree.XMLSyntaxError as error:
        raise FeedUnreadable(where=address, reason="it is not well-formed") from error
    if root is None:
        raise FeedUnreadable(where=address, reason="it is not well-formed")
    found = _each_once(list(_listed(root)))
    return sorted(found, key=lambda entry: entry.stated or "", reverse=True)


def _listed(root: Any) -> Iterator[Entry]:
    for listed in root.iterchildren("{*}url", "{*}sitemap"):
        address = _text(listed, "{*}loc")
        if address:
            day = _text(listed, "{*}lastmod") or _text(listed, "{*}news/{*}publication_date")
            yield Entry(address, day)


def _text(element: Any, path: str) -> str | None:
    found = element.findtext(path)
    return found.strip() or None if found else None


def _each_once(entries: list[Entry]) -> list[Entry]:
    """Return the entries whose addresses can be stored, each once, as it is first listed."""
    entries = [entry for entry in entries if not _UNPAIRED.search(f"{entry.address}{entry.stated}")]
    return list({entry.address: entry for entry in reversed(entries)}.values())[::-1]


class _Bytes:
    """A file that cannot be mistaken for a path or an address, which feedparser would open."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self) -> bytes:
        return self._body
