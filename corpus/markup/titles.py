"""The title of a page, without the name of its outlet."""

import re
from collections.abc import Iterable

from lxml import html

from ..text.cleaning import one_line
from ..text.folding import folded
from .outlets import host_of

_BORDER = re.compile(r"\s+(?:[-–—|•·»«›‹:⋆*]|::|\|\|)+\s+|\s*\|\s*")
_LETTERS = re.compile(r"[\W_]+")
_LEAST_WORDS = 3  # of a heading that is a page's title, whatever else the page calls itself
_MOST_IN_SECTION = 2  # words
_SHORT_TITLE = 40  # characters; its outlet's name may be as long
_OUTLET_SHARE = 0.6  # of the title: a longer end is no outlet's name


def title_of(
    tree: html.HtmlElement, stated: str, outlets: Iterable[str], url: str | None
) -> tuple[str, str | None]:
    """Return a page's title without the outlet, and the outlet if the title names it.

    `stated` is what the page's head gives as the title; `outlets` are names of the outlet.
    """
    names = [*outlets, *([host] if url and (host := host_of(url)) else [])]
    heading = _heading(tree, names)
    page_title = one_line(tree.xpath("string(//head/title)"))
    unknown = not stated or any(_same(stated, name) for name in names)
    # Linked data of a live page may state the title of its first update.
    unknown = unknown or bool(
        heading and _begins(page_title, heading) and not _begins(page_title, stated)
    )
    if unknown or (page_title.startswith(stated) and _without_outlet(page_title, names)[1]):
        stated = page_title
    title, outlet = _without_outlet(stated, names)
    if heading and (not title or _begins(heading, title) or _begins(title, heading)):
        outlet = outlet or _outlet_at_end(stated, heading)
        title = heading
    if not outlet:
        outlet = _outlet_at_end(page_title, title) or _without_outlet(page_title, names)[1]
    return title, outlet


def _heading(tree: html.HtmlElement, outlets: Iterable[str]) -> str | None:
    """Return the only first-level heading, unless it names the outlet."""
    headings = [one_line(" ".join(h1.itertext())) for h1 in tree.iter("h1")]
    headings = [
        heading
        for heading in dict.fromkeys(headings)
        if len(heading.split()) >= _LEAST_WORDS and not any(_same(heading, n) for n in outlets)
    ]
    return headings[0] if len(headings) == 1 else None


def _begins(longer: str, beginning: str) -> bool:
    start = _bare(beginning)
    return bool(start) and _bare(longer).startswith(start)


def _bare(text: str) -> str:
    return _LETTERS.sub("", folded(text))


def _same(text: str, outlet: str) -> bool:
    """Return whether a part of a title names an outlet, as a name or an address.

    >>> _same("CNN.com", "CNN"), _same("Harbour Post", "harbourpost.example")
    (True, True)
    """
    part, name = _bare(host_of(text) or text), _bare(outlet)
    if not part or not name:
        return False
    site = _bare(outlet.rpartition(".")[0].rpartition(".")[2]) if host_of(outlet) else name
    names = {name, site, f"the{name}", name.removeprefix("the")}
    words, wanted = folded(text).split(), folded(outlet).split()
    is_section = len(words) == len(wanted) + 1 and words[: len(wanted)] == wanted  # "CNN Politics"
    return part in names or is_section or ("." in text and part.startswith(name))


def _without_outlet(stated: str, outlets: Iterable[str]) -> tuple[str, str | None]:
    """Return a title without the parts at its end or start that name the outlet, and that name."""
    borders = [match.span() for match in _BORDER.finditer(stated)]
    outlets = list(outlets)
    for start, end in borders:  # "Title - Section - Outlet" ends at the first border before it
        if any(_same(stated[end:], name) for name in outlets):
            return _without_section(stated[:start], stated[start:end]), stated[end:].strip()
    for start, end in reversed(borders):
        if any(_same(stated[:start], name) for name in outlets):
            return stated[end:].strip(), stated[:start].strip()
    return stated, None


def _without_section(title: str, border: str) -> str:
    """Return a title without the section between it and the outlet: "Title | News | Outlet"."""
    before, found, section = title.rpartition(border)
    is_section = found and len(section.split()) <= _MOST_IN_SECTION and len(before.split()) > 2
    return before.strip() if is_section else title.strip()


def _outlet_at_end(stated: str, title: str) -> str | None:
    """Return what a page's title has behind the article's, if it may name the outlet."""
    if not title or not stated.startswith(title):
        return None
    rest = stated[len(title) :]
    parts = [part.strip() for part in _BORDER.split(rest) if part.strip()]
    border = _BORDER.match(rest)
    fits = parts and len(parts[-1]) <= _OUTLET_SHARE * max(len(title), _SHORT_TITLE)
    return parts[-1] if border and fits else None
