"""Which of the quantities found count one thing, and are right."""

import re
from collections.abc import Sequence
from datetime import timedelta

from ..language.dates import Period
from .asked import QuantityMatcher
from .finding import Evidence, Found
from .words import Stems, alike

# The share of the best figure's score that another must have to be one of the same quantity.
_AS_GOOD = 0.6
_SEVERAL = 2  # names
_CORRECTED_TO = re.compile(r"\bcorrect(?:s|ed)\s[^.;]*\bto\s+\Z", re.IGNORECASE)
_GAP = timedelta(365)  # from an event that an article recalls to its day


def uncorrected(found: Sequence[Found]) -> list[Found]:
    """Return the figures without those that are given as wrong, wherever they stand."""
    wrong = {_value(one) for one in found if one.is_recalled}
    right = [one for one in found if _value(one) not in wrong]
    mended = [one for one in right if _CORRECTED_TO.search(one.before)]
    return [
        one
        for one in right
        if not any(one.kind == other.kind and _is_before(one, other) for other in mended)
    ]


def _is_before(one: Found, other: Found) -> bool:
    return bool(one.days and other.days and one.days[1] < other.days[0])


def _value(one: Found) -> tuple[float, str | None]:
    return one.quantity.number.value, one.quantity.number.unit


def best_fit(found: Sequence[Found]) -> Found:
    """Return the figure that fits best, the first of equals."""
    return max(found, key=lambda one: one.score)


def of_one_thing(found: Sequence[Found], names: Stems = frozenset()) -> list[Found]:
    """Return those that count the same as the best one does.

    Where an article has a sentence with all of several `names`, its others are of another:
    beside "Great Tarn has 31", the number of all the Tarn islands.
    """
    named = [names <= alike(names, one.setting.stems) for one in found]
    told = {one.mention.evidence for one, all_named in zip(found, named, strict=True) if all_named}
    found = [
        one
        for one, all_named in zip(found, named, strict=True)
        if all_named or len(names) < _SEVERAL or one.mention.evidence not in told
    ]
    best = best_fit(found)
    return [one for one in found if one.score >= _AS_GOOD * best.score and one.kind == best.kind]


def of_last_event(
    matcher: QuantityMatcher, found: Sequence[Found], evidence: Sequence[Evidence]
) -> list[Found]:
    """Return the dead and injured without those of an event that articles recall, if any are."""

    def is_recalled(one: Found) -> bool:
        told = evidence[one.mention.evidence].article.published
        return bool(told and one.days and told - one.days[1] > _GAP)

    recent = [one for one in found if not (matcher.outcomes and is_recalled(one))]
    return recent or [*found]


def best_of_each_day(
    found: Sequence[Found], evidence: Sequence[Evidence], by_counter: bool = False
) -> list[Found]:
    """Return the best figure of each article for each day, the first of equals.

    With `by_counter`, also those of others who are said to have counted.
    """
    best: dict[tuple[str, Period | None, str | None], Found] = {}
    for one in sorted(found, key=lambda one: -one.score):
        day = evidence[one.mention.evidence].article.id, one.days
        best.setdefault((*day, None), one)
        if by_counter and one.counter:
            best.setdefault((*day, one.counter), one)
    return [one for one in found if any(one is kept for kept in best.values())]
