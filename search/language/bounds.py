"""Whether a number is exact, a lower or upper bound, or approximate."""

import re
from typing import Literal

from ...corpus.article import Span

Bound = Literal["at least", "at most", "about"]

_BOUNDS: dict[str | None, Bound] = {"least": "at least", "most": "at most", "about": "about"}
_BEFORE = re.compile(
    r"""
    (?<!\w)(?:
      (?P<least>at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|more\s+than|(?:(?:well|just)\s+)?over
        |above|upwards\s+of|in\s+excess\s+of|exceed(?:s|ed|ing)?|surpass(?:ed|ing)?|topped|beyond)
    | (?P<most>at\s+most|up\s+to|as\s+(?:many|much)\s+as|(?:no|not)\s+more\s+than
        |(?:fewer|less)\s+than|(?:just\s+)?under|below)
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


def bound_of(text: str, number: Span) -> tuple[Bound | None, Span]:
    """Return the bound of the number at a span of `text`, and the span with the bound's words.

    The text has none of the letters that `with_ascii_letters` replaces.

    >>> bound_of("to over 30 men", (8, 10)), bound_of("30 or so men", (0, 2))
    (('at least', (3, 10)), ('about', (0, 8)))
    """
    start, end = number
    if before := _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start):
        return _BOUNDS[before.lastgroup], (before.start(), end)
    if text[start:end].endswith("+"):
        return "at least", number
    if after := _AFTER.match(text, end):
        return _BOUNDS[after.lastgroup], (start, after.end())
    return None, number
