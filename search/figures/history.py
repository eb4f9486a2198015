"""A quantity's values over time: the figures among the evidence that answer a question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...corpus.article import Span
from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.dates import Period, named_dates
from ..query.asked_time import asked_time
from .asked import QuantityMatcher, matcher_for
from .counting import Quantity
from .dating import PARAGRAPH, STARTS
from .finding import Evidence, Found, Mention, found_in
from .subjects import by_name, by_own_name, named_together, of_subject
from .words import alike

# The share of the best figure's score that another must have to be one of the same quantity.
_AS_GOOD = 0.6
_GAP = timedelta(365)  # from an event that an article recalls to its day
_TOTALS = re.compile(
    r"\b(?:so\s+far|totals?|toll|in\s+all|altogether|as\s+of|since|number|at\s+least|risen|rose)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure that answers, with the first and the last day that it may be of.

    `quantity` is as the first of its `mentions` gives it, of which there is one for each
    article; `bounded` is its number with the words of its bound: "over 40". `subject` is the name
    of what it is of, where figures of several subjects answer. `counter` is who counted, as the
    sentence names them.
    """

    quantity: Quantity
    bounded: str
    days: Period | None
    mentions: tuple[Mention, ...]
    subject: str = ""
    counter: str | None = None

    @property
    def day(self) -> date | None:
        """The last day that it may be of."""
        return self.days[1] if self.days else None


@dataclass(frozen=True, slots=True)
class FigureHistory:
    """The figures that answer, latest first; those without a day come last.

    `asked` is the last day of the time that the question names. `is_of_asked` says that the first
    figure is of that time, not only the latest known by then. If all figures are later than that
    time, there are none here, and `earliest` is the day of the first. `corrected` is where articles
    correct other figures, which are left out.
    """

    figures: tuple[DatedFigure, ...]
    asked: date | None = None
    is_of_asked: bool = True
    earliest: Period | None = None
    corrected: tuple[Mention, ...] = ()

    @property
    def quotes(self) -> Mapping[tuple[int, Span], int]:
        """The sentences to be quoted, numbered from 1: which of the evidence, and its span."""
        quotes = dict.fromkeys(one.quote for figure in self.figures for one in figure.mentions)
        return {quote: number for number, quote in enumerate(quotes, start=1)}


def history_of(
    question: str,
    evidence: Sequence[Evidence],
    as_of: date | None = None,
    spellings: Spellings = DEFAULT_SPELLINGS,
) -> FigureHistory | None:
    """Return the figures among the evidence that answer, latest first; None if none does.

    With `as_of`, figures published later, of a later day or without a date are left out. If the
    question names a time, the latest figure of it comes first, or else the latest known by then;
    later figures and those without a day are left out. "Last week" counts from `as_of`, or today.
    """
    matcher = matcher_for(question, spellings)
    found = [*found_in(evidence, matcher, as_of)] if matcher else []
    if not matcher or not (found := _of_named(matcher, _of_told_time(matcher, found))):
        return None
    right = uncorrected(found)
    history = _history(question, matcher, right or found, as_of, evidence)
    if not history or not right:
        return history
    return replace(history, corrected=tuple(one.mention for one in found if one.is_recalled))


def _history(
    question: str,
    matcher: QuantityMatcher,
    found: Sequence[Found],
    as_of: date | None,
    evidence: Sequence[Evidence],
) -> FigureHistory | None:
    chosen = of_one_thing(found)
    groups = by_subject(question, matcher, chosen)
    if len(groups) > 1:
        return _of_subjects(groups, evidence)
    one = next(iter(groups.values()), None) or _about_the_same(matcher, chosen)
    if not (matcher.things or matcher.outcomes):
        one = _with_all_words(matcher, one)
    best = best_of_each_day(one, evidence)
    figures = merge(best, evidence)
    periods = periods_asked(question, as_of, figures)
    if not periods:
        return FigureHistory(tuple(_of_last_event(matcher, figures, evidence)))
    history = _at(figures, periods)
    if history and history.earliest and any(_tells_of(one, periods, evidence) for one in best):
        return None  # "the bombing of 1995 killed 168", in a later article
    return history


def _of_told_time(matcher: QuantityMatcher, found: Sequence[Found]) -> list[Found]:
    """Return the figures without those of a plan, where the question is of the past."""
    return [
        one for one in found if not (matcher.of_past and matcher.tells_another_time(one.clause))
    ]


