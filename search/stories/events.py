"""Events: sentences that tell of the same on the same day, and what changed between them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from ..language.dates import Period
from .candidates import Sentence
from .lines import Line
from .timeline import Change, ChangeKind, Event, Report
from .witnesses import witnesses

# Two sentences tell the same of days that overlap with this cosine, or this share of the content
# words of the shorter one; of the same days with somewhat less of both; of others, with a cosine
# and a share.
_SAME_COSINE, _SAME_WORDS = 0.72, 0.5
_SOME_COSINE, _SOME_WORDS = 0.58, 0.27
_MOVED_COSINE, _MOVED_WORDS = 0.65, 0.2
_FEWEST_WORDS = 3  # that both have
_MOST_MOVED = timedelta(10)
_PUT_OFF = re.compile(
    r"\b(?:postpon\w*|delay(?:ed|s)?|put\s+off|put\s+back|reschedul\w*|brought\s+forward|"
    r"pushed\s+(?:back|to)|moved\s+(?:from|to|up))\b",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"\b(?:cancel(?:l?ed|s|lation)?|call(?:ed|s)?\s+off|scrapped|will\s+not\s+(?:take\s+place|be\s+held)|"
    r"won['’]t\s+take\s+place)\b",
    re.IGNORECASE,
)


def events_of(sentences: Iterable[Sentence]) -> list[Event]:
    """Return the events that sentences tell of, in the order of their days."""
    groups: list[list[Sentence]] = []
    for one in sentences:
        same = next((group for group in groups if _tells_same(group, one)), None)
        if same is None:
            groups.append([one])
        else:
            same.append(one)
    events = [_event(group) for group in _joined_by_moves(_without_undated_twins(groups))]
    return sorted(events, key=lambda one: (one.first, one.last))


def _tells_same(group: Sequence[Sentence], one: Sentence) -> bool:
    return any(_overlap(_days(other), _days(one)) and _is_same(other, one) for other in group)


def _is_same(one: Sentence, other: Sentence) -> bool:
    cosine, share = _nearness(one, other)
    same_days = _days(one) == _days(other)
    some = same_days and cosine >= _SOME_COSINE and share >= _SOME_WORDS
    return some or cosine >= _SAME_COSINE or share >= _SAME_WORDS


def _nearness(one: Sentence, other: Sentence) -> tuple[float, float]:
    """Return the cosine of two sentences, and the share of words that both have.

    It is none where they have too few, or are one sentence that tells of two things.
    """
    if one.line == other.line:
        return 0.0, 0.0
    here, there = one.terms.stems, other.terms.stems
    both = len(here & there)
    share = both / min(len(here), len(there)) if both >= _FEWEST_WORDS else 0.0
    return float(np.dot(one.vector, other.vector)), share


def _without_undated_twins(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """Leave out what has only its article's day where the article names days of the matter."""
    named = {s.article.id for group in groups for s in group if not s.dated_by_article}
    return [
        group
        for group in groups
        if not all(s.dated_by_article and s.article.id in named for s in group)
    ]


def _joined_by_moves(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """Join what was announced for one day with what is told of it for another."""
    joined: list[list[Sentence]] = []
    for group in sorted(groups, key=_first_published):
        moved = next((other for other in joined if _has_moved(other, group)), None)
        if moved is None:
            joined.append(list(group))
        else:
            moved.extend(group)
    return joined


def _has_moved(before: Sequence[Sentence], after: Sequence[Sentence]) -> bool:
    return any(
        one.told.announced
        and _days(one) != _days(other)
        and abs(other.told.first - one.told.first) <= _MOST_MOVED
        and (other.told.announced or other.told.first >= max(_published(one), one.told.first))
        and (_published(one), False) < (_published(other), other.told.announced)
        and _nearness(one, other) >= (_MOVED_COSINE, 0)
        and _nearness(one, other)[1] >= _MOVED_WORDS
        for one in before
        for other in after
    )


def _event(group: Sequence[Sentence]) -> Event:
    standing = [one for one in group if not one.article.is_withdrawn] or group
    done = [one for one in standing if not one.told.announced]
    latest = max(standing, key=_published)
    first, last = _agreed(done) if done else _days(latest)
    best = sorted(group, key=lambda one: _worth(one, (first, last)))
    reports = tuple(_report(one) for one in _each_article(best))
    changes = _changes(sorted(standing, key=_order))
    called_off = bool(changes) and changes[-1].kind == "cancelled"
    independent = witnesses(one.line for one in group)
    return Event(first, last, not done, called_off, reports, independent, changes)


def _worth(one: Sentence, days: Period) -> tuple[bool, bool, float]:
    """Return what reports are sorted by: those that stand, of these days, the nearest first."""
    return one.article.is_withdrawn, _days(one) != days, -one.nearness


def _each_article(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Return the best sentence of each article."""
    found: dict[str, Sentence] = {}
    for one in sentences:
        found.setdefault(one.article.id, one)
    return [*found.values()]


def _agreed(done: Sequence[Sentence]) -> Period:
    """Return the days that most articles give; of as many, the nearest sentence's."""
    votes = Counter(days for days, _ in {(_days(one), one.article.id) for one in done})
    most = max(votes.values())
    nearest = sorted(done, key=lambda one: -one.nearness)
    return next(_days(one) for one in nearest if votes[_days(one)] == most)


def _changes(group: Sequence[Sentence]) -> tuple[Change, ...]:
    """Return what reports changed in what was announced, in the order of their publication.

    Days that overlap are no change: what is to last three days may begin on any of them.
    """
    changes: list[Change] = []
    before: Period | None = None
    lines: set[Line] = set()  # a sentence that names several days changes nothing by itself
    for one in group:
        if one.line in lines:
            continue
        lines.add(one.line)
        days, kind = _days(one), _kind(one)
        if kind == "cancelled" and one.told.announced:
            changes.append(Change(kind, before or days, None, one.line))
        elif before and not _overlap(before, days):
            changes.append(Change(kind or "moved", before, days, one.line))
        if one.told.announced or not before:
            before = days if one.told.announced else None
        elif before and not _overlap(before, days):
            break  # it has happened, on another day
    return tuple(changes)


def _overlap(one: Period, other: Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _kind(one: Sentence) -> ChangeKind | None:
    text = one.line.sentence
    if _CALLED_OFF.search(text):
        return "cancelled"
    return "postponed" if _PUT_OFF.search(text) else None


def _report(one: Sentence) -> Report:
    told = one.told
    return Report(one.line, told.first, told.last, told.announced, one.dated_by_article)


def _days(one: Sentence) -> Period:
    return one.told.first, one.told.last


def _published(one: Sentence) -> date:
    """Return when a sentence was published, or of an undated one what it tells of."""
    return one.article.published or one.article.event or one.told.first


def _order(one: Sentence) -> tuple[date, bool, str, int]:
    """Return the order in which reports came: of a day, what was announced first."""
    return _published(one), not one.told.announced, one.article.id, one.line.span[0]


def _first_published(group: Sequence[Sentence]) -> tuple[date, bool]:
    return min((_published(one), not one.told.announced) for one in group)
