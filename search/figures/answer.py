"""The answer to a question for a quantity: the figures of the articles, latest first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...corpus.article import Span
from ..answer import Citation, Figure, in_answer
from ..language.dates import Period, in_words
from ..language.units import kind_of
from ..results import RankedPassage
from .history import DatedFigure, Evidence, FigureHistory, history_of

# "By how many did it rise": the numbers themselves do not answer that.
_ASKS_FOR_CHANGE = re.compile(r"\bby how (?:many|much)\b", re.IGNORECASE)
_ONLY_LATER = "The earliest figure here is of {}."
_AMOUNTS = ("share", "money", "weight", "volume")  # kinds of units that are of something


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """Figures and their citations.

    If all figures found are later than the time asked for, there are none: `text` is None, and
    `warnings` say so.
    """

    text: str | None
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()


def answer_with_figures(
    question: str, passages: Sequence[RankedPassage], as_of: date | None
) -> FigureAnswer | None:
    """Answer with the figures of the time that is asked for; None if there are no figures."""
    history = history_of(question, [_evidence(ranked) for ranked in passages], as_of)
    if not history:
        return None
    if history.earliest:
        return FigureAnswer(None, warnings=(_ONLY_LATER.format(days_in_words(history.earliest)),))
    if _ASKS_FOR_CHANGE.search(question) and not history.figures[0].quantity.is_change:
        return None
    numbers = history.quotes
    mentions = [mention for figure in history.figures for mention in figure.mentions]
    answers = {mention.quote: mention.number for mention in reversed(mentions)}
    citations = tuple(
        _citation(number, passages[quote[0]], quote[1], answers[quote])
        for quote, number in numbers.items()
    )
    figures = tuple(
        _figure(figure, citations[numbers[figure.mentions[0].quote] - 1])
        for figure in history.figures
    )
    if len(figures) > 1 or not history.is_of_asked:
        return FigureAnswer(figures_line(history), citations, figures)
    # A single figure is answered with the sentence that gives it.
    markers = "".join(f"[{citation.number}]" for citation in citations)
    return FigureAnswer(f"{in_answer(citations[0].quote)} {markers}", citations, figures)


def _evidence(ranked: RankedPassage) -> Evidence:
    reading = ranked.reading
    answer = reading.span if reading else None
    return Evidence(
        ranked.article, ranked.passage.span, answer, reading.probability if reading else 0.0
    )


def _citation(number: int, ranked: RankedPassage, span: Span, answer: Span) -> Citation:
    quote = ranked.article.text[slice(*span)]
    place = (answer[0] - span[0], answer[1] - span[0])
    return Citation(number, quote, span, ranked.id, ranked.article, place, ranked.also_in)


def _figure(figure: DatedFigure, citation: Citation) -> Figure:
    number = figure.quantity.number
    return Figure(
        value=number.value,
        text=number.text,
        unit=number.unit,
        counted=figure.quantity.counted,
        bound=number.bound,
        day=figure.day,
        published=citation.article.published,
        citation=citation.number,
    )


def figures_line(history: FigureHistory) -> str:
    """Return the figures as one sentence, with a marker `[n]` for the n-th of `history.quotes`.

    The latest comes first, then others of its day, earlier ones, and those without a day. The line
    says so if the question names a time that no figure is of. Numbers and what they count are in
    the articles' words. The history must have figures.
    """
    first, *others = history.figures
    known_by = ""
    if history.asked and not history.is_of_asked:
        known_by = f", the latest known by {in_words(history.asked)}"
    line, previous = _in_full(first) + _source(first, history.quotes, known_by), "also"
    for figure in others:
        lead = "undated:"
        if figure.day:
            lead = "earlier"
        if figure.day == first.day:
            lead = "also"
        line += " and " if lead == previous != "also" else f"; {lead} "
        line += _amount(figure) + _source(figure, history.quotes)
        previous = lead
    return f"{line}."


def days_in_words(days: Period) -> str:
    """Return a day, or for a longer time the month or the years that contain it.

    >>> from datetime import date
    >>> days_in_words((date(2022, 5, 2), date(2022, 5, 2)))
    '2 May 2022'
    >>> days_in_words((date(2022, 3, 21), date(2022, 3, 31)))
    'March 2022'
    """
    first, last = days
    if first == last:
        return in_words(first)
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    return f"{first:%B} {first.year}" if first.month == last.month else str(first.year)


def _in_full(figure: DatedFigure) -> str:
    """Return "at least 1,151 civilians killed", "death toll: 3,153", "60% of voters", "3 days"."""
    words, quantity = _amount(figure), figure.quantity
    kind = kind_of(quantity.number.unit) if quantity.number.unit else None
    if quantity.counted and not quantity.is_change and kind in (None, *_AMOUNTS):
        if quantity.leads:
            words = f"{quantity.counted}: {words}"
        else:
            words = f"{words} {'of ' if kind else ''}{quantity.counted}"
    return words[:1].upper() + words[1:]


def _amount(figure: DatedFigure) -> str:
    number = figure.quantity.number
    if number.bound and figure.bounded == number.text and not number.text.endswith("+"):
        return f"{number.bound} {number.text}"  # "may not store more than 8,000"
    # A bound may have begun its sentence.
    return figure.bounded[:1].lower() + figure.bounded[1:] if number.bound else number.text


def _source(
    figure: DatedFigure, numbers: Mapping[tuple[int, Span], int], known_by: str = ""
) -> str:
    cited = dict.fromkeys(numbers[mention.quote] for mention in figure.mentions)
    day = f" ({days_in_words(figure.days)}{known_by})" if figure.days else ""
    return f"{day} {''.join(f'[{number}]' for number in cited)}"