def _of_named(matcher: QuantityMatcher, found: Sequence[Found]) -> list[Found]:
    """Return the figures without those that an article tells with fewer of several names.

    Where it says what was paid for Bo, the price of Al in its next sentence is another.
    """
    names = matcher.names
    full = {
        one.mention.evidence
        for one in found
        if len(names) > 1 and matcher.is_of_all_names(matcher.stems(one.sentence))
    }
    return [
        one
        for one in found
        if one.mention.evidence not in full or matcher.is_of_all_names(matcher.stems(one.sentence))
    ]


def _of_last_event(
    matcher: QuantityMatcher, figures: Sequence[DatedFigure], evidence: Sequence[Evidence]
) -> list[DatedFigure]:
    """Return the dead and injured without those of an event that articles recall.

    Tolls grow: a smaller one than before is of a part, if its sentence tells of no total.
    """
    if not matcher.outcomes:
        return [*figures]
    return [
        one
        for place, one in enumerate(figures)  # the latest first
        if not place
        or not (
            _is_recalled(one, figures[0], evidence)
            or (_is_of_part(one, evidence) and any(_is_larger(it, one) for it in figures[place:]))
        )
    ]


def _is_recalled(one: DatedFigure, latest: DatedFigure, evidence: Sequence[Evidence]) -> bool:
    """Return whether its article tells it of a time more than a year before, and before others."""
    told = evidence[one.mentions[0].evidence].article.published or latest.day
    return bool(one.day and told and latest.day and min(told, latest.day) - one.day > _GAP)


def _is_of_part(one: DatedFigure, evidence: Sequence[Evidence]) -> bool:
    mention = one.mentions[0]
    sentence = evidence[mention.evidence].article.text[slice(*mention.sentence)]
    return not one.quantity.is_labelled and not _TOTALS.search(sentence)


def _is_larger(one: DatedFigure, other: DatedFigure) -> bool:
    mine, others = one.quantity.number, other.quantity.number
    before = one.day and other.day and one.day < other.day
    return bool(before and mine.unit == others.unit and mine.value > others.value)


def uncorrected(found: Sequence[Found]) -> list[Found]:
    """Return the figures without those that are given as wrong, wherever they stand."""
    wrong = {_value(one) for one in found if one.is_recalled}
    return [one for one in found if _value(one) not in wrong]


def _value(one: Found) -> tuple[float, str | None]:
    return one.quantity.number.value, one.quantity.number.unit


def by_subject(
    question: str, matcher: QuantityMatcher, found: Sequence[Found]
) -> dict[str, list[Found]]:
    """Return figures of several subjects, by their names: those asked about, or else all."""
    if names := named_together(question):
        return by_name(found, names)
    same = _about_the_same(matcher, found)
    if matcher.names:
        return {}  # the question says what they are of
    return by_own_name(same, best_fit(same), matcher.others - matcher.names, matcher.names)


def _about_the_same(matcher: QuantityMatcher, found: Sequence[Found]) -> list[Found]:
    return of_subject(found, best_fit(found), matcher.others, matcher.names, matcher.stems)


def _with_all_words(matcher: QuantityMatcher, found: Sequence[Found]) -> list[Found]:
    """Return the figures whose passages have all words of the question that the best's has.

    Where nothing is counted, only they tell what a sum or a length is of.
    """
    best = best_fit(found)
    words = alike(matcher.others, matcher.stems(best.about.before))
    return [one for one in found if words <= alike(words, matcher.stems(one.about.before))]


def _of_subjects(
    groups: Mapping[str, Sequence[Found]], evidence: Sequence[Evidence]
) -> FigureHistory:
    """Return the latest figure of each subject."""
    latest = [
        replace(merge(best_of_each_day(group, evidence), evidence)[0], subject=name)
        for name, group in groups.items()
    ]
    return FigureHistory(tuple(latest))


def best_fit(found: Sequence[Found]) -> Found:
    """Return the figure that fits best, the first of equals."""
    return max(found, key=lambda one: one.fit.score)


