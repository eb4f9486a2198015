"""Live reports: articles of entries, each under its time of one day."""

import re
from collections.abc import Sequence
from functools import lru_cache

from .asked import QuantityMatcher
from .finding import Evidence, Found
from .words import alike

# "09:20" or "9.20 CET" alone in a line.
_TIME_OF_ENTRY = re.compile(
    r"^[^\w\n]{0,9}(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b"
    r"[ \t]*(?:[A-Z]{2,4}|h|hrs)?[^\w\n]{0,9}$",
    re.MULTILINE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_OF_NOW = re.compile(r"\b(?:is|are|has|have|now|current\w*|latest|still)\b", re.IGNORECASE)


def of_last_entries(
    question: str, matcher: QuantityMatcher, found: Sequence[Found], evidence: Sequence[Evidence]
) -> list[Found]:
    """Return the figures without those that a later entry of their article gives anew.

    Such an article has entries under the times of a day. For a question of the past, or of a time
    of day, all are returned.
    """
    if _CLOCK.search(question) or not _OF_NOW.search(question):
        return [*found]

    entries = [(one, *_entry(one, evidence)) for one in found]

    def before(entry: tuple[Found, str, int], other: tuple[Found, str, int]) -> bool:
        same = entry[1] == other[1] and _is_alike(matcher, entry[0], other[0])
        return same and entry[2] < other[2]

    last = [one for one in entries if not any(before(one, other) for other in entries)]
    return [
        one[0]._replace(score=max([one[0].score, *(e[0].score for e in entries if before(e, one))]))
        for one in last
    ]


def _is_alike(matcher: QuantityMatcher, one: Found, other: Found) -> bool:
    """Whether two figures of one day count the same things."""
    things, others = (matcher.stems(each.quantity.things) for each in (one, other))
    same = things == others or bool(alike(things, others))
    return same and one.kind == other.kind and one.days == other.days


def _entry(one: Found, evidence: Sequence[Evidence]) -> tuple[str, int]:
    """Return the article of a figure and the minute of the day of its entry, 0 without entries."""
    article, place = evidence[one.mention.evidence].article, one.mention.sentence[0]
    entries = _entries(article.text)
    before = [minute for start, minute in entries if start <= place]
    return article.id, before[-1] if before and len(entries) > 1 else 0


@lru_cache(maxsize=20)  # asked for each figure of an article
def _entries(text: str) -> list[tuple[int, int]]:
    """Return where the lines are that give the time of an entry, and its minute of the day."""
    found = _TIME_OF_ENTRY.finditer(text)
    return [(one.start(), 60 * int(one["hour"]) + int(one["minute"])) for one in found]
