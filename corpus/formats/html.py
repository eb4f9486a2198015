"""HTML pages: the article without menus and advertisements, by trafilatura."""

from configparser import ConfigParser
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from ..markup.captions import take_captions
from ..markup.layout import (
    drop_hidden,
    drop_links_elsewhere,
    join_items,
    keep_linked_items,
    unwrap_layout_tables,
)
from ..markup.outlets import outlet_names, outlet_of
from ..markup.parsing import MOST_LINKED_DATA, parsed, saved_address, without_links
from ..markup.titles import title_of
from ..text.cleaning import normalise, one_line, without_furniture
from .html_tables import spell_out_tables
from .page_dates import Publication, publication_of

# With less than its usual minimum, trafilatura falls back to all that is on the page, menus
# included, and joins paragraphs; but a short news item is an article, too.
_USUAL = use_config()
_SHORT = use_config()
_SHORT.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
_SHORT_ITEM = 1000  # characters; a longer text is none of a short item with menus around it
_MUCH_MORE = 1.5  # times the text: then the short one is not the article
_SENTENCE = 40
_FINAL = tuple('.!?…"”’»)')
_MOST_LINKED = 0.8
# The date is read by `publication_of`: trafilatura's own search takes longer than all the rest.
_NO_DATE_SEARCH = {"extensive_search": False, "original_date": True}


@dataclass(frozen=True, slots=True)
class Page:
    """The article in an HTML page. Fields are empty or None where the page does not state them.

    `published_at` is the time of publication, with its zone where the page states one; `dated_by`
    is "address" where the day is taken from the page's address.
    """

    title: str
    text: str
    source: str | None
    url: str | None
    published: date | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    captions: tuple[str, ...] = ()
    published_at: datetime | None = None
    dated_by: str | None = None


def read_page(markup: str, url: str | None = None) -> Page | None:
    """Return the article in an HTML page, or None if there is none.

    `url` is where the page was found; an address that it states itself comes first.
    Raises ValueError where the markup cannot be read.
    """
    tree = parsed(markup)
    if tree is None:
        return None
    outlets = outlet_names(tree)
    drop_hidden(tree)
    head, captions = deepcopy(tree), take_captions(tree)
    try:
        found = _extracted(tree, MOST_LINKED_DATA)
    except Exception:  # trafilatura takes linked data to be in the form that it should be in
        found = _extracted_without_linked_data(markup)
    if found is None:
        return None
    address = _line(found.url) or saved_address(markup) or url
    title, in_title = title_of(head, _line(found.title), outlets, address)
    text = without_furniture(normalise(found.text or ""))
    published = publication_of(head, address) or Publication(None)
    tags = ",".join(tag for tag in found.tags or () if isinstance(tag, str))
    return Page(
        title,
        _without_title(text, title),
        source=outlet_of([*outlets, *([in_title] if in_title else [])], title, address),
        url=address,
        published=published.day,
        authors=tuple(filter(None, map(_line, _line(found.author).split(";")))),
        tags=tuple(dict.fromkeys(filter(None, map(_line, tags.split(","))))),
        captions=tuple(caption for caption in captions if caption not in text),
        published_at=published.time,
        dated_by=published.dated_by,
    )


def _line(stated: object) -> str:
    """Return what metadata state, on one line; linked data may state a number or a list."""
    return one_line(stated) if isinstance(stated, str) else ""


def _extracted(tree: html.HtmlElement, most_linked_data: int) -> Document | None:
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        if len(script.text or "") > most_linked_data:
            script.drop_tree()
    join_items(tree)
    unwrap_layout_tables(tree)
    drop_links_elsewhere(tree)
    keep_linked_items(tree)
    _mark_paragraphs(tree)
    spell_out_tables(tree)
    usual = _found_in(deepcopy(tree), _USUAL)  # which trafilatura changes
    if usual and len(usual.text or "") >= _SHORT_ITEM:
        return usual
    short = _found_in(tree, _SHORT, with_metadata=usual is None)
    if usual is None or short is None:
        return usual or short
    if _is_cruder(usual, short):
        usual.text = short.text  # with what the page's head states
    return usual


def _is_cruder(usual: Document, short: Document) -> bool:
    """Return whether the usual text has more than the short one, but no more paragraphs.

    So it is where it has several paragraphs of the short one in one line.
    """
    text, least = usual.text or "", short.text or ""
    if not least or len(text) > _MUCH_MORE * len(least):
        return False
    paragraphs = set(filter(None, least.split("\n")))
    more = set(text.split("\n")) - paragraphs
    if any(sum(one in line for one in paragraphs) > 1 for line in more):
        return True
    return not all(len(line) >= _SENTENCE and line.endswith(_FINAL) for line in more)


def _found_in(
    tree: html.HtmlElement, config: ConfigParser, with_metadata: bool = True
) -> Document | None:
    found = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=with_metadata,
        config=config,
        date_extraction_params=dict(_NO_DATE_SEARCH),
    )
    return found if isinstance(found, Document) else None


def _extracted_without_linked_data(markup: str) -> Document | None:
    tree = parsed(markup)
    try:
        return None if tree is None else _extracted(tree, most_linked_data=0)
    except Exception as error:
        raise ValueError(f"its markup could not be read: {type(error).__name__}") from error


def _mark_paragraphs(tree: html.HtmlElement) -> None:
    """Mark up text that trafilatura would drop or take for a list of links.

    A sentence in a `div` among paragraphs becomes a paragraph; a paragraph with more text than its
    links keeps their words without the links.
    """
    # Not "//div[../p]", which takes as long as the square of the number of siblings.
    for element in tree.xpath("//*[p]/div[not(*)]"):
        if one_line(element.text_content()).endswith(_FINAL):
            element.tag = "p"
    for element in tree.xpath("//p[.//a]"):
        linked = sum(len(link.text_content()) for link in element.iter("a"))
        if linked <= _MOST_LINKED * len(element.text_content()):
            without_links(element)


def _without_title(text: str, title: str) -> str:
    """Remove the headline from the first line, since it is the article's title already."""
    first, _, rest = text.partition("\n")
    return rest.strip("\n") if rest and one_line(first) == title else text
