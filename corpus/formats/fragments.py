"""HTML within something else: in a field of a record, in a feed, in a chapter of a book."""

import re
from html import unescape
from typing import Any

from ..text.cleaning import normalise, without_controls

_TAG = re.compile(
    r"</?(?:p|br|div|span|h[1-6]|[uo]l|li|a|em|strong|b|i|u|img|figure|blockquote|table|tr|td|"
    r"section|article|hl2|body|html)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 blockquote pre table section article ul ol dl figure header main"
    " hl1 hl2 body block".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINES = frozenset("br li tr dt dd".split())
_LEFT_OUT = frozenset("script style noscript iframe svg form button figcaption title media".split())


def is_markup(text: str) -> bool:
    """Return whether a text has HTML's tags or character references in it.

    >>> is_markup("<p>They met.</p>"), is_markup("AT&amp;T"), is_markup("1 < 2 & 3 > 2")
    (True, True, False)
    """
    return bool(_TAG.search(text) or _REFERENCE.search(text))


def text_of_markup(markup: str) -> str:
    """Return the text of a piece of HTML, with a blank line between its paragraphs.

    Raises ValueError where it has more in it than any article.

    >>> text_of_markup("<p>Ships &amp; trains.</p><p>They<br>wait.</p>")
    'Ships & trains.\\n\\nThey\\nwait.'
    """
    if not _TAG.search(markup):
        return unescape(markup)
    from lxml import html  # takes a while to import

    from ..markup.bounds import check_depth, check_markup
    from .html_tables import spell_out_tables

    check_markup(markup)
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(without_controls(markup).encode(), parser=parser)
    except (html.etree.ParserError, ValueError):
        return ""
    check_depth(parser)
    spell_out_tables(tree)
    return text_of_tree(tree)


def text_of_whole_markup(text: str) -> str:
    """Return the text of what is HTML from end to end; other text is returned as it is.

    >>> text_of_whole_markup("<p>Ships wait.</p>"), text_of_whole_markup("They use <br/> &amp; co.")
    ('Ships wait.', 'They use <br/> &amp; co.')
    """
    is_whole = text.lstrip().startswith("<") and text.rstrip().endswith(">")
    return text_of_markup(text) if is_whole and _TAG.search(text) else text


def text_of_tree(tree: Any) -> str:
    """Return the text of a parsed tree of HTML, or of XML that has HTML's names for its parts."""
    from lxml import html

    pieces: list[str] = []
    hidden = 0
    for event, element in html.etree.iterwalk(tree, events=("start", "end")):
        name = str(element.tag).rpartition("}")[2].lower()
        gap = "\n\n" if name in _BLOCKS else "\n" if name in _LINES else ""
        left_out = name in _LEFT_OUT or bool(_HIDDEN.search(element.get("style") or ""))
        if event == "start":
            hidden += left_out
            pieces.append(gap)
            pieces.append("" if hidden else _spaced(element.text, name))
        else:
            hidden -= left_out
            pieces.append("" if name == "br" else gap)
            pieces.append("" if hidden or element is tree else _spaced(element.tail, name))
    return normalise("".join(pieces))


def _spaced(text: str | None, name: str) -> str:
    """Return text with its line breaks as spaces, as HTML means them."""
    return (text or "") if name == "pre" else re.sub(r"\s+", " ", text or "")
