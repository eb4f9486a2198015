"""How a figure moved: what the evidence gives for a question that asks for a number, by day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ...corpus.article import Article, Span
from ...corpus.text.sentences import sentence_spans
from ..language.bounds import Bound
from ..language.dates import Period, named_dates
from ..language.periods import time_preference
from ..language.units import Kind, kind_of
from .asked import SURE, Fit, QuantityMatcher, Setting, alike, matcher_for
from .counting import Quantity, quantities_in
from .dating import STARTS, days_of

_MAY_NAME_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozen|"
    r"hundred|thousand|[mb]illion)\b",
    re.IGNORECASE,
)
# The share of the best figure's score that another must have, to be taken for one of the same.
_AS_GOOD = 0.6
_PARAGRAPH = 2000  # characters before a sentence that may say of when it tells


class Evidence(NamedTuple):
    """A passage that may answer: `article.text[slice(*span)]`.

    `answer` is what a reader takes for the answer, as offsets into the passage, with its
    `probability`.
    """

    article: Article
    span: Span
    answer: Span | None = None
    probability: float = 0.0


class Mention(NamedTuple):
    """Where a figure stands: in which of the evidence, and the spans in its article's text."""

    evidence: int
    sentence: Span
    number: Span


@dataclass(frozen=True, slots=True)
class DatedFigure:
    """A figure that answers, with the days from the first to the last that it may be of.

    `text` is the number as the first of its `mentions` writes it, which are one for each article,
    copies of a report last; `bounded` is that with the words of its bound: "over 40". `upper` is
    the other end of a range. `leads` and `is_change` are those of `Quantity`.
    """

    value: float
    upper: float | None
    text: str
    bounded: str
    unit: str | None
    counted: str | None
    leads: bool
    is_change: bool
    bound: Bound | None
    days: Period | None
    mentions: tuple[Mention, ...]

    @property
    def day(self) -> date | None:
        """The day that it is of, or the last one that it may be of."""
        return self.days[1] if self.days else None


@dataclass(frozen=True, slots=True)
class FigureHistory:
    """The figures that answer, latest first; those without a day come last.

    `asked` is the last day of the time that the question names. `is_of_asked` says that the first
    figure is of that time, and not only the latest known by then. Where there are figures, but all
    are later than that, there are none here, and `earliest` is when the first of them is of.
    """

    figures: tuple[DatedFigure, ...]
    asked: date | None = None
    is_of_asked: bool = True
    earliest: Period | None = None

    @property
    def quotes(self) -> tuple[tuple[int, Span], ...]:
        """The sentences to be quoted, each once: which of the evidence, and where in its article.

        In `figures_line`, `[1]` is the first.
        """
        mentions = (mention for figure in self.figures for mention in figure.mentions)
        return tuple(dict.fromkeys((mention.evidence, mention.sentence) for mention in mentions))


class _Found(NamedTuple):
    """A figure that fits, in a sentence of these words."""

    figure: Quantity
    mention: Mention
    days: Period | None
    fit: Fit
    words: str
    bounded: str

    @property
    def kind(self) -> Kind | None:
        return kind_of(self.figure.number.unit) if self.figure.number.unit else None


def history_of(
    question: str, evidence: Sequence[Evidence], as_of: date | None = None
) -> FigureHistory | None:
    """Give the figures among the evidence that answer, latest first; None where none does.

    With `as_of`, what was published later or is of a later day is not known, nor is what has no
    date at all. A time that the question names picks the latest figure of it, or else the latest
    known by then, and leaves out later ones and those without a day; "last week" counts from
    `as_of`, or today.
    """
    asked = matcher_for(question)
    if not asked:
        return None
    found = [
        one
        for number, passage in enumerate(evidence)
        if as_of is None or _is_known(passage.article, as_of)
        for one in _fitting(asked, number, passage)
    ]
    if as_of:
        found = [one for one in found if one.days and one.days[1] <= as_of]
    if not found:
        return None
    best = _best_of_each_day(_of_one_thing(found), evidence)
    figures = _merged(best, evidence)
    periods = _periods(question, as_of, figures)
    history = _at(figures, periods) if periods else FigureHistory(tuple(figures))
    if history and not history.figures and any(_tells_of(one, periods, evidence) for one in best):
        return None  # "the bombing of 1995 killed 168", in an article of later
    return history


def _is_known(article: Article, as_of: date) -> bool:
    dated = article.published or article.event
    return dated is not None and dated <= as_of


def _fitting(asked: QuantityMatcher, number: int, passage: Evidence) -> Iterator[_Found]:
    """Give the figures of a passage that fit what is asked."""
    offset, text = passage.span[0], passage.article.text[slice(*passage.span)]
    title = asked.stems(passage.article.title)
    stems_around = asked.stems(text) | title
    is_read = passage.answer is not None and passage.probability >= SURE
    if not (is_read or asked.is_about(stems_around) or _named(asked, passage.article)):
        return
    for first, last in sentence_spans(text):
        if not _MAY_NAME_NUMBER.search(text, first, last):
            continue
        setting = Setting(text[first:last], asked.stems(text[first:last]), title, stems_around)
        answer = _within(passage.answer, (first, last))
        if not (answer or asked.may_be_in(setting.stems)):
            continue
        sentence, words = (offset + first, offset + last), _words(setting.sentence)
        for figure in quantities_in(setting.sentence):
            start, end = figure.number.span
            is_answer = answer and start < answer[1] and answer[0] < end
            fit = asked.fit(figure, setting, passage.probability if is_answer else 0.0)
            if fit:
                mention = Mention(number, sentence, (sentence[0] + start, sentence[0] + end))
                days = days_of(figure, sentence, passage.article)
                bounded = setting.sentence[slice(*figure.number.whole)]
                yield _Found(figure, mention, days, fit, words, bounded)


