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
# Longer than any character's number, in a page's text too, where trafilatura resolves it again.
_ENDLESS_REFERENCE = re.compile(
    r"&(?:(?:amp|#0*38|#x0*26);)*#(?:0*[1-9][0-9]{7,}|x0*[1-9a-f][0-9a-f]{7,});?", re.IGNORECASE
)
_ZEROS = re.compile(r"(?<=[#x])0+(?=[0-9a-f])", re.IGNORECASE)
_MOST_LINKED_DATA = 200_000  # characters; what is said of one article takes a few thousand


@dataclass(frozen=True, slots=True)
class Page:
    """The article in an HTML page. Fields are empty or None where the page does not state them."""

    title: str
    text: str
    source: str | None
    url: str | None
    published: date | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]


def read_page(markup: str) -> Page | None:
    """Return the article in an HTML page, or None if there is none.

    Raises ValueError where the markup cannot be read.
    """
    tree = _parsed(markup)
    if tree is None:
        return None
    published = page_date(tree)
    try:
        found = _extracted(tree)
    except Exception:  # trafilatura takes linked data to be in the form that it should be in
        found = _extracted_without_linked_data(markup)
    if not isinstance(found, Document):
        return None
    text = without_furniture(normalise(found.text or ""))
    title = _line(found.title)
    tags = ",".join(tag for tag in found.tags or () if isinstance(tag, str))
    return Page(
        title,
        _without_title(text, title),
        source=_line(found.sitename) or None,
        url=_line(found.url) or None,
        published=published,
        authors=tuple(filter(None, map(_line, _line(found.author).split(";")))),
        tags=tuple(dict.fromkeys(filter(None, map(_line, tags.split(","))))),
    )


def _line(stated: object) -> str:
    """Return what metadata state, on one line; linked data may state a number or a list."""
    return one_line(stated) if isinstance(stated, str) else ""


def _extracted(tree: html.HtmlElement, most_linked_data: int = _MOST_LINKED_DATA) -> object:
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        if len(script.text or "") > most_linked_data:
            script.drop_tree()
    _make_paragraphs(tree)
    spell_out_tables(tree)
    return bare_extraction(
        tree, favor_recall=True, include_comments=False, with_metadata=True, config=_SETTINGS
    )


def _extracted_without_linked_data(markup: str) -> object:
    try:
        return _extracted(_parsed(markup), most_linked_data=0)
    except Exception as error:
        raise ValueError(f"its markup could not be read: {type(error).__name__}") from error


def _parsed(markup: str) -> html.HtmlElement | None:
    # lxml returns control characters but does not accept them: trafilatura would lose the article.
    markup = without_controls(_REFERENCE.sub(_character, _ENDLESS_REFERENCE.sub("\ufffd", markup)))
    try:
        # Bytes, because lxml refuses text whose XML declaration names an encoding.
        return html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ValueError:
        return None
    except html.etree.ParserError:  # only white space or comments
        return None


def _character(reference: re.Match[str]) -> str:
    """Resolve a numeric character reference as browsers do: `&#146;` is an apostrophe."""
    character = unescape(_ZEROS.sub("", reference[0]))
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
