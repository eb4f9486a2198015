"""Corrections and retractions: how articles say that something was wrong."""

import re
from functools import lru_cache

from ...corpus.article import Span

_CORRECTS = re.compile(
    r"\b(?:corrections?|corrected|corrects|erratum|corrigendum|clarifications?|"
    r"(?:earlier|previous|original)\s+version|we\s+apologi[sz]e|we\s+regret\s+the\s+error|"
    r"(?:correct|right|true)\s+(?:figure|number|sum)|"
    r"we\s+(?:got|had)\s+(?:it|this|that)?\s*wrong)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\bwe\s+(?:had\s+)?(?:wrote|written|reported|said|stated)\b|"
    r"\b(?:earlier|previous|original)\s+(?:version|report|article|story)\b|"
    r"\bretract(?:s|ed)\s+(?:its|our|an?|the)\b|"
    r"\b(?:wrongly|incorrectly|mistakenly|erroneously|originally)\b",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\A\W*(?:that|this|it|the\s+(?:figure|number))\s+(?:was|is)\s+"
    r"(?:wrong|incorrect|false|mistaken|an?\s+(?:error|mistake)|not\s+(?:correct|right|true))\b",
    re.IGNORECASE,
)
# "The correct figure was £380 million": said in the sentence after the wrong one.
_RIGHT_FOLLOWS = re.compile(
    r"\A[^.;]{0,80}\b(?:the\s+(?:correct|right|true|actual)\s+(?:figure|number|sum|amount|total|value)"
    r"|corrected\s+(?:this|that|it|the\s+(?:figure|number)))\b",
    re.IGNORECASE,
)
_RETRACTS = re.compile(
    r"\b(?:retracts?|withdraws?|has\s+retracted|has\s+withdrawn)\b[^.;]{0,40}\b(?:report|article|story)|"
    r"\b(?:this|the)\s+(?:article|story|report)\b[^.;]{0,40}\b(?:retracted|withdrawn)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:correct|revis)\w*\s[^.;]{0,80}\bfrom\s+\Z", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|instead\s+of|rather\s+than)\s+(?:the\s+)?\Z", re.IGNORECASE)


@lru_cache(maxsize=100)  # called for each sentence of an article
def corrects(text: str) -> bool:
    """Return whether a text says that it corrects another.

    >>> corrects("Correction: landslide at Vigra"), corrects("Landslide at Vigra")
    (True, False)
    """
    return bool(_CORRECTS.search(text))


def retracts(text: str) -> bool:
    """Return whether a text says that a report is withdrawn, its own or another one.

    >>> retracts("The Star retracts its report of 3 May."), retracts("Troops withdrew.")
    (True, False)
    """
    return bool(_RETRACTS.search(text))


def is_recalled(sentence: str, number: Span, following: str) -> bool:
    """Return whether a correction's sentence gives a number as the wrong one.

    >>> is_recalled("We wrote that 40 cars were buried.", (14, 16), "")
    True
    >>> is_recalled("14 cars were buried, not 40.", (0, 2), "")
    False
    >>> is_recalled("He said 40 cars were lost.", (8, 10), "The correct figure was 14.")
    True
    """
    before = sentence[: number[0]]
    if _NOT.search(before) or _FORMER.search(before):
        return True
    if _WRONG.match(following) or _RIGHT_FOLLOWS.match(following):
        return True
    return bool(_RECALLS.search(before)) and "instead of" not in sentence
