"""Whether a number is exact, a lower or upper bound, or approximate."""

import re
from typing import Literal

from ...corpus.article import Span

Bound = Literal["at least", "at most", "about"]

_BOUNDS: dict[str | None, Bound] = {"least": "at least", "most": "at most", "about": "about"}
# "Later than" and "other than" set no bound to a count.
_OTHER: dict[Bound, Bound] = {"at least": "at most", "at most": "at least", "about": "about"}
_LESS = r"(?:fewer|less|lower|slower|shorter|smaller|cheaper|lighter|younger|narrower)"
_MORE = rf"(?:more|(?!{_LESS}|(?:oth|rath|lat|earli|near|farth)er)[a-z]{{2,}}er)"
# A toll that passes 12 is more than that; a parliament that passes 12 laws is not.
_PASSES = re.compile(r"pass", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:tolls?|totals?|numbers?|count|figure|turnout|deaths|cases)\b(?:\s+[\w’-]+){0,8}\s*\Z",
    re.IGNORECASE,
)
_FARTHEST_TOTAL = 80
_BEFORE = re.compile(
    rf"""
    (?<!\w)(?:
      (?P<least>at\s+least|(?:a\s+)?minimum\s+of|{_MORE}\s+than|(?:(?:well|just)\s+)?over
        |above|upwards\s+of|in\s+excess\s+of|exceed(?:s|ed|ing)?|(?:sur)?pass(?:ed|es|ing)?|topped|beyond)
    | (?P<most>at\s+most|(?:a\s+)?maximum\s+of|up\s+to|as\s+(?:many|much)\s+as|limited\s+to
        |{_LESS}\s+than|(?:just\s+)?under|below)
    | (?P<about>about|around|some|roughly|approximately|approx\.|nearly|almost|close\s+to
        |(?:(?:an|the)\s+)?estimated|circa|ca?\.|in\s+the\s+region\s+of)
    )\s+(?:the\s+|an?\s+)?\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"(?:\s*,)?\s+(?:(?P<least>or\s+more|at\s+least|plus)|"
    r"(?P<most>or\s+(?:fewer|less)|at\s+(?:the\s+)?most)|(?P<about>or\s+so|give\s+or\s+take))\b",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 24
# "May not store more than 8,000", "no faster than six knots": a bound denied is the other one.
_DENIED = re.compile(
    r"\b(?:no|not|never|cannot|neither|nor|without|hardly|\w+n['’]t)\b(?!\s+only\b)"
    r"(?:(?!\b(?:but|that|who|which|because|if|whether)\b)[^,;:.!?]){0,60}\Z",
    re.IGNORECASE,
)
_EITHER_WAY = re.compile(
    rf"(?:{_MORE}|{_LESS})\s+than|over|above|under|below|exceed|beyond", re.IGNORECASE
)
_FARTHEST_DENIAL = 70


def bound_of(text: str, number: Span) -> tuple[Bound | None, Span]:
    """Return the bound of the number at a span of `text`, and the span with the bound's words.

    The text has none of the letters that `with_ascii_letters` replaces.

    >>> bound_of("to over 30 men", (8, 10)), bound_of("30 or so men", (0, 2))
    (('at least', (3, 10)), ('about', (0, 8)))
    >>> bound_of("It may not store more than 80 logs", (27, 29))
    ('at most', (27, 29))
    """
    start, end = number
    before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if before and not _passes_otherwise(before):
        return _denied(_BOUNDS[before.lastgroup], before, text, end)
    if text[start:end].endswith("+"):
        return "at least", number
    if after := _AFTER.match(text, end):
        return _BOUNDS[after.lastgroup], (start, after.end())
    return None, number


def _passes_otherwise(bound: re.Match[str]) -> bool:
    start, text = bound.start(), bound.string
    is_total = _TOTAL.search(text, max(0, start - _FARTHEST_TOTAL), start)
    return bool(_PASSES.match(text, start)) and not is_total


def _denied(bound: Bound, found: re.Match[str], text: str, end: int) -> tuple[Bound, Span]:
    """Return the other bound if "not" or "no" comes before it in its clause.

    Where words stand between them, the span is the number's alone: its bound's words mislead.
    """
    start = found.start()
    denial = _DENIED.search(text, max(0, start - _FARTHEST_DENIAL), start)
    if not denial or not _EITHER_WAY.match(found[0]):
        return bound, (start, end)
    is_beside = text[denial.start() : start].lower().split() in (["no"], ["not"])
    if is_beside and "than" in found[0]:
        return _OTHER[bound], (denial.start(), end)
    return _OTHER[bound], (found.end(), end)
