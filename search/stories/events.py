"""Events: sentences that tell of the same on the same day, and what changed between them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain

import numpy as np

from ...corpus.text.analysis import analyzer
from ..language.dates import Period
from ..language.lexicon import MONTHS, WEEKDAYS
from .candidates import Sentence
from .lines import Line
from .timeline import Change, ChangeKind, Event, Report
from .witnesses import witnesses

# Two sentences tell the same of the same days if their cosine and the share of content words of the
# shorter one that both have are so much together; of days that overlap, and of others that it was
# moved between, somewhat more, with a cosine of their own. A sentence that names both days itself
# needs less.
_SAME, _SAME_OVERLAPPING, _MOVED = 0.88, 1.1, 1.1
_MOVED_COSINE = 0.5
_SAID_TO_MOVE = 0.35
_SAME_BEGUN = 0.55  # a cosine
_FEWEST_APART = 2  # days on which a group tells of something
_FEWEST_WORDS = 2  # that both have
_TIMES = frozenset(analyzer().analyze(" ".join((*WEEKDAYS, *MONTHS))))
_ORDINALS = frozenset(analyzer().analyze("first second third fourth fifth sixth seventh"))
_RECENT = timedelta(365)
_MOST_BACKGROUND = 0.25  # of the events
_MOST_MOVED = timedelta(10)
_PUT_OFF = re.compile(
    r"\b(?:postpon\w*|delay(?:ed|s)?|put\s+off|put\s+back|reschedul\w*|brought\s+forward|"
    r"pushed\s+(?:back|to))\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:began|begun|opened|started|kicked\s+off|got\s+under\s+way|is\s+under\s+way)\b", re.I
)
_CALLED_OFF = re.compile(
    r"\b(?:cancel(?:l?ed|s|lation)?|call(?:ed|s)?\s+off|scrapped|will\s+not\s+(?:take\s+place|be\s+held)|"
    r"won['’]t\s+take\s+place)\b",
    re.IGNORECASE,
)


def events_of(sentences: Iterable[Sentence]) -> list[Event]:
    """Return the events that sentences tell of, in the order of their days.

    Of one day, those with more independent reports come first, and of as many the nearest.
    """
    groups: list[list[Sentence]] = []
    for one in sentences:
        same: list[list[Sentence]] = []
        others: list[list[Sentence]] = []
        for group in groups:
            (same if _tells_same(group, one) else others).append(group)
        groups = [*others, [*chain.from_iterable(same), one]]
    groups = [*chain.from_iterable(map(_days_apart, groups))]
    groups = _joined_by_moves(_without_undated_twins(groups))
    groups = [group for group in groups if not all(one.is_beside for one in group)]
    groups = sorted(_without_background(groups), key=_nearest, reverse=True)
    events = [_event(group) for group in groups]
    return sorted(events, key=lambda one: (one.first, one.last, -one.independent))


def _nearest(group: Iterable[Sentence]) -> float:
    return max(one.nearness for one in group)


def _tells_same(group: Sequence[Sentence], one: Sentence) -> bool:
    return any(_overlap(_days(other), _days(one)) and _is_same(other, one) for other in group)


def _days_apart(group: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return a group by the days of those that tell of one: what began on Monday ended on Friday.

    What was to last from Monday to Friday, by which they were joined, goes with the first.
    """
    of_days: dict[Period, list[Sentence]] = {}
    for one in group:
        if one.told.first == one.told.last and not _kind(one):
            of_days.setdefault(_days(one), []).append(one)
    if len(of_days) < _FEWEST_APART:
        return [list(group)]
    _, *later = sorted(of_days)
    apart = [of_days[days] for days in later]
    left = {id(one) for one in chain.from_iterable(apart)}
    return [[one for one in group if id(one) not in left], *apart]


def _is_same(one: Sentence, other: Sentence) -> bool:
    cosine, share = _nearness(one, other)
    return cosine + share >= (_SAME if _days(one) == _days(other) else _SAME_OVERLAPPING)


