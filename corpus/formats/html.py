"""HTML pages: the article without menus and advertisements, by trafilatura."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from ..text.cleaning import normalise, one_line, without_controls, without_furniture
from .dating import page_date
from .html_tables import spell_out_tables

# With fewer characters trafilatura falls back to cruder methods, which join paragraphs. Short
# news items are articles, too.
_SETTINGS = use_config()
_SETTINGS.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
_MOST_LINKED = 0.8
_REFERENCE = re.compile(r"&#(?:[0-9]+|x[0-9a-f]+);?", re.IGNORECASE)
_MARKUP_CHARACTERS = frozenset("&<>\"'")


@dataclass(frozen=True, slots=True)
class Page:
    """The article in an HTML page. Fields are empty or None where the page does not state them."""

    title: str
    text: str
    source: str | None
    url: str | None
    published: date | None
    authors: tuple[str, ...]


def read_page(markup: str) -> Page | None:
    """Return the article in an HTML page, or None if there is none."""
    tree = _parsed(markup)
    if tree is None:
        return None
    published = page_date(tree)
    _make_paragraphs(tree)
    spell_out_tables(tree)
    found = bare_extraction(
        tree, favor_recall=True, include_comments=False, with_metadata=True, config=_SETTINGS
    )
    if not isinstance(found, Document):
        return None
    text = without_furniture(normalise(found.text or ""))
    title = one_line(found.title or "")
    return Page(
        title,
        _without_title(text, title),
        source=one_line(found.sitename or "") or None,
        url=one_line(found.url or "") or None,
        published=published,
        authors=tuple(filter(None, map(one_line, (found.author or "").split(";")))),
    )


def _parsed(markup: str) -> html.HtmlElement | None:
    # lxml returns control characters but does not accept them: trafilatura would lose the article.
    markup = without_controls(_REFERENCE.sub(_character, markup))
    try:
        # Bytes, because lxml refuses text whose XML declaration names an encoding.
        return html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ValueError:
        return None
    except html.etree.ParserError:  # only white space or comments
        return None


def _character(reference: re.Match[str]) -> str:
    """Resolve a numeric character reference as browsers do: `&#146;` is an apostrophe."""
    character = unescape(reference[0])
    return reference[0] if character in _MARKUP_CHARACTERS else character


def _make_paragraphs(tree: html.HtmlElement) -> None:
    """Mark up text that trafilatura would drop or take for a list of links.

    Bare text in a `div` among paragraphs becomes a paragraph; a paragraph with more text
    than its links keeps their words without the links.
    """
    for element in tree.xpath("//div[not(*) and normalize-space() and ../p]"):
        element.tag = "p"
    for element in tree.xpath("//p[.//a]"):
        linked = sum(len(link.text_content()) for link in element.iter("a"))
        if linked <= _MOST_LINKED * len(element.text_content()):
            html.etree.strip_tags(element, "a")


def _without_title(text: str, title: str) -> str:
    """Remove the headline from the first line, since it is the article's title already."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if rest and one_line(first) == title else text
