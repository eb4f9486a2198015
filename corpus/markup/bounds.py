"""Bounds on markup, told before it is parsed: beyond them, readers take minutes or hours.

The parsers compare each attribute of an element with all others, and extraction each element with
its siblings. No page of an article comes near these bounds.
"""

import re
from typing import Any

MOST_CHARACTERS = 10_000_000
MOST_ATTRIBUTES = 1_000
MOST_ELEMENTS = 30_000
MOST_DEPTH = 256  # of a page's elements within one another: libxml2 drops what lies deeper
MOST_DEPTH_OF_FEED = 1_000

# Nothing is matched in two ways, so that this takes as long as the markup is long.
_ATTRIBUTE = r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?"""
_COMMENT = r"<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+)"
_TAG = re.compile(
    rf"{_COMMENT}|<(?:script|style|textarea)\b[^>]*+>(?:[^<]++|<(?!/))*+"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+({_ATTRIBUTE})?",
    re.IGNORECASE,
)

_XML_TAG = re.compile(
    rf"{_COMMENT}|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+|<(/?)[a-z][^<>]*", re.IGNORECASE
)
_EMPTY = re.compile(r"<(?:br|hr|img|input|wbr)\b|.*/$", re.IGNORECASE | re.DOTALL)


class MarkupUnusable(ValueError):
    """Markup has more of something than is read."""


def check_markup(markup: str) -> None:
    """Raise MarkupUnusable where markup is longer, or has more in it, than any article.

    >>> check_markup("<p " + "a " * 2000 + ">")
    Traceback (most recent call last):
    ...
    dragoman.corpus.markup.bounds.MarkupUnusable: an element has more than 1,000 attributes
    """
    if len(markup) > MOST_CHARACTERS:
        raise MarkupUnusable(f"it has more than {MOST_CHARACTERS:,} characters of markup")
    for elements, tag in enumerate(_TAG.finditer(markup), start=1):
        _check_attributes(tag)
        if elements > MOST_ELEMENTS:
            raise MarkupUnusable(f"it has more than {MOST_ELEMENTS:,} elements")


def check_depth(parser: Any) -> None:
    """Raise MarkupUnusable where lxml's parser of HTML has dropped what lay too deep."""
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        reason = f"its elements lie more than {MOST_DEPTH} deep within one another"
        raise MarkupUnusable(reason)


def check_feed(markup: str) -> None:
    """Raise MarkupUnusable where a feed has an element or a depth that no feed has."""
    depth = 0
    for tag in _XML_TAG.finditer(markup):
        if tag[1] is None or _EMPTY.match(tag[0]):
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MOST_DEPTH_OF_FEED:
            raise MarkupUnusable(f"its elements lie more than {MOST_DEPTH_OF_FEED:,} deep")
    for tag in _TAG.finditer(markup):
        _check_attributes(tag)


def _check_attributes(tag: re.Match[str]) -> None:
    if tag[1]:
        raise MarkupUnusable(f"an element has more than {MOST_ATTRIBUTES:,} attributes")
