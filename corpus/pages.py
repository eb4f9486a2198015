"""HTML pages: the article among the menus, by trafilatura."""

from dataclasses import dataclass
from datetime import date

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from .cleaning import normalise, one_line, without_furniture
from .dating import page_date


# Below this many characters trafilatura doubts what it found and falls back to cruder means,
# which run paragraphs together; short news items are news all the same.
_SETTINGS = use_config()
_SETTINGS.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page holds of an article; fields are empty or None where it has none."""

    title: str
    text: str
    source: str | None
    url: str | None
    published: date | None
    authors: tuple[str, ...]


def read_page(markup: str) -> Page | None:
    """Extract the article from an HTML page, or None where there is nothing like one."""
    tree = _parsed(markup)
    if tree is None:
        return None
    published = page_date(tree)
    _make_paragraphs(tree)
    found = bare_extraction(
        tree, favor_recall=True, include_comments=False, with_metadata=True, config=_SETTINGS
    )
    if not isinstance(found, Document):
        return None
    authors = tuple(one_line(name) for name in (found.author or "").split(";") if name.strip())
    text = without_furniture(normalise(found.text or ""))
    title = one_line(found.title or "")
    return Page(title, _without_title(text, title), found.sitename, found.url, published, authors)


def _parsed(markup: str) -> html.HtmlElement | None:
    try:
        # Bytes, because lxml refuses text whose XML declaration names an encoding.
        return html.fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except ValueError:
        return None
    except html.etree.ParserError:  # nothing but white space or comments
        return None


def _make_paragraphs(tree: html.HtmlElement) -> None:
    """Turn bare text in a `div` among paragraphs into a paragraph; trafilatura would lose it."""
    for element in tree.xpath("//div[not(*) and normalize-space() and ../p]"):
        element.tag = "p"


def _without_title(text: str, title: str) -> str:
    """The headline is the article's title already; it is not repeated as its first line."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if rest and one_line(first) == title else text