def _nearness(one: Sentence, other: Sentence) -> tuple[float, float]:
    """Return the cosine of two sentences, and the share of words that both have but for days.

    It is none where they have too few, are one sentence that tells of two things, or number
    different ones: the first round and the second.
    """
    here, there = _words(one), _words(other)
    ordinals = here & _ORDINALS, there & _ORDINALS
    if one.line == other.line or (all(ordinals) and not ordinals[0] & ordinals[1]):
        return 0.0, 0.0
    both = len(here & there)
    share = both / min(len(here), len(there)) if both >= _FEWEST_WORDS else 0.0
    return float(np.dot(one.vector, other.vector)), share


def _words(one: Sentence) -> frozenset[str]:
    return frozenset(one.terms.stems) - _TIMES


def _without_undated_twins(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """Leave out what has only its article's day where the article names days of the matter."""
    named = {s.article.id for group in groups for s in group if not s.dated_by_article}
    return [
        group
        for group in groups
        if not all(s.dated_by_article and s.article.id in named for s in group)
    ]


def _without_background(groups: list[list[Sentence]]) -> list[list[Sentence]]:
    """Leave out what one article recalls of years before, where most is of its own time."""
    old = [_is_background(group) for group in groups]
    if sum(old) > _MOST_BACKGROUND * len(groups):
        return groups
    return [group for group, is_old in zip(groups, old, strict=True) if not is_old]


def _is_background(group: Sequence[Sentence]) -> bool:
    return len({one.article.id for one in group}) == 1 and all(
        one.article.published and one.told.last < one.article.published - _RECENT for one in group
    )


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
    return any(_is_moved(one, other) for one in before for other in after)


def _is_moved(one: Sentence, other: Sentence) -> bool:
    """Return whether a sentence tells for another day what had been announced for one."""
    if not one.told.announced or _days(one) == _days(other):
        return False
    later = (_published(one), False) < (_published(other), other.told.announced)
    cosine, share = _nearness(one, other)
    if other.told.moved_from and _overlap(other.told.moved_from, _days(one)):
        return later and cosine >= _SAID_TO_MOVE
    if one.told.first < other.told.first and other.told.last <= one.told.last:
        return _begins(other, cosine)  # what lasts several days goes on, and ends
    near = abs(other.told.first - one.told.first) <= _MOST_MOVED
    possible = other.told.announced or other.told.first >= max(_published(one), one.told.first)
    return near and possible and later and cosine >= _MOVED_COSINE and cosine + share >= _MOVED


def _begins(one: Sentence, cosine: float) -> bool:
    """Return whether a sentence tells that what was announced for several days has begun."""
    return bool(_BEGAN.search(one.line.sentence)) and cosine >= _SAME_BEGUN


def _event(group: Sequence[Sentence]) -> Event:
    standing = [one for one in group if not one.article.is_withdrawn] or group
    done = [one for one in standing if not one.told.announced and not _is_called_off(one, group)]
    latest = max(standing, key=_published)
    first, last = _agreed(done) if done else _days(latest)
    best = sorted(group, key=lambda one: _worth(one, (first, last)))
    reports = tuple(_report(one) for one in _each_article(best))
    changes = _changes(sorted(standing, key=_order))
    called_off = bool(changes) and changes[-1].kind == "cancelled"
    independent = witnesses(one.line for one in group)
    return Event(first, last, not done, called_off, reports, independent, changes)


def _worth(one: Sentence, days: Period) -> tuple[bool, bool, bool, float]:
    """Return what reports are sorted by: those that stand, of these days, as done; the nearest."""
    return one.article.is_withdrawn, _days(one) != days, one.told.announced, -one.nearness


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
        before = before or one.told.moved_from
        called_off = _is_called_off(one, group)
        if called_off:
            changes.append(Change("cancelled", before or days, None, one.line))
        elif before and not _overlap(before, days):
            changes.append(
                Change("postponed" if kind == "postponed" else "moved", before, days, one.line)
            )
        if one.told.announced or called_off or not before:
            before = days if one.told.announced else None
        elif before and not _overlap(before, days):
            break  # it has happened, on another day
    return tuple(changes)


def _is_called_off(one: Sentence, group: Sequence[Sentence]) -> bool:
    """Return whether a sentence tells that what was announced will not be, or was not.

    "The search was called off on Friday" tells of nothing that had been announced for Friday.
    """
    if _kind(one) != "cancelled":
        return False
    return one.told.announced or any(
        other.told.announced and _overlap(_days(other), _days(one)) for other in group
    )


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