def of_one_thing(found: Sequence[Found], anywhere: bool = False) -> list[Found]:
    """Return those that count the same as the best one does, in the same place or `anywhere`."""
    best = best_fit(found)
    return [
        one
        for one in found
        if one.fit.score >= _AS_GOOD * best.fit.score
        and one.kind == best.kind
        and (anywhere or _is_in_same_place(one, best))
    ]


def _is_in_same_place(one: Found, other: Found) -> bool:
    here, there = one.fit.places, other.fit.places
    return not (here and there and not alike(there, here))


def best_of_each_day(found: Sequence[Found], evidence: Sequence[Evidence]) -> list[Found]:
    """Return the best figure of each article for each day, the first of equals."""
    best: dict[tuple[str, Period | None], Found] = {}
    for one in found:
        key = evidence[one.mention.evidence].article.id, one.days
        if key not in best or one.fit.score > best[key].fit.score:
            best[key] = one
    return [*best.values()]


def merge(found: Sequence[Found], evidence: Sequence[Evidence]) -> list[DatedFigure]:
    """Return each figure of a day once, with all its mentions, latest first."""
    groups: list[list[Found]] = []
    for one in sorted(found, key=lambda one: (_length(one.days), -one.fit.score)):
        same = next((group for group in groups if _is_same(one, group[0])), None)
        if same:
            same.append(one)
        else:
            groups.append([one])
    groups.sort(key=lambda group: -group[0].fit.score)
    figures = [_dated(group, evidence) for group in groups]
    return sorted(figures, key=lambda figure: figure.day or date.min, reverse=True)


def _length(days: Period | None) -> timedelta:
    return days[1] - days[0] if days else timedelta(0)


def _is_same(one: Found, other: Found) -> bool:
    """Return whether both have the same number, of the same day or, "early May", around it."""
    number, others = one.quantity.number, other.quantity.number
    if (number.value, number.upper, number.unit) != (others.value, others.upper, others.unit):
        return False
    if one.days is None or other.days is None:
        return one.days is other.days
    return one.days[0] <= other.days[0] and other.days[1] <= one.days[1]


def _dated(group: Sequence[Found], evidence: Sequence[Evidence]) -> DatedFigure:
    of_article: dict[str, Found] = {}
    for one in sorted(group, key=lambda one: one.quantity.leads):
        of_article.setdefault(evidence[one.mention.evidence].article.id, one)
    first, *_ = of_article.values()
    bounded = first.sentence[slice(*first.quantity.number.whole)]
    mentions = tuple(one.mention for one in of_article.values())
    counter = next((one.counter for one in of_article.values() if one.counter), None)
    return DatedFigure(first.quantity, bounded, group[0].days, mentions, counter=counter)


def periods_asked(
    question: str, as_of: date | None, figures: Iterable[DatedFigure]
) -> list[Period]:
    """Return the times that the question names, without that of "the 2015 earthquake"."""
    years = {figure.day.year for figure in figures if figure.day}
    return [*asked_time(question, as_of).of_figures(years)]


def _at(figures: Sequence[DatedFigure], periods: Sequence[Period]) -> FigureHistory | None:
    """Return the figures known by the end of the time asked for.

    None if there are none, but some may be of then, as "2022" is if May is asked for.
    """
    end = max(last for _, last in periods)
    known = [figure for figure in figures if figure.days and figure.days[1] <= end]
    if not known:
        earliest = min((figure.days for figure in figures if figure.days), default=None)
        is_later = earliest is not None and end < earliest[0] <= date.today()  # no forecast
        return FigureHistory((), end, False, earliest) if is_later else None
    is_of_asked = any(_meet(known[0].days, period) for period in periods)
    return FigureHistory(tuple(known), end, is_of_asked)


def _tells_of(one: Found, periods: Sequence[Period], evidence: Sequence[Evidence]) -> bool:
    """Return whether a figure's sentence, or its paragraph before, names a day of the periods."""
    text, (start, end) = evidence[one.mention.evidence].article.text, one.mention.sentence
    start = max(text.rfind("\n", 0, start) + 1, start - PARAGRAPH)
    named = [date for date in named_dates(text[start:end]) if date.has_year]
    told = [days for date in named if date.lead not in STARTS and (days := date.in_year(1))]
    return any(first <= days[0] and days[1] <= last for days in told for first, last in periods)


def _meet(days: Period | None, period: Period) -> bool:
    return days is not None and days[0] <= period[1] and period[0] <= days[1]
