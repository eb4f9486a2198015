"""Captions of pictures among the sentences of an article: they date a picture, and no event."""

import re

from ...corpus.article import CAPTION_MARK
from ..language.dates import MONTH

_PICTURE = r"(?:photo(?:graph)?s?|pictures?|images?|video\s+grab)"
_MARKED = re.compile(
    rf"\W*(?:{re.escape(CAPTION_MARK)}|(?:file\s+)?{_PICTURE}\s*(?:[:|–—]|by\s)|caption\s*:)",
    re.IGNORECASE,
)
# "The picture published with the report shows Akar": also in a digest of another article.
_ABOUT_ONE = re.compile(
    rf"\W*(?:in\s+)?(?:an?|the|this|one)\s+(?:[\w'’-]+\s+){{0,3}}{_PICTURE}\b[^.]{{0,80}}"
    r"\b(?:shows?|showing|taken|published|credited|dated|released|provided|of)\b",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    rf"[(\[|/][^()\[\]|]{{0,60}}\b(?:{_PICTURE}|getty|handout|courtesy)\b[^()\[\]|]{{0,60}}[)\]]?\W*\Z"
    rf"|\bfile\s+{_PICTURE}\b",
    re.IGNORECASE,
)
# "Akar attends a meeting in Ankara on March 29, 2022": the present, on a day that is over.
_SHOWN = re.compile(
    r"\b(?:(?:is|are)\s+(?:seen|pictured|shown|photographed)|seen\s+(?:here|in|from|at)|pictured|"
    r"gestures?|poses?|looks?\s+on|walks?|stands?|sits?|attends?|speaks?|shakes?\s+hands|arrives?|"
    r"waves?|smiles?|holds?|carry|carries|inspects?|greets?|meets?|addresses)\b"
    rf"[^.;]*\b(?:{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH}\s+\d{{4}})\W*\Z",
    re.IGNORECASE,
)


def is_caption(sentence: str) -> bool:
    """Return whether a sentence says what a picture shows.

    >>> is_caption("Photo: Rescue workers on the quay on 6 March.")
    True
    >>> is_caption("Photographs of the quay were sold on 6 March.")
    False
    >>> is_caption("Akar attends a meeting in Ankara, March 29, 2022.")
    True
    """
    return any(pattern.match(sentence) for pattern in (_MARKED, _ABOUT_ONE)) or any(
        pattern.search(sentence) for pattern in (_CREDITED, _SHOWN)
    )
