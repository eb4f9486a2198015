"""What stands where on a page: hidden elements, tables for the layout, pages of many items.

Each is put into the form in which the article is found and whole.
"""

import re
from collections.abc import Sequence

from lxml import html

from ..text.cleaning import one_line
from .parsing import kinds_of, linked_data, without_links

_HIDDEN = (
    "//body//*[@hidden or @aria-hidden='true' or self::template or self::dialog"
    " or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_TIMES_OF_UPDATES = (
    "//body//time[not(ancestor::p or ancestor::a or ancestor::aside or ancestor::nav"
    " or ancestor::footer or ancestor::h1 or ancestor::h2 or ancestor::h3)]"
)
_STATED_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|is-hidden|u-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_POPS_UP = re.compile(
    r"roll-?over|tool-?tip|pop-?(?:over|up)|hover-?card|fly-?out|drop-?down", re.I
)
_ELSEWHERE = re.compile(
    r"(?:read more|read also|also read|read next|see also|related(?: articles?| stor(?:y|ies))?"
    r"|more on this(?: story)?|recommended|don['’]t miss)\s*[:|–—-]?\s*",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?:read )?more\s*[…»›>.→]*\s*|\s*continue reading\s*[…»›>.→]*\s*", re.I)
_LINKED = 0.9
_MOST_HIDDEN = 0.3  # of the page's text: more is an article that a script shows
_SEVERAL_LINKS = 2
_LAYOUT_CELL = 300  # characters; no cell of a table of figures has so many
_ITEM = 60  # characters that a paragraph of an item of a live page has at least
_FEW_ITEMS = 3


def drop_hidden(tree: html.HtmlElement) -> None:
    """Remove what a browser does not show, and the boxes that pop up over words of a text."""
    page = len(tree.text_content()) or 1
    hidden = tree.xpath(_HIDDEN)
    hidden += [e for e in tree.xpath("//body//*[@class]") if _HIDDEN_CLASS.search(e.get("class"))]
    # Not "//p//*", which takes as long as the square of the number of paragraphs.
    boxes = tree.xpath("//*[ancestor::p][.//a[2] or (@class and .//a)]")
    hidden += [e for e in boxes if _pops_up(e)]
    for element in hidden:
        inside = element.getparent() is not None
        if inside and len(element.text_content()) <= _MOST_HIDDEN * page:
            element.drop_tree()


def drop_links_elsewhere(tree: html.HtmlElement) -> None:
    """Remove lines such as "Read more: …" that only link to another article, and "More" links."""
    for link in tree.xpath("//body//a[not(*)]"):
        if _MORE.fullmatch(link.text or "") and not (link.tail or "").strip():
            link.drop_tree()
    for line in tree.xpath("//body//*[self::p or self::li or self::div[not(p)]][.//a]"):
        text = one_line(line.text_content())
        linked = sum(len(one_line(link.text_content())) for link in line.iter("a"))
        opening = _ELSEWHERE.match(text)
        if (
            opening
            and line.getparent() is not None
            and linked >= _LINKED * (len(text) - opening.end())
        ):
            line.drop_tree()


def keep_linked_items(tree: html.HtmlElement) -> None:
    """Keep the words of a list of links that a sentence leads into: it is no menu."""
    for items in tree.xpath("//*[self::ul or self::ol][li//a]"):
        before = items.getprevious()
        if (
            before is not None
            and before.tag == "p"
            and one_line(before.text_content()).endswith(":")
        ):
            without_links(items)


def _pops_up(element: html.HtmlElement) -> bool:
    """Return whether an element in a paragraph is a box of links, and no words of its sentence."""
    if _POPS_UP.search(element.get("class", "")):
        return not _is_around_text(element)
    links = element.xpath(".//a")
    apart = any((link.tail or "").strip() for link in links[:-1])
    linked = sum(len(link.text_content().split()) for link in links)
    headlines = linked >= _SEVERAL_LINKS * len(links) and len(links) >= _SEVERAL_LINKS
    return headlines and not apart and element.tag in ("span", "div", "ul", "aside")


def _is_around_text(element: html.HtmlElement) -> bool:
    """Return whether the words that a box pops up over are in the same element."""
    return any(_POPS_UP.search(inner.get("class", "")) for inner in element.iterdescendants("*"))


def unwrap_layout_tables(tree: html.HtmlElement) -> None:
    """Turn the tables that only arrange a page into divisions."""
    for table in reversed(tree.xpath("//table")):
        cells = table.xpath("./tr/*|./*/tr/*")
        if _arranges(table, cells):
            for element in (table, *table.xpath("./tr|./*|./*/tr"), *cells):
                if element.tag in ("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
                    element.tag = "div"
        else:
            for paragraph in table.xpath(".//p"):
                paragraph.tag = "span"


def _arranges(table: html.HtmlElement, cells: Sequence[html.HtmlElement]) -> bool:
    if table.get("role") in ("presentation", "none") or table.xpath(".//table|.//h1|.//article"):
        return True
    if table.xpath(".//p") and len(table.xpath("./tr|./*/tr")) < 2:
        return True
    return any(len(one_line(cell.text_content())) > _LAYOUT_CELL for cell in cells)


def join_items(tree: html.HtmlElement) -> None:
    """Make one article of the items of a live page or briefing.

    Elsewhere several articles on a page are one, and links to others.
    """
    live = any("LiveBlogPosting" in kinds_of(thing) for thing in linked_data(tree))
    if live:
        _keep_times(tree)
    items = tree.xpath("//article[not(ancestor::article)]")
    if len(items) >= (2 if live else _FEW_ITEMS):
        items = [item for item in items if _has_text(item)]
    if len(items) < (2 if live else _FEW_ITEMS) or (not live and _differ(items)):
        return
    around = _common_ancestor(items)
    for item in items:
        item.tag = "div"
        if not around.iterancestors("article"):
            item.attrib.pop("class", None)
    if around.tag in ("body", "html"):
        return
    around.tag = "article"


def _keep_times(tree: html.HtmlElement) -> None:
    """Make the time of each update of a live page a line of its own, with its day if it is known.

    Which update came first is told by nothing else.
    """
    for element in tree.xpath(_TIMES_OF_UPDATES):
        stated = _STATED_TIME.match(element.get("datetime", ""))
        shown = f"{stated[1]} {stated[2]}" if stated else one_line(element.text_content())
        if re.search(r"\d", shown):
            for inside in list(element):
                inside.drop_tree()
            element.tag, element.text = "p", shown


def _has_text(item: html.HtmlElement) -> bool:
    """Return whether an item has text of its own, and is not a link to another page."""
    if item.xpath("ancestor::aside|ancestor::nav|ancestor::footer|ancestor::a"):
        return False
    paragraphs = [p for p in item.xpath(".//p") if len(one_line(p.text_content())) >= _ITEM]
    linked = item.xpath(".//h2//a|.//h3//a|.//h4//a|./a[.//p or .//h2 or .//h3]")
    return bool(paragraphs) and (not linked or len(paragraphs) > 1)


def _differ(items: Sequence[html.HtmlElement]) -> bool:
    """Return whether one item is the article and the others are about it."""
    lengths = sorted(len(item.text_content()) for item in items)
    return lengths[-1] > sum(lengths[:-1])


def _common_ancestor(items: Sequence[html.HtmlElement]) -> html.HtmlElement:
    shared = [list(item.iterancestors()) for item in items]
    return next(one for one in shared[0] if all(one in others for others in shared[1:]))
