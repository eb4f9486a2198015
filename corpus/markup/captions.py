"""The captions of a page's pictures, kept apart from its text.

They say where and when a picture was taken, which is seldom what the article reports.
"""

import re
from collections.abc import Iterator

from lxml import html

from ..text.cleaning import is_furniture, one_line

_CAPTIONS = (
    "//figcaption | //*[not(self::figcaption or self::figure or self::img)]"
    "[contains(concat(' ', @class, ' '), ' caption ') or contains(@class, 'caption-text')"
    " or contains(@class, 'image-caption') or contains(@class, 'photo-caption')"
    " or contains(@class, 'media-caption')]"
)
_ELSEWHERE = "ancestor::aside | ancestor::nav | ancestor::footer | ancestor::a | ancestor::table"
_AGENCY = r"(?:photos?|images?|pictures?|getty|reuters|afp|epa|shutterstock|handout|courtesy)"
# "(AA Photo)", "| Photo: AFP", "Photograph: N. N./AP" behind what the picture shows.
_CREDIT = re.compile(
    rf"\s*(?:\([^()]*\b{_AGENCY}\b[^()]*\)|\[[^\[\]]*\b{_AGENCY}\b[^\[\]]*\]"
    r"|[|/–—-]?\s*(?:photo(?:graph)?|image|picture|credit)s?(?: by| credits?)?\s*[:©|].{1,80}"
    r"|©.{1,80}"
    r"|(?<=[.!?])\s+(?:\w\.\s*)?[^.!?]{0,40}/?(?:getty images|reuters|afp|epa)(?:/[^.!?]{1,30})?)$",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
_LONGEST = 600  # characters; a longer "caption" is a text of its own
_MOST = 20


def take_captions(tree: html.HtmlElement) -> list[str]:
    """Remove the captions from a page; return them without credits, each once, in order."""
    return list(dict.fromkeys(_captions(tree)))[:_MOST]


def _captions(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.xpath(_CAPTIONS):
        if element.xpath(_ELSEWHERE) or element.xpath(".//figcaption"):
            continue
        caption = one_line(" ".join(element.itertext()))
        if len(caption) > _LONGEST or element.getparent() is None:
            continue
        element.drop_tree()
        shown = _CREDIT.sub("", caption).strip()
        if len(shown.split()) >= _LEAST_WORDS and not is_furniture(shown):
            yield shown
