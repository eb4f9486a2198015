"""Reports of one day that disagree on a number, a place or a day, or deny one another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import floor, inf, log10

from ...figures.counting import Quantity
from ...figures.words import Stems, group_stems, outcome_stems, place_names, stems_of
from ...figures.words import alike as alike_stems
from ...language.dates import in_words
from ...language.numbers import Number
from ...language.units import kind_of
from ..witnesses import witnesses
from .found import Conflict, Correction, Kind, Side
from .telling import Told, alike

_NEAR = 0.5  # of the words of the shorter of two sentences that count the same
_VERY_NEAR = 0.7  # of two that tell the same of another place or day
_ABOUT = 0.1  # of a number that it may be off by where it is said to be about so much
_ROUNDED = 1000  # from which on exact numbers are rounded


@dataclass(frozen=True)
class _Said:
    told: Told
    said: str


def conflicts_in(told: Sequence[Told], corrections: Sequence[Correction]) -> list[Conflict]:
    """Return the conflicts, the latest first. What is corrected or withdrawn is no side of one."""
    gone = {one.of for one in corrections if one.kind == "retraction"}
    wrong = [one for one in told if one.recalled]
    sides = [one for one in told if one.line.article.id not in gone and not one.recalled]
    sides = [one for one in sides if not _is_corrected(one, wrong)]
    sides += [one for one in wrong if one.line.article.id not in gone and _is_right_too(one)]
    by_day: dict[date, list[Told]] = defaultdict(list)
    for one in sides:
        if one.line.article.published:
            by_day[one.line.article.published].append(one)
    found: list[tuple[Kind, date, _Said, _Said]] = [
        (kind, day, first, second)
        for day, of_day in by_day.items()
        for one, other in combinations(of_day, 2)
        if not _are_copies(one, other)
        for kind, first, second in _differing(one, other)
    ]
    conflicts = [Conflict(kind, day, (_side(one), _side(other))) for kind, day, one, other in found]
    return sorted(_once(conflicts), key=lambda one: one.day, reverse=True)


def _is_right_too(one: Told) -> bool:
    """Return whether a sentence that recalls a number gives another one: "14, not 40"."""
    return len(one.quantities) > len(one.recalled)


def _is_corrected(one: Told, wrong: Sequence[Told]) -> bool:
    """Return whether the outlet of a sentence has taken back a number of it."""
    values = {quantity.number.value for quantity in one.quantities}
    return any(
        values & {quantity.number.value for quantity in other.recalled}
        for other in wrong
        if one.line.article.source == other.line.article.source
    )


def _are_copies(one: Told, other: Told) -> bool:
    return any(copy.id == other.line.article.id for copy in one.line.also_in)


def _differing(one: Told, other: Told) -> Iterator[tuple[Kind, _Said, _Said]]:
    own = one.line.article.id == other.line.article.id
    same_outlet = not own and _outlet(one) and _outlet(one) == _outlet(other)
    if same_outlet:
        return  # which brought its own report up to date
    for first, second in _numbers(one, other, own):
        yield "number", _Said(one, first.number.text), _Said(other, second.number.text)
    if own:
        return
    if one.is_negated != other.is_negated:
        if alike(one, other, _VERY_NEAR) and not _two_numbers(one, other):
            yield "denial", _Said(one, one.line.sentence), _Said(other, other.line.sentence)
        return
    if places := _places(one, other):
        yield "place", _Said(one, places[0]), _Said(other, places[1])
    elif days := _days(one, other):
        yield "day", _Said(one, days[0]), _Said(other, days[1])


def _outlet(one: Told) -> str | None:
    return one.line.article.source


# --- Numbers ------------------------------------------------------------------------------------


def _numbers(one: Told, other: Told, own: bool) -> Iterator[tuple[Quantity, Quantity]]:
    wrong = {id(quantity) for told in (one, other) for quantity in told.recalled}
    for first in one.quantities:
        for second in other.quantities:
            if id(first) in wrong or id(second) in wrong or first.is_beside or second.is_beside:
                continue
            if own and not _two_counters(one, first, other, second):
                continue
            if _count_the_same(one, first, other, second) and not _agree(first, second):
                yield first, second


def _two_counters(one: Told, first: Quantity, other: Told, second: Quantity) -> bool:
    counters = one.counter(first), other.counter(second)
    return None not in counters and counters[0] != counters[1]


def _two_numbers(one: Told, other: Told) -> bool:
    return bool(one.quantities and other.quantities)


def _count_the_same(one: Told, first: Quantity, other: Told, second: Quantity) -> bool:
    if first.number.unit != second.number.unit or one.is_negated != other.is_negated:
        return False
    if one.day_of(first) != other.day_of(second):
        return False
    here, there = _counted(one, first), _counted(other, second)
    if here & outcome_stems() != there & outcome_stems():
        return False
    groups = [stems_of(quantity.counted or "") & group_stems() for quantity in (first, second)]
    if groups[0] != groups[1]:
        return False  # children are a part of all
    place, elsewhere = _place(one, first), _place(other, second)
    if place and elsewhere and not alike_stems(place, elsewhere):
        return False
    is_measured = first.number.unit is not None and kind_of(first.number.unit) != "share"
    return alike(one, other, _NEAR) and (is_measured or _share_counted(first, second))


def _share_counted(first: Quantity, second: Quantity) -> bool:
    here, there = (stems_of(quantity.counted or "") for quantity in (first, second))
    return not here or not there or bool(alike_stems(here, there))


def _counted(told: Told, quantity: Quantity) -> Stems:
    return stems_of(f"{quantity.counted or ''} {_clause(told, quantity)}")


def _place(told: Told, quantity: Quantity) -> Stems:
    return stems_of(" ".join(place_names(_clause(told, quantity))))


def _clause(told: Told, quantity: Quantity) -> str:
    return told.line.sentence[slice(*quantity.clause)]


def _agree(first: Quantity, second: Quantity) -> bool:
    """Return whether two numbers may both be right, by their bounds and by rounding."""
    (low, high), (least, most) = _span(first.number), _span(second.number)
    if low <= most and least <= high:
        return True
    return _is_rounded(first.number, second.number) or _is_rounded(second.number, first.number)


def _span(number: Number) -> tuple[float, float]:
    low, high = number.value, number.upper or number.value
    if number.bound == "at least":
        return low, inf
    if number.bound == "at most":
        return 0.0, high
    if number.bound == "about":
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high


def _is_rounded(one: Number, other: Number) -> bool:
    """Return whether one number is the other one rounded: 1.3 million of 1,310,000."""
    if one.value < _ROUNDED or other.value <= 0:
        return False
    digits = len(f"{one.value:.15g}".replace(".", "").rstrip("0"))
    return one.value == round(other.value, digits - 1 - floor(log10(other.value)))


# --- Places and days ----------------------------------------------------------------------------


def _places(one: Told, other: Told) -> tuple[str, str] | None:
    if len(one.places) != 1 or len(other.places) != 1 or one.places == other.places:
        return None
    if _two_numbers(one, other):
        return None  # 40 people in one town, 15 in another
    here, there = one.places[0], other.places[0]
    if here in other.said or there in one.said or one.days != other.days:
        return None
    return (here, there) if alike(one, other, _VERY_NEAR, but=(here, there)) else None


def _days(one: Told, other: Told) -> tuple[str, str] | None:
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    (first, last), (start, end) = one.days[0], other.days[0]
    if first <= end and start <= last:
        return None
    if first != last or start != end or not alike(one, other, _VERY_NEAR):
        return None
    return in_words(first), in_words(start)


# --- Sides --------------------------------------------------------------------------------------


def _side(said: _Said) -> Side:
    lines = (said.told.line,)
    return Side(said.said, lines, witnesses(lines))


def _once(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Return each conflict once, with all reports of either side."""
    merged: dict[tuple[Kind, date, frozenset[str]], Conflict] = {}
    for one in conflicts:
        key = one.kind, one.day, frozenset(side.said for side in one.sides)
        merged[key] = _with(merged[key], one) if key in merged else one
    return [*merged.values()]


def _with(one: Conflict, other: Conflict) -> Conflict:
    sides: list[Side] = []
    for side in one.sides:
        more = [line for same in other.sides if same.said == side.said for line in same.reports]
        lines = {(line.article.id, line.span): line for line in (*side.reports, *more)}
        reports = tuple(lines.values())
        sides.append(Side(side.said, reports, witnesses(reports)))
    return Conflict(one.kind, one.day, tuple(sides))
