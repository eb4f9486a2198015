"""Figures over time in one line."""

from collections.abc import Mapping

from ...corpus.article import Span
from ..language.dates import Period, in_words
from ..language.units import kind_of
from .history import DatedFigure, FigureHistory

_AMOUNTS = ("share", "money", "weight", "volume")  # kinds of units that are of something


def figures_line(history: FigureHistory) -> str:
    """Write the figures as one sentence, with a marker `[n]` for the n-th of `history.quotes`.

    The latest comes first, then others of its day, then the earlier ones, then those without a day.
    Where the question names a time that no figure is of, the line says so. Numbers and what they
    count are in the articles' words; only days, "earlier" and the like are not. There must be one.
    """
    numbers = {quote: number for number, quote in enumerate(history.quotes, start=1)}
    first, *others = history.figures
    line = _in_full(first) + _sources(first, numbers, _known_by(history))
    said = "also"
    for figure in others:
        lead = _lead(figure, first)
        line += " and " if lead == said != "also" else f"; {lead} "
        line += _amount(figure) + _sources(figure, numbers)
        said = lead
    return f"{line}."


def _lead(figure: DatedFigure, first: DatedFigure) -> str:
    """Give the word that leads to a figure after the first one."""
    if figure.day == first.day:
        return "also"
    return "earlier" if figure.day else "undated:"


def days_in_words(days: Period) -> str:
    """Write a day, or of a longer time the month or the years it lies in.

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
    """Write "at least 1,151 civilians killed", "death toll: 3,153", "60% of voters", "3 days"."""
    words = _amount(figure)
    kind = kind_of(figure.unit) if figure.unit else None
    if figure.is_change:
        pass  # how much it rose is not how many there are
    elif figure.counted and figure.leads and kind in (None, *_AMOUNTS):
        words = f"{figure.counted}: {words}"
    elif figure.counted and kind is None:
        words = f"{words} {figure.counted}"
    elif figure.counted and kind in _AMOUNTS:
        words = f"{words} of {figure.counted}"
    return words[:1].upper() + words[1:]


def _amount(figure: DatedFigure) -> str:
    if not figure.bound:
        return figure.text
    return figure.bounded[:1].lower() + figure.bounded[1:]  # it may have begun its sentence


def _known_by(history: FigureHistory) -> str:
    if history.is_of_asked or not history.asked:
        return ""
    return f", the latest known by {days_in_words((history.asked, history.asked))}"


def _sources(
    figure: DatedFigure, numbers: Mapping[tuple[int, Span], int], known_by: str = ""
) -> str:
    cited = dict.fromkeys(numbers[one.evidence, one.sentence] for one in figure.mentions)
    day = f" ({days_in_words(figure.days)}{known_by})" if figure.days else ""
    return f"{day} {''.join(f'[{number}]' for number in cited)}"
