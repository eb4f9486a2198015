"""Reports of one day that disagree on a number, a place or a day, or deny one another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, inf, log10

from ....corpus.article import Span
from ...figures.words import Stems, stems_of
from ...figures.words import alike as alike_stems
from ...language.dates import in_words
from ...language.lexicon import WEEKDAYS, denies
from ...language.numbers import Number
from ...language.units import kind_of
from ...stopping import checkpoint
from ..lines import Line
from ..witnesses import witnesses
from .found import Conflict, Correction, Kind, Side
from .telling import Counted, Told, alike, takes_back

_NEAR = 0.5  # of the words of the shorter of two sentences that count the same
_VERY_NEAR = 0.7  # of two that tell the same of another place or day
_ABOUT = 0.1  # of a number that it may be off by where it is said to be about so much
_FEWEST_DENIED = 3  # words that a denial shares with what it denies
_MOST_APART = 20  # times that a number may be another one of the same
_LONG = timedelta(30)  # that days of the same are apart at most
_ROUNDED = 1000  # from which on exact numbers are rounded


@dataclass(frozen=True)
class _Said:
    told: Told
    said: str


_Pair = tuple[Counted, Counted]
_Difference = tuple[Kind, date, _Said, _Said]
_Sides = dict[str, dict[tuple[str, Span], Line]]  # by what each says


def conflicts_in(told: Sequence[Told], corrections: Sequence[Correction]) -> list[Conflict]:
    """Return the conflicts, the latest first. What is corrected or withdrawn is no side of one."""
    gone = {one.of for one in corrections if one.kind == "retraction"}
    wrong = [one for one in told if one.recalled or one.names_recalled]
    gone |= {one.line.article.id for one in told if one.line.article.is_withdrawn}
    sides = [one for one in told if one.line.article.id not in gone and not one.recalled]
    sides = [one for one in sides if not _is_corrected(one, wrong)]
    sides += [one for one in wrong if one.line.article.id not in gone and _is_right_too(one)]
    by_day: dict[date, list[Told]] = defaultdict(list)
    for one in sides:
        if one.line.article.published:
            by_day[one.line.article.published].append(one)
    found: Iterator[_Difference] = (
        (kind, day, first, second)
        for day, of_day in by_day.items()
        for one, other in _pairs(of_day)
        if not _are_copies(one, other)
        for kind, first, second in _differing(one, other)
    )
    return sorted(_once(found), key=lambda one: one.day, reverse=True)


def _pairs(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    for number, one in enumerate(told):
        checkpoint()
        for other in told[number + 1 :]:
            yield one, other


def _is_right_too(one: Told) -> bool:
    """Return whether a sentence that recalls a number gives another one: "14, not 40"."""
    return len(one.quantities) > len(one.recalled)


def _is_corrected(one: Told, wrong: Sequence[Told]) -> bool:
    """Return whether the outlet of a sentence has taken back a number or a name of it."""
    return any(
        takes_back(other, one)
        for other in wrong
        if other is not one and one.line.article.source == other.line.article.source
    )


def _are_copies(one: Told, other: Told) -> bool:
    return any(copy.id == other.line.article.id for copy in one.line.also_in)


def _differing(one: Told, other: Told) -> Iterator[tuple[Kind, _Said, _Said]]:
    own = one.line.article.id == other.line.article.id
    same_outlet = not own and _outlet(one) and _outlet(one) == _outlet(other)
    if same_outlet:
        return  # which brought its own report up to date
    for first, second in _numbers(one, other, own):
        yield "number", _Said(one, first.text), _Said(other, second.text)
    if own:
        return
    if one.groups and other.groups and not one.groups & other.groups:
        return  # nurses are on strike, doctors are not
    if one.is_negated != other.is_negated:
        if _denies(one, other) or _denies(other, one):
            yield "denial", _Said(one, one.line.sentence), _Said(other, other.line.sentence)
        return
    if places := _places(one, other):
        yield "place", _Said(one, places[0]), _Said(other, places[1])
    elif days := _days(one, other):
        yield "day", _Said(one, days[0]), _Said(other, days[1])


def _denies(one: Told, other: Told) -> bool:
    """Return whether one of two sentences says that what the other one tells is not so."""
    if not one.is_negated or _two_numbers(one, other) or _of_two_subjects(one, other):
        return False
    fewest = max(2, min(_FEWEST_DENIED, len(one.stems), len(other.stems)))
    return alike(one, other, _VERY_NEAR, fewest=fewest) and one.says_not(other.forms)


def _of_two_subjects(one: Told, other: Told) -> bool:
    """Return whether one tells of nurses what the other one says that doctors did not do.

    What somebody denies has another one for its subject.
    """
    first, second = one.subject, other.subject
    if denies(one.line.sentence) or denies(other.line.sentence) or not (first and second):
        return False
    return first not in other.forms and second not in one.forms


def _outlet(one: Told) -> str | None:
    return one.line.article.source


# --- Numbers ------------------------------------------------------------------------------------


def _numbers(one: Told, other: Told, own: bool) -> Iterator[tuple[Number, Number]]:
    near = alike(one, other, _VERY_NEAR if own else _NEAR, fewest=1)
    if not (one.compared and other.compared and near and one.moment == other.moment):
        return
    if _are_opposite(one.stems, other.stems):
        return  # 44 % approve, 54 % disapprove
    pairs = [
        (first, second)
        for first in one.compared
        for second in other.compared
        if (not own or _are_rivals(first, second)) and _count_the_same(first, second)
    ]
    if _is_update(one, pairs) or _is_update(other, pairs):
        return
    for first, second in _side_by_side(pairs):
        here, there = first.quantity.number, second.quantity.number
        if not _agree(here, there):
            yield here, there


def _are_opposite(some: Stems, others: Stems) -> bool:
    return any(
        f"{prefix}{stem}" in those
        for these, those in ((some, others), (others, some))
        for stem in these
        for prefix in ("dis", "un")
    )


def _is_update(one: Told, pairs: Sequence[_Pair]) -> bool:
    """Return whether a sentence says of what another one tells that it was so before."""
    former = {number.number.value for number in one.former}
    told = (counted for pair in pairs for counted in pair if counted.told is not one)
    return any(counted.quantity.number.value in former for counted in told)


def _side_by_side(pairs: Sequence[_Pair]) -> Sequence[_Pair]:
    """Return the pairs to compare: the first with the first of votes for and against."""
    firsts = list(dict.fromkeys(first.quantity.number.span for first, _ in pairs))
    seconds = list(dict.fromkeys(second.quantity.number.span for _, second in pairs))
    if len(firsts) != len(seconds) or len(pairs) != len(firsts) * len(seconds):
        return pairs
    return pairs[:: len(firsts) + 1]  # the diagonal: all of one with all of the other


def _are_rivals(first: Counted, second: Counted) -> bool:
    """Return whether an article gives both, each by somebody else, of the same place."""
    if first.quantity.number.unit == "%":
        return False  # two groups were asked
    counters = {first.counter, second.counter}
    return None not in counters and len(counters) == 2 and first.place == second.place


def _two_numbers(one: Told, other: Told) -> bool:
    """Return whether both count something, and it may be the same: 40 people and 15 people."""
    return any(
        _share_counted(stems_of(first.counted or ""), stems_of(second.counted or ""))
        for first in one.quantities
        for second in other.quantities
    )


def _count_the_same(first: Counted, second: Counted) -> bool:
    """Return whether two numbers of sentences that are near count the same, of the same day."""
    unit = first.quantity.number.unit
    if unit != second.quantity.number.unit or first.told.is_negated != second.told.is_negated:
        return False
    if first.outcomes != second.outcomes or first.day != second.day:
        return False
    if first.groups != second.groups:
        return False  # children are a part of all
    if first.place and second.place and not alike_stems(first.place, second.place):
        return False
    return _count_alike(first, second)


def _count_alike(first: Counted, second: Counted) -> bool:
    """Return whether two numbers of one unit, or of none, count alike: people, or flights."""
    unit = first.quantity.number.unit
    if unit is not None and kind_of(unit) not in ("share", "money"):
        return True
    if unit is not None:
        return _share_counted(first.things, second.things)
    if None in (first.quantity.counted, second.quantity.counted):
        return False
    if not first.heads or not second.heads:
        return first.heads == second.heads  # people, and no things
    return bool(alike_stems(first.heads, second.heads))


def _share_counted(here: Stems, there: Stems) -> bool:
    return not here or not there or bool(alike_stems(here, there))


def _agree(first: Number, second: Number) -> bool:
    """Return whether two numbers may both be right, by their size, their bounds and by rounding."""
    less, more = sorted((first.value, second.value))
    if less and more / less > _MOST_APART:
        return True  # they count other things
    (low, high), (least, most) = _span(first), _span(second)
    if low <= most and least <= high:
        return True
    return _is_rounded(first, second) or _is_rounded(second, first)


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
    beside, besides = one.beside(here), other.beside(there)
    if beside and besides and not beside & besides:
        return None  # who met the Pope in one town may have met the chancellor in another
    return (here, there) if alike(one, other, _VERY_NEAR, but=(here, there)) else None


def _days(one: Told, other: Told) -> tuple[str, str] | None:
    if len(one.days) != 1 or len(other.days) != 1:
        return None
    (first, last), (start, end) = one.days[0], other.days[0]
    if first <= end and start <= last:
        return None
    if first != last or start != end or abs(start - first) > _LONG:
        return None
    if _same_weekday(one, other, first) or not alike(one, other, _VERY_NEAR):
        return None
    return in_words(first), in_words(start)


def _same_weekday(one: Told, other: Told, day: date) -> bool:
    """Return whether both name the weekday of a day, which one may take as past, the other not."""
    weekday = WEEKDAYS[day.weekday()]
    return all(weekday in told.said.lower() for told in (one, other))


# --- Sides --------------------------------------------------------------------------------------


def _once(found: Iterable[_Difference]) -> list[Conflict]:
    """Return each conflict once, with all reports of either side."""
    merged: dict[tuple[Kind, date, frozenset[str]], _Sides] = {}
    for kind, day, *both in found:
        sides = merged.setdefault((kind, day, frozenset(one.said for one in both)), {})
        for one in both:
            line = one.told.line
            sides.setdefault(one.said, {})[line.article.id, line.span] = line
    return [
        Conflict(kind, day, tuple(_side(said, [*lines.values()]) for said, lines in sides.items()))
        for (kind, day, _), sides in merged.items()
    ]


def _side(said: str, lines: Sequence[Line]) -> Side:
    checkpoint()
    return Side(said, tuple(lines), witnesses(lines))
