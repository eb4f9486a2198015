"""A quantity's values over time: the figures among the evidence that answer a question."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ...corpus.article import Span
from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.dates import Period
from ..query.asked_time import asked_time
from .asked import QuantityMatcher, matcher_for
from .counting import Quantity
from .finding import Evidence, Found, Mention, found_in
from .live import of_last_entries
from .subjects import (
    about_the_same,
    best_of_each_day,
    by_subject,
    of_doer,
    of_last_event,
    of_occasion,
    of_one_thing,
    uncorrected,
)

# "In September" asks for no earlier figures; what counts up to a day, or has changed, does.
_UP_TO = re.compile(
    r"\b(?:by|until|till|up\s+to|as\s+of|so\s+far|since|before|rise|rose|fall|fell|grow|grew|chang\w+)\b",
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
    found = of_doer(question, of_occasion(question, found))
    if not matcher or not found:
        return None
    right = uncorrected(found, evidence)
    current = of_last_entries(question, matcher, right or found, evidence)
    chosen = of_one_thing(current, matcher.names)
    groups = by_subject(question, matcher, chosen)
    if len(groups) > 1:
        latest = (
            replace(merge(best_of_each_day(group, evidence), evidence)[0], subject=name)
            for name, group in groups.items()
        )
        history = FigureHistory(tuple(latest))
    else:
        one = next(iter(groups.values()), None) or about_the_same(matcher, chosen)
        history = _of_time(question, matcher, as_of, best_of_each_day(one, evidence), evidence)
    if not history or not right:
        return history
    return replace(history, corrected=tuple(one.mention for one in found if one.is_recalled))


def _of_time(
    question: str,
    matcher: QuantityMatcher,
    as_of: date | None,
    found: Sequence[Found],
    evidence: Sequence[Evidence],
) -> FigureHistory | None:
    """Return the figures known by the end of the time asked for.

    None if there are none, but some may be of then, as "2022" is if May is asked for.
    """
    figures = merge(found, evidence)
    periods = periods_asked(question, as_of, figures)
    if not periods:
        return FigureHistory(tuple(merge(of_last_event(matcher, found, evidence), evidence)))
    end = max(last for _, last in periods)
    known = [figure for figure in figures if figure.days and figure.days[1] <= end]
    if known:
        is_of_asked = any(_meet(known[0].days, period) for period in periods)
        longer = [period for period in periods if period[0] < period[1]]
        if is_of_asked and longer and not _UP_TO.search(question):
            known = [one for one in known if any(_meet(one.days, period) for period in longer)]
        return FigureHistory(tuple(known), end, is_of_asked)
    earliest = min((figure.days for figure in figures if figure.days), default=None)
    is_later = earliest is not None and end < earliest[0] <= date.today()  # no forecast
    if not is_later:
        return None
    return FigureHistory((), end, False, earliest)


def merge(found: Sequence[Found], evidence: Sequence[Evidence]) -> list[DatedFigure]:
    """Return each figure of a day once, with all its mentions, latest first."""
    groups: list[list[Found]] = []
    for one in sorted(found, key=_length):
        same = next((group for group in groups if _is_same(one, group[0])), None)
        if same:
            same.append(one)
        else:
            groups.append([one])
    groups.sort(key=lambda group: -group[0].score)
    figures = [_dated(group, evidence) for group in groups]
    return sorted(figures, key=lambda figure: figure.day or date.min, reverse=True)


def _length(one: Found) -> timedelta:
    return one.days[1] - one.days[0] if one.days else timedelta(0)


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
    for one in group:
        of_article.setdefault(evidence[one.mention.evidence].article.id, one)
    first, *_ = of_article.values()
    bounded = first.setting.sentence[slice(*first.quantity.number.whole)]
    mentions = tuple(one.mention for one in of_article.values())
    counter = next((one.counter for one in of_article.values() if one.counter), None)
    return DatedFigure(first.quantity, bounded, group[0].days, mentions, counter=counter)


def periods_asked(
    question: str, as_of: date | None, figures: Iterable[DatedFigure]
) -> list[Period]:
    """Return the times that the question names, without that of "the 2015 earthquake"."""
    years = {figure.day.year for figure in figures if figure.day}
    return [*asked_time(question, as_of).of_figures(years)]


def _meet(days: Period | None, period: Period) -> bool:
    return days is not None and days[0] <= period[1] and period[0] <= days[1]
