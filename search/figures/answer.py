"""The answer to a question for a number: the figures that the articles give, the latest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...corpus.article import Span
from ..answer import Citation, Figure, in_answer
from ..results import RankedPassage
from .history import DatedFigure, Evidence, FigureHistory, Mention, history_of
from .line import days_in_words, figures_line

# "By how many did it rise": the counts themselves are no answer to that.
_ASKS_FOR_CHANGE = re.compile(r"\bby how (?:many|much)\b", re.IGNORECASE)
_ONLY_LATER = "The earliest figure here is of {}."


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """Figures with what they are cited from.

    Where all that were found are later than what is asked for, there are none: `text` is None, and
    `warnings` say so.
    """

    text: str | None
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()


def answer_with_figures(
    question: str, passages: Sequence[RankedPassage], as_of: date | None
) -> FigureAnswer | None:
    """Answer with the figures of the time that is asked for; None where none of any are found."""
    history = history_of(question, [_evidence(ranked) for ranked in passages], as_of)
    if not history or (
        _ASKS_FOR_CHANGE.search(question)
        and not any(figure.is_change for figure in history.figures)
    ):
        return None
    if history.earliest:
        return FigureAnswer(None, warnings=(_ONLY_LATER.format(days_in_words(history.earliest)),))
    numbers = {quote: number for number, quote in enumerate(history.quotes, start=1)}
    mentions = [mention for figure in history.figures for mention in figure.mentions]
    answers = {(one.evidence, one.sentence): one.number for one in reversed(mentions)}
    citations = tuple(
        _citation(number, passages[evidence], sentence, answers[evidence, sentence])
        for (evidence, sentence), number in numbers.items()
    )
    figures = tuple(
        _figure(figure, citations[numbers[_quote(figure.mentions[0])] - 1])
        for figure in history.figures
    )
    return FigureAnswer(_text(history, citations), citations, figures)


def _text(history: FigureHistory, citations: Sequence[Citation]) -> str:
    """Write a line of figures, or of a single one just the sentence that gives it."""
    if len(history.figures) > 1 or not history.is_of_asked:
        return figures_line(history)
    markers = "".join(f"[{citation.number}]" for citation in citations)
    return f"{in_answer(citations[0].quote)} {markers}"


def _evidence(ranked: RankedPassage) -> Evidence:
    reading = ranked.reading
    answer = reading.span if reading else None
    probability = reading.probability if reading else 0.0
    return Evidence(ranked.article, ranked.passage.span, answer, probability)


def _quote(mention: Mention) -> tuple[int, Span]:
    return mention.evidence, mention.sentence


def _citation(number: int, ranked: RankedPassage, span: Span, answer: Span) -> Citation:
    quote = ranked.article.text[slice(*span)]
    place = (answer[0] - span[0], answer[1] - span[0])
    return Citation(number, quote, span, ranked.id, ranked.article, place, ranked.also_in)


def _figure(figure: DatedFigure, citation: Citation) -> Figure:
    return Figure(
        value=figure.value,
        text=figure.text,
        unit=figure.unit,
        counted=figure.counted,
        bound=figure.bound,
        day=figure.day,
        published=citation.article.published,
        citation=citation.number,
    )
