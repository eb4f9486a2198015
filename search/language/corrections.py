"""Corrections and retractions: how articles say that something was wrong."""

import re
from functools import lru_cache

from ...corpus.article import Span
from ...corpus.notices import CORRECTION, EARLIER, REPORT, RETRACTED, RETRACTS

_CORRECTS = re.compile(
    rf"\b(?:{CORRECTION}s?|corrected|corrects|{EARLIER}\s+version|we\s+apologi[sz]e|"
    r"we\s+regret\s+the\s+error|(?:correct|right|true)\s+(?:figure|number|sum)|"
    r"we\s+(?:got|had)\s+(?:it|this|that)?\s*wrong)\b",
    re.IGNORECASE,
)
_WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously)"
_RECALLS = re.compile(
    r"\bwe\s+(?:had\s+)?(?:wrote|written|reported|said|stated)\b|"
    rf"\b{EARLIER}\s+(?:version|{REPORT})\b|"
    r"\bretract(?:s|ed)\s+(?:its|our|an?|the)\b|"
    rf"\b(?:{_WRONGLY}|originally)\b",
    re.IGNORECASE,
)
# What an outlet says of its own report: "not in Prague, as we reported", "we wrongly reported".
_OWN_ERROR = re.compile(
    rf"\A\W*{CORRECTION}\s*[:–—-]|\b{EARLIER}\s+version\s+of\s+(?:this|the|our)\s+{REPORT}\b|"
    r"\bwe\s+(?:got|had)\s+(?:it|this|that)\s+wrong\b|"
    rf"\b(?:we|(?:this|our)\s+(?:news)?paper)\s+(?:had\s+)?(?:{_WRONGLY}|falsely)\s+\w+ed\b|"
    r"\bnot\b[^.;]{1,60}\bas\s+(?:we|(?:this|our)\s+(?:news)?paper)\s+(?:had\s+)?(?:\w+ly\s+|first\s+)?"
    r"(?:reported|wrote|written|said|stated)\b",
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
    rf"\b(?:{RETRACTS}|retracted|has\s+withdrawn)\b[^.;]{{0,40}}\b{REPORT}\b|"
    rf"\b(?:this|the)\s+{REPORT}\b[^.;]{{0,40}}\b{RETRACTED}\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_NOT_NAME = re.compile(
    r"\b(?:not|instead\s+of|rather\s+than|wrong\s+\w+,)\s+(?:(?:in|on|at|near|from|to)\s+)?(?:the\s+)?"
    r"([A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*)"
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


def admits_error(sentence: str) -> bool:
    """Return whether a sentence says that its own outlet was wrong.

    >>> admits_error("He was held in Vienna, not in Prague as we reported.")
    True
    >>> admits_error("He was held in Vienna, as we reported."), admits_error("“We got it wrong.”")
    (False, False)
    """
    return bool(_OWN_ERROR.search(_QUOTED.sub("", sentence)))


def names_recalled(sentence: str) -> list[str]:
    """Return the names that a sentence which admits an error gives as the wrong ones.

    >>> names_recalled("He was held in Vienna, not in Prague as we reported.")
    ['Prague']
    """
    return [found[1] for found in _NOT_NAME.finditer(sentence)] if admits_error(sentence) else []


def retracts(text: str) -> bool:
    """Return whether a text says that a report is withdrawn, its own or another one.

    >>> retracts("The Star retracts its report of 3 May."), retracts("Troops withdrew.")
    (True, False)
    """
    return bool(_RETRACTS.search(text))


def is_said_wrong(following: str) -> bool:
    """Return whether what follows a sentence says that it is wrong.

    >>> is_said_wrong(" That was wrong: it began on deck."), is_said_wrong(" It began on deck.")
    (True, False)
    """
    return bool(_WRONG.match(following))


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