def _named(asked: QuantityMatcher, article: Article) -> bool:
    text = article.text.casefold()  # a stem is mostly how the word begins: to stem all takes long
    return any(name in text for name in asked.names)


def _words(sentence: str) -> str:
    return " ".join(sentence.casefold().split())


def _within(answer: Span | None, sentence: Span) -> Span | None:
    """Give the offsets into a sentence of the answer that a reader found, where it is in that."""
    if not answer or answer[1] <= sentence[0] or answer[0] >= sentence[1]:
        return None
    return answer[0] - sentence[0], answer[1] - sentence[0]


def _of_one_thing(found: Sequence[_Found]) -> list[_Found]:
    """Give those that count the same as the best one does, in the same place."""
    best = max(found, key=lambda one: one.fit.score)
    return [
        one
        for one in found
        if one.fit.score >= _AS_GOOD * best.fit.score
        and (one.kind, one.figure.is_change) == (best.kind, best.figure.is_change)
        and not (best.fit.places and one.fit.places and not alike(best.fit.places, one.fit.places))
    ]


def _best_of_each_day(found: Sequence[_Found], evidence: Sequence[Evidence]) -> list[_Found]:
    """Give the figure of each article for each day that fits best, the first of as good ones."""
    best: dict[tuple[str, Period | None], _Found] = {}
    for one in found:
        key = evidence[one.mention.evidence].article.id, one.days
        if key not in best or one.fit.score > best[key].fit.score:
            best[key] = one
    return [*best.values()]


def _merged(found: Sequence[_Found], evidence: Sequence[Evidence]) -> list[DatedFigure]:
    """Give each figure of a day once, with all its mentions, latest first."""
    groups: list[list[_Found]] = []
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


def _is_same(one: _Found, other: _Found) -> bool:
    """Say whether two have the same number, of the same day or, "early May", around it."""
    number, others = one.figure.number, other.figure.number
    if (number.value, number.upper, number.unit) != (others.value, others.upper, others.unit):
        return False
    if one.days is None or other.days is None:
        return one.days is other.days
    return one.days[0] <= other.days[0] and other.days[1] <= one.days[1]


def _dated(found: Sequence[_Found], evidence: Sequence[Evidence]) -> DatedFigure:
    days = found[0].days
    found = _independent_first(sorted(found, key=_plainness), evidence)
    figure = found[0].figure
    number = figure.number
    return DatedFigure(
        value=number.value,
        upper=number.upper,
        text=number.text,
        bounded=found[0].bounded,
        unit=number.unit,
        counted=figure.counted,
        leads=figure.leads,
        is_change=figure.is_change,
        bound=number.bound,
        days=days,
        mentions=tuple(one.mention for one in found),
    )


def _plainness(one: _Found) -> tuple[bool, bool, float]:
    """Put those first that say the most: "at least 1,151 killed" before "the toll was 1,151"."""
    return one.figure.leads, one.figure.number.bound is None, -one.fit.score


def _independent_first(found: Sequence[_Found], evidence: Sequence[Evidence]) -> list[_Found]:
    """Give one of each article, copies of a report last: those of the same words."""
    first: list[_Found] = []
    copies: list[_Found] = []
    seen: set[str] = set()
    articles: set[str] = set()
    for one in found:
        article = evidence[one.mention.evidence].article.id
        if article in articles:
            continue
        articles.add(article)
        (copies if one.words in seen else first).append(one)
        seen.add(one.words)
    return first + copies


def _periods(question: str, as_of: date | None, figures: Iterable[DatedFigure]) -> Sequence[Period]:
    """Give the time that the question names, but for that of "the 2015 earthquake"."""
    today = as_of or date.today()
    years = {today.year} if as_of else {figure.day.year for figure in figures if figure.day}
    text, before = question, list[Period]()
    for named in named_dates(question):
        start, end = named.span
        if named.lead in ("the", "a", "an") and named.last[1] is None and not named.part:
            text = text[:start] + " " * (end - start) + text[end:]
        if named.lead == "before":
            known = [days for year in years if (days := named.in_year(year))]
            before += [(date.min, days[0] - timedelta(1)) for days in known if days[0] > date.min]
    return [*time_preference(text, today, () if as_of else years).periods, *before]


def _at(figures: Sequence[DatedFigure], periods: Sequence[Period]) -> FigureHistory | None:
    """Leave out what is later than the time that is asked for, or of nobody knows when.

    None where nothing is left, but something may be of then, as is "2022" where May is asked for.
    """
    end = max(last for _, last in periods)
    known = [figure for figure in figures if figure.days and figure.days[1] <= end]
    if not known:
        earliest = min((figure.days for figure in figures if figure.days), default=None)
        is_later = earliest is not None and end < earliest[0] <= date.today()  # no forecast
        return FigureHistory((), end, False, earliest) if is_later else None
    is_of_asked = any(_meet(known[0].days, period) for period in periods)
    return FigureHistory(tuple(known), end, is_of_asked)


def _tells_of(one: _Found, periods: Sequence[Period], evidence: Sequence[Evidence]) -> bool:
    """Say whether a figure's sentence, or its paragraph before, names a day of the time asked."""
    text, (start, end) = evidence[one.mention.evidence].article.text, one.mention.sentence
    start = max(text.rfind("\n", 0, start) + 1, start - _PARAGRAPH)
    named = [date for date in named_dates(text[start:end]) if date.has_year]
    told = [days for date in named if date.lead not in STARTS and (days := date.in_year(1))]
    return any(first <= days[0] and days[1] <= last for days in told for first, last in periods)


def _meet(days: Period | None, period: Period) -> bool:
    return days is not None and days[0] <= period[1] and period[0] <= days[1]
