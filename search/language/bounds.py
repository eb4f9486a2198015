"""Whether a number is given as exact, as the least or most that it may be, or roughly."""

import re
from typing import Literal

from ...corpus.article import Span

Bound = Literal["at least", "at most", "about"]

_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(
        "at least|no fewer than|no less than|not less than|not fewer than|more than|well over|"
        "just over|over|above|upwards of|in excess of|a minimum of|greater than|exceed|exceeds|"
        "exceeded|exceeding|surpass|surpassed|surpassing|topped|beyond".split("|"),
        "at least",
    ),
    **dict.fromkeys(
        "at most|up to|as many as|as much as|no more than|not more than|fewer than|less than|"
        "just under|under|below|a maximum of".split("|"),
        "at most",
    ),
    **dict.fromkeys(
        "about|around|some|roughly|approximately|approx.|nearly|almost|close to|an estimated|"
        "estimated|the estimated|circa|c.|ca.|in the region of|more or less".split("|"),
        "about",
    ),
}
_LONGEST_FIRST = sorted(_BOUNDS, key=len, reverse=True)
_BOUND_BEFORE = re.compile(
    rf"(?<!\w)(?P<bound>{'|'.join(map(re.escape, _LONGEST_FIRST))})"
    r"\s+(?:the\s+|an?\s+)?\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"(?:\s*,)?\s+(?:(?P<least>or\s+more|at\s+least|if\s+not\s+more|plus)|"
    r"(?P<most>or\s+(?:fewer|less)|at\s+(?:the\s+)?most)|(?P<about>or\s+so|give\s+or\s+take))\b",
    re.IGNORECASE,
)
_LONGEST_BOUND = 24


def bound_of(text: str, number: Span) -> tuple[Bound | None, Span]:
    """Give the bound of the number at a span of `text`, and the span with the words of the bound.

    The text has none of the letters that `with_ascii_letters` replaces.

    >>> bound_of("to over 30 men", (8, 10)), bound_of("30 or so men", (0, 2))
    (('at least', (3, 10)), ('about', (0, 8)))
    """
    start, end = number
    before = _BOUND_BEFORE.search(text, max(0, start - _LONGEST_BOUND), start)
    if before:
        return _BOUNDS[" ".join(before["bound"].lower().split())], (before.start(), end)
    if text[start:end].endswith("+"):
        return "at least", number
    after = _BOUND_AFTER.match(text, end)
    if not after:
        return None, number
    bound = "at least" if after["least"] else "at most" if after["most"] else "about"
    return bound, (start, after.end())
