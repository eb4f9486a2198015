"""Parsing: a page's markup to a tree, and the linked data in it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import html

from ..text.cleaning import without_controls
from .bounds import check_depth, check_markup

_REFERENCE = re.compile(r"&#(?:[0-9]+|x[0-9a-f]+);?", re.IGNORECASE)
_MARKUP_CHARACTERS = frozenset("&<>\"'")
# Longer than any character's number, in a page's text too, where trafilatura resolves it again.
_ENDLESS_REFERENCE = re.compile(
    r"&(?:(?:amp|#0*38|#x0*26);)*#(?:0*[1-9][0-9]{7,}|x0*[1-9a-f][0-9a-f]{7,});?", re.IGNORECASE
)
_ZEROS = re.compile(r"(?<=[#x])0+(?=[0-9a-f])", re.IGNORECASE)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s<>]+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--[^<>]{0,200}?SingleFile\s+url:\s*(https?://[^\s<>]+)", re.IGNORECASE
)
_START = 4000  # characters; browsers write where a page is from into its first lines
_DATA_WRAPPING = re.compile(
    r"^\s*(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?\s*$"
)
MOST_LINKED_DATA = 200_000  # characters; what is said of one article takes a few thousand


def parsed(markup: str) -> html.HtmlElement | None:
    """Return the tree of a page without comments and processing instructions, or None.

    Raises MarkupUnusable where it has more in it than any page of an article.
    """
    check_markup(markup)
    # lxml returns control characters but does not accept them: trafilatura would lose the article.
    markup = without_controls(_REFERENCE.sub(_character, _ENDLESS_REFERENCE.sub("\ufffd", markup)))
    # A comment in a paragraph would end its text for trafilatura.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # Bytes, because lxml refuses text whose XML declaration names an encoding.
        tree = html.document_fromstring(markup.encode(), parser=parser)
    except ValueError:
        return None
    except html.etree.ParserError:  # only white space or comments
        return None
    check_depth(parser)
    return tree


def _character(reference: re.Match[str]) -> str:
    """Resolve a numeric character reference as browsers do: `&#146;` is an apostrophe."""
    character = unescape(_ZEROS.sub("", reference[0]))
    return reference[0] if character in _MARKUP_CHARACTERS else character


def without_links(element: html.HtmlElement) -> None:
    """Remove the links in an element, but not their words."""
    html.etree.strip_tags(element, "a")
    for inside in element.iter("*"):  # many pieces of text in a row make all that follows slow
        inside.text = inside.text
        if inside is not element:
            inside.tail = inside.tail


def saved_address(markup: str) -> str | None:
    """Return the address that a browser noted in a page when it saved it, or None.

    >>> saved_address("<!-- saved from url=(0019)https://a.example/b -->")
    'https://a.example/b'
    """
    start = markup[:_START]
    found = _SAVED.search(start) or _SINGLE_FILE.search(start)
    return unescape(found[1]) if found else None


def linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the top-level objects of a page's JSON-LD, those in lists and graphs too."""
    for text in _linked_texts(tree):
        yield from _things(_parsed_data(text))


def unread_linked_data(tree: html.HtmlElement) -> list[str]:
    """Return the linked data that is not quite JSON."""
    return [text for text in _linked_texts(tree) if _parsed_data(text) is None]


def _linked_texts(tree: html.HtmlElement) -> list[str]:
    scripts = tree.xpath('.//script[starts-with(@type, "application/ld+json")]')
    return [script.text for script in scripts if 0 < len(script.text or "") <= MOST_LINKED_DATA]


def _parsed_data(text: str) -> object:
    try:
        return json.loads(_DATA_WRAPPING.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(data: object) -> Iterator[dict[str, Any]]:
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            parts = graph if isinstance(graph, list) else [graph]
            yield from (part for part in parts if isinstance(part, dict))


def kinds_of(thing: dict[str, Any]) -> list[str]:
    """Return the types that an object of linked data states."""
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in kinds if isinstance(kind, str)]
