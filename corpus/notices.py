"""Notices: how an article says of itself that it is withdrawn or corrected."""

import re
from collections.abc import Sequence
from functools import lru_cache

from .article import Notice
from .text.sentences import sentence_spans

# The words of notices, also of those that an outlet prints about another of its articles.
REPORT = r"(?:article|story|report)"
RETRACTED = r"(?:retracted|withdrawn)"
RETRACTS = r"(?:retracts?|withdraws?)"
CORRECTION = r"(?:correction|erratum|corrigendum|clarification)"
EARLIER = r"(?:earlier|previous|original)"

_ANY_REPORT = rf"(?:{REPORT}|piece|post|study|paper)"
_WITHDRAWN_TITLE = re.compile(rf"\W*(?:{RETRACTED}|retraction)\b", re.IGNORECASE)
# "The report was withdrawn" may be of another one, but not in a note of the editors.
_WITHDRAWN = re.compile(
    r"(?:\b(?:this|our)|(?:^|\n)[^\w\n]*(?:editor\S*\s+note|note|notice|update|retraction)\b[^.;]{0,60}\bthe)\s+"
    rf"{_ANY_REPORT}\b[^.;]{{0,60}}"
    rf"\b(?:has|have|was|is)\s+(?:since\s+|now\s+)?(?:been\s+)?{RETRACTED}\b"
    rf"|\b(?:{RETRACTS}|{RETRACTED})\s+this\s+{_ANY_REPORT}\b",
    re.IGNORECASE,
)
_CORRECTED_TITLE = re.compile(rf"\W*(?:corrected|{CORRECTION})\s*[:–—-]", re.IGNORECASE)
_CORRECTION_NOTE = re.compile(
    rf"\W*{CORRECTION}\b|.*\b{EARLIER}\s+version\s+of\s+this\b", re.IGNORECASE
)
# A text that says so has one of these words, and where it says that it is corrected, such a place,
# at which a sentence may begin: few texts need a closer look.
_OF_WITHDRAWAL = ("retract", "withdraw")
_OF_CORRECTION = ("correction", "erratum", "corrigendum", "clarification", "version")
_MAY_CORRECT = re.compile(
    rf"(?<!\w )(?<!, )\b{CORRECTION}\b|\b{EARLIER}\s+version\s+of\s+this\b", re.IGNORECASE
)


@lru_cache(maxsize=200)  # an article is cited again and again
def notice_in(title: str, text: str) -> Notice | None:
    """Return the notice of an article, or None where it has none.

    >>> notice_in("RETRACTED: Tea cures all", "").kind
    'retraction'
    >>> notice_in("Tea", "Correction: it was 14 cups.").text
    'Correction: it was 14 cups.'
    >>> notice_in("Troops withdrawn", "They left.")
    """
    if span := withdrawal_in(text):
        return Notice("retraction", text[slice(*span)], span)
    if is_withdrawn(title):
        return Notice("retraction", title)
    if span := correction_note_in(text):
        return Notice("correction", text[slice(*span)], span)
    return Notice("correction", title) if _CORRECTED_TITLE.match(title) else None


def is_withdrawn(title: str) -> bool:
    """Return whether an article's title says that it is withdrawn.

    >>> is_withdrawn("RETRACTED: Tea cures all"), is_withdrawn("Troops withdrawn")
    (True, False)
    """
    return bool(_WITHDRAWN_TITLE.match(title))


@lru_cache(maxsize=100)  # called for each passage of an article
def withdrawal_in(text: str) -> tuple[int, int] | None:
    """Return the span of the sentence that says that its article is withdrawn."""
    found = _WITHDRAWN.search(text) if _has_one(_OF_WITHDRAWAL, text) else None
    if not found:
        return None
    place = found.end() - 1
    spans = sentence_spans(text)
    return next((span for span in spans if span[0] <= place < span[1]), None)


def correction_note_in(text: str) -> tuple[int, int] | None:
    """Return the span of the sentence with which an article corrects itself."""
    may_be = _has_one(_OF_CORRECTION, text) and _MAY_CORRECT.search(text)
    spans = sentence_spans(text) if may_be else []
    return next((span for span in spans if _CORRECTION_NOTE.match(text[slice(*span)])), None)


def _has_one(words: Sequence[str], text: str) -> bool:
    # Without their first letters, which may be capitals: to lower a whole text takes far longer.
    return any(word[1:] in text or word[1:].upper() in text for word in words)
