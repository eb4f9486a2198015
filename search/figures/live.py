"""Live reports: articles of entries, each under its time of one day."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from .asked import QuantityMatcher
from .finding import Evidence, Found
from .words import Stems, alike

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
    told = [_Told(one, *_entry(one, evidence), matcher.stems(one.quantity.things)) for one in found]
    if not any(one.minute for one in told):
        return [*found]
    last = [one for one in told if not any(one.is_before(other) for other in told)]
    return [
        one.figure._replace(
            score=max(other.figure.score for other in told if other is one or other.is_before(one))
        )
        for one in last
    ]


class _Told(NamedTuple):
    """A figure in an entry: its article, the minute of the day, 0 without entries, and things."""

    figure: Found
    article: str
    minute: int
    things: Stems

    def is_before(self, other: "_Told") -> bool:
        """Whether a later entry of the same article gives a figure of the same things and day."""
        return (
            self.minute < other.minute
            and self.article == other.article
            and self.figure.kind == other.figure.kind
            and self.figure.days == other.figure.days
            and (self.things == other.things or bool(alike(self.things, other.things)))
        )


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
